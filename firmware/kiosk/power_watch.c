#include "kiosk/power_watch.h"

#include "base/log.h"

#define LOOK_MS 900   /* each turn of an idle clerk, which is a second */
#define FIND_MS 60000 /* while one of the sensors is not there */

static void find(struct power_watch *watch, int64_t at_ms)
{
	const bool has_all = watch->sensors.supply[0] && watch->sensors.heat[0];
	if (watch->found_ms && (has_all || at_ms - watch->found_ms < FIND_MS))
		return;
	watch->found_ms = at_ms;
	power_sensors_find(&watch->sensors);
}

static void say(const struct power_watch *watch, enum power_state before)
{
	if (watch->state == POWER_LOW)
		log_warn("power: too little; use a supply of 5.1 V and 3 A with a fixed cable");
	else if (watch->state == POWER_HOT)
		log_warn("power: the processor is at %d degrees and slows down",
			watch->reading.celsius);
	else if (before == POWER_LOW || before == POWER_HOT)
		log_info("power: in order again");
}

static void read_sensors(struct power_watch *watch, int64_t at_ms)
{
	struct power_reading now;
	power_read(&watch->sensors, &now);
	if (now.knows_heat)
		watch->heat_ms = at_ms;
	power_carry(&now, &watch->reading, at_ms - watch->heat_ms);
	watch->reading = now;
	if (now.knows_supply && now.is_low)
		watch->low_ms = at_ms;
}

void power_watch_tick(struct power_watch *watch, int64_t at_ms)
{
	const enum power_state before = watch->state;
	if (watch->looked_ms && at_ms - watch->looked_ms < LOOK_MS)
		return;
	watch->looked_ms = at_ms;
	find(watch, at_ms);
	read_sensors(watch, at_ms);
	watch->state =
		power_judge(&watch->reading, before, watch->low_ms ? at_ms - watch->low_ms : -1);
	if (watch->state != before)
		say(watch, before);
}
