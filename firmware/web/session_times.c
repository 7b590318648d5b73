#include "web/session_times.h"

#include "base/clock.h"
#include "web/parts.h"

#define DAY_MS (24 * 3600 * 1000LL)
#define NIGHT_MS (12 * 3600 * 1000LL) /* an end that far before the begin is a mistake */

/* How many midnights it lasts, if that is more than a night. */
static int64_t days_of(const struct session *session)
{
	const int64_t start_ms = session->start_ms, end_ms = session->end_ms;

	return end_ms - start_ms < DAY_MS
		       ? 0
		       : local_day(end_ms, clock_utc_offset_min(end_ms)) -
				 local_day(start_ms, clock_utc_offset_min(start_ms));
}

/* @clock so many days after @day. */
static bool parse_later(const char *day, int64_t days, const char *clock, int64_t *ret_ms)
{
	char later[11], unused[6];
	int64_t noon_ms;

	if (!local_time_parse(&noon_ms, day, "12:00"))
		return false;
	local_time_text(noon_ms + days * DAY_MS, later, unused);
	return local_time_parse(ret_ms, later, clock);
}

bool night_time_parse(int64_t *ret_ms, int64_t from_ms, const char *day, const char *clock)
{
	int64_t at_ms;

	if (!local_time_parse(&at_ms, day, clock))
		return false;
	const bool night = at_ms <= from_ms && at_ms + DAY_MS - from_ms <= NIGHT_MS;
	return parse_later(day, night, clock, ret_ms);
}

bool session_end_parse(int64_t *ret_ms, const struct session *session, int64_t start_ms,
	const char *day, const char *clock)
{
	const int64_t days = days_of(session);

	return days ? parse_later(day, days, clock, ret_ms)
		    : night_time_parse(ret_ms, start_ms, day, clock);
}
