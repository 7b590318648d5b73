/**
 * What the board's sensors say of its supply and its heat, and what that means. Pure.
 */
#ifndef CORE_POWER_H
#define CORE_POWER_H

#include <stdbool.h>
#include <stdint.h>

/* From 80 degrees on the firmware of every Raspberry Pi slows its processor down, at 85 also the
 * rest (raspberrypi/documentation, frequency-management). A 3B+ gives up its highest speed at 60
 * already, which nobody at a kiosk notices. It has cooled down again some degrees below that. */
#define POWER_HOT_CELSIUS 80
#define POWER_COOL_CELSIUS 75
/* The kernel's alarm tells of the last two seconds. What asks for much power comes and goes: a
 * weak supply is spoken of for as long after it was seen. */
#define POWER_REMEMBER_MS (3600 * 1000LL)

enum power_state {
	POWER_UNKNOWN, /* no such sensor: a PC, a virtual machine */
	POWER_FINE,
	POWER_HOT,
	POWER_LOW, /* too little power, now or not long ago */
	POWER_STATE_COUNT
};

struct power_reading {
	bool knows_supply, is_low;
	bool knows_heat;
	int celsius; /* of the processor */
};

const char *power_state_name(enum power_state state); /* "unknown", "fine", "hot", "low" */

/* What the sensors' files hold: 0 or 1, and thousandths of a degree. False for anything else, also
 * for a heat that no running processor has; @ret is untouched then. */
bool power_parse_alarm(const char *text, bool *ret);
bool power_parse_heat(const char *text, int *ret_celsius);

/* A thermometer that did not answer once is not gone: for some seconds what it said holds.
 * @age_ms: how long ago @before was read by it. */
#define POWER_CARRY_MS 5000
void power_carry(struct power_reading *now, const struct power_reading *before, int64_t age_ms);

/* @before: as judged last, POWER_UNKNOWN at first. @low_age_ms: how long ago the supply was seen to
 * be too weak, below zero for never. */
enum power_state power_judge(
	const struct power_reading *now, enum power_state before, int64_t low_age_ms);

#endif
