/** The times of a session as a form has them: a day, and clocks of that day or of the night after.
 */
#ifndef WEB_SESSION_TIMES_H
#define WEB_SESSION_TIMES_H

#include "core/schedule.h"

/* "2026-11-24" and "00:15" with @from_ms in the evening of that day: the first moment after it that
 * the clock says so, if that is in the same night; else on the day itself. False when it is no
 * time.
 */
bool night_time_parse(int64_t *ret_ms, int64_t from_ms, const char *day, const char *clock);

/* When a session ends that begins at @start_ms, on @day. What lasted for days, as @session says it
 * did, ends as many days later. */
bool session_end_parse(int64_t *ret_ms, const struct session *session, int64_t start_ms,
	const char *day, const char *clock);

#endif
