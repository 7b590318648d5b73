/**
 * The other kiosks of the venue, as far as their logs that were merged here tell. Kiosks do not
 * talk to each other: nothing is known of one but what it wrote. Told of are those that were heard
 * of in the event that is on, or within a month. Any thread.
 */
#ifndef WEB_FLEET_H
#define WEB_FLEET_H

#include <jansson.h>

#include "web/request.h"

#define FLEET_REMEMBER_MS (30 * 24 * 3600 * 1000LL)

struct fleet;
struct fleet *fleet_create(void); /* NULL without memory */
void fleet_destroy(struct fleet *fleet);

struct fleet_sum {
	int others, attention; /* kiosks; ours is not among them */
	bool ours_is_older;    /* than what one of the others runs */
};

/* {number, kiosk, taps, until, heard, clock, minutes, hours, version, older, attention} of each,
 * those that want attention first. minutes: how long nothing was known while the programme is on,
 * else 0; hours: the same from two on, else 0. 0 or -errno. */
int fleet_json(const struct request *request, json_t **ret, struct fleet_sum *ret_sum);

/* The sum, counted anew with the thread's own store when it is older than @age_ms and
 * @may_wait. */
void fleet_look(struct fleet *fleet, const struct request *request, int64_t age_ms, bool may_wait,
	struct fleet_sum *ret);

#endif
