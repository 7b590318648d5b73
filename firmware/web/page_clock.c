/* /settings/clock: the time, from whoever has a clock. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/privacy.h"
#include "store/tap_log.h"
#include "web/guard.h"
#include "web/programme_data.h"
#include "web/routes.h"
#include "web/settings.h"

#define DAY_MS (24 * 3600 * 1000LL)

/* The device's own, to the millisecond, or what was typed. False after a fault. */
static bool take_time(struct sheet *sheet, int64_t *ret_wall_ms)
{
	const struct request *request = sheet->request;
	const char *day = sheet_take(sheet, "clock_day"), *clock = sheet_take(sheet, "clock_time");
	char *end = NULL;

	if (strcmp(request_field(request, "do"), "device") == 0) {
		const char *now = request_field(request, "now");
		*ret_wall_ms = strtoll(now, &end, 10);
		if (now[0] && !*end && *ret_wall_ms > 0)
			return true;
	}
	if (local_time_parse(ret_wall_ms, day, clock))
		return true;
	const bool day_is_good = local_time_parse(ret_wall_ms, day, NULL);
	sheet_fault(sheet, day_is_good ? "clock_time" : "clock_day", day_is_good ? "time" : "date");
	return false;
}

static bool fits_the_event(const struct request *request, int64_t wall_ms)
{
	struct programme programme;
	bool fits = false;

	if (programme_load(&programme, request) < 0)
		return true;
	for (size_t i = 0; i < programme.count; i++)
		fits |= wall_ms > programme.sessions[i].start_ms - 30 * DAY_MS &&
			wall_ms < programme.sessions[i].end_ms + 30 * DAY_MS;
	fits |= programme.count == 0;
	programme_finish(&programme);
	return fits;
}

/* Names are erased by this clock, for good: a day that was typed wrong must not do so unasked. */
static int ask_twice(const struct request *request, int64_t wall_ms, struct sheet *sheet)
{
	const int64_t keep_ms = request_config(request)->privacy.keep_names_days * DAY_MS;
	int64_t due = 0;

	if (request_field(request, "clock_sure")[0])
		return 0;
	const int r = privacy_count_due(request->stores.read, keep_ms, wall_ms, &due);
	if (due > 0)
		sheet_fault_numbers(sheet, "clock_sure", "clock.erases", due, 0);
	else if (!fits_the_event(request, wall_ms))
		sheet_fault(sheet, "clock_sure", "clock.far");
	return r;
}

/* The kiosk notes it; where none runs, the page does. */
static int tell(struct request *request, int64_t wall_ms, struct sheet *sheet)
{
	char line[64];
	struct moment now;
	int r = 0;

	snprintf(line, sizeof line, "clock %lld", (long long)wall_ms);
	json_t *answer = kiosk_ask(request, line);
	if (answer && !kiosk_said_yes(answer))
		sheet_fault(sheet, "", "clock.network");
	else
		clock_take(CLOCK_HUMAN, wall_ms - clock_boot_ms());
	if (!answer) {
		clock_read(&now);
		r = tap_log_add_anchor(request->stores.write, &now);
	}
	json_decref(answer);
	return r;
}

int page_settings_clock(struct request *request, struct response *response)
{
	struct sheet sheet;
	struct moment now;
	int64_t wall_ms = 0;
	int r = 0;

	sheet_init(&sheet, request);
	clock_read(&now);
	if (now.grade > CLOCK_HUMAN)
		sheet_fault(&sheet, "", "clock.network");
	else if (take_time(&sheet, &wall_ms))
		r = ask_twice(request, wall_ms, &sheet);
	if (r == 0 && sheet_is_good(&sheet))
		r = tell(request, wall_ms, &sheet);
	if (r == 0 && !sheet_is_good(&sheet))
		return settings_show(request, response, &sheet, 422);
	sheet_finish(&sheet);
	if (r == 0)
		r = audit_note(request, "clock-set", "", "");
	return r < 0 ? r : respond_see_other(response, "/settings?saved=clock#clock");
}
