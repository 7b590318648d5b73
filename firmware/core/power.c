#include "core/power.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define COLDEST_MILLI (-40 * 1000L)
#define WARMEST_MILLI (125 * 1000L)

const char *power_state_name(enum power_state state)
{
	static const char *const names[POWER_STATE_COUNT] = {
		[POWER_UNKNOWN] = "unknown",
		[POWER_FINE] = "fine",
		[POWER_HOT] = "hot",
		[POWER_LOW] = "low",
	};
	return names[state];
}

/* One whole number on a line of its own. */
static bool parse_number(const char *text, long *ret)
{
	char *end;

	errno = 0;
	*ret = strtol(text, &end, 10);
	return errno == 0 && end != text && strcmp(end + (*end == '\n'), "") == 0;
}

bool power_parse_alarm(const char *text, bool *ret)
{
	long number;

	if (!parse_number(text, &number) || (number != 0 && number != 1))
		return false;
	*ret = number == 1;
	return true;
}

bool power_parse_heat(const char *text, int *ret_celsius)
{
	long milli;

	if (!parse_number(text, &milli) || milli < COLDEST_MILLI || milli > WARMEST_MILLI)
		return false;
	*ret_celsius = (int)((milli + (milli < 0 ? -500 : 500)) / 1000);
	return true;
}

void power_carry(struct power_reading *now, const struct power_reading *before, int64_t age_ms)
{
	if (now->knows_heat || !before->knows_heat || age_ms >= POWER_CARRY_MS)
		return;
	now->knows_heat = true;
	now->celsius = before->celsius;
}

static bool is_hot(const struct power_reading *now, enum power_state before)
{
	const int bound = before == POWER_HOT ? POWER_COOL_CELSIUS : POWER_HOT_CELSIUS;

	return now->knows_heat && now->celsius >= bound;
}

enum power_state power_judge(
	const struct power_reading *now, enum power_state before, int64_t low_age_ms)
{
	if ((now->knows_supply && now->is_low) ||
		(low_age_ms >= 0 && low_age_ms < POWER_REMEMBER_MS))
		return POWER_LOW;
	if (is_hot(now, before))
		return POWER_HOT;
	return now->knows_supply || now->knows_heat ? POWER_FINE : POWER_UNKNOWN;
}
