/**
 * Looks at the board's supply and heat whenever the clerk turns anyway, and says in the journal
 * when it changes. Clerk thread.
 */
#ifndef KIOSK_POWER_WATCH_H
#define KIOSK_POWER_WATCH_H

#include "base/power.h"

struct power_watch {
	struct power_sensors sensors;
	struct power_reading reading; /* the newest */
	enum power_state state;
	int64_t found_ms;  /* when it was last looked where the sensors are */
	int64_t looked_ms; /* when they were last read */
	int64_t heat_ms;   /* when the thermometer last answered */
	int64_t low_ms;    /* when the supply was last too weak; all four monotonic, 0 never */
};

/* Zeroed at first. To be called more often than every two seconds, which is what an alarm lasts. */
void power_watch_tick(struct power_watch *watch, int64_t at_ms);

#endif
