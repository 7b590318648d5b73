#include "web/day_of.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"

/* By the clock of the wall, also on the two days a year that are not 24 hours long. */
static bool begin_of(const char *day, int64_t *ret_ms)
{
	char text[32];
	int32_t offset_min;
	bool has_offset;
	int64_t utc_ms;
	snprintf(text, sizeof text, "%.10sT00:00", day);
	if (strlen(day) != 10 || !time_parse(&utc_ms, &offset_min, &has_offset, text))
		return false;
	const int64_t guess_ms = utc_ms - clock_utc_offset_min(utc_ms) * 60000LL;
	*ret_ms = utc_ms - clock_utc_offset_min(guess_ms) * 60000LL;
	return true;
}

bool day_range(const char *day, int64_t *ret_from_ms, int64_t *ret_to_ms)
{
	char next[TIME_TEXT_SIZE];
	int64_t from_ms, to_ms;
	if (!begin_of(day, &from_ms))
		return false;
	const int64_t noon_after_ms = from_ms + 36 * 3600 * 1000LL;
	time_iso(next, sizeof next, noon_after_ms, clock_utc_offset_min(noon_after_ms));
	next[10] = '\0';
	if (!begin_of(next, &to_ms))
		return false;
	*ret_from_ms = from_ms;
	*ret_to_ms = to_ms;
	return true;
}
