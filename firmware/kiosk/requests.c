#include "kiosk/requests.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "kiosk/entry.h"
#include "kiosk/reread.h"

static void answer_ok(struct clerk *clerk, size_t seat)
{
	desk_answer(&clerk->desk, seat, "{\"ok\":true}");
}

static void answer_error(struct clerk *clerk, size_t seat, const char *words)
{
	char line[256];
	snprintf(line, sizeof line, "{\"ok\":false,\"error\":\"%s\"}", words);
	desk_answer(&clerk->desk, seat, line);
}

static void on_status(struct clerk *clerk, size_t seat, const char *argument)
{
	(void)argument;
	char *json = clerk_status_json(clerk);
	if (json)
		desk_answer(&clerk->desk, seat, json);
	free(json);
}

static void take_screenshot(struct clerk *clerk, size_t seat, const char *argument, bool covered)
{
	struct order order = { .kind = ORDER_SCREENSHOT };
	if (argument[0] != '/' || strlen(argument) >= sizeof order.path) {
		answer_error(clerk, seat, "a screenshot needs the absolute path of a file");
		return;
	}
	utf8_clip(order.path, sizeof order.path, argument);
	order.covered = covered;
	order.ticket = ++clerk->ticket;
	clerk->desk.seats[seat].ticket = order.ticket;
	if (!queue_post(clerk->post.orders, &order))
		answer_error(clerk, seat, "the screen does not answer");
}

static void on_screenshot(struct clerk *clerk, size_t seat, const char *argument)
{
	take_screenshot(clerk, seat, argument, false);
}

static void on_picture(struct clerk *clerk, size_t seat, const char *argument)
{
	take_screenshot(clerk, seat, argument, true);
}

static void on_link(struct clerk *clerk, size_t seat, const char *argument)
{
	struct attendee attendee;
	char whose[CONTROL_LINE_SIZE];
	const size_t length = strcspn(argument, "\t");
	snprintf(whose, sizeof whose, "%.*s", (int)length, argument);
	int r = attendee_find(clerk->store, whose, &attendee);
	if (r == 0)
		r = link_begin(clerk, &attendee, argument + length + (argument[length] == '\t'),
			clock_mono_ns() / 1000000);
	if (r == 0)
		answer_ok(clerk, seat);
	else
		answer_error(clerk, seat,
			r == -EEXIST  ? "several attendees have that name"
			: r == -EBUSY ? "a badge is being linked already"
				      : "there is no such attendee");
}

static void on_unlink(struct clerk *clerk, size_t seat, const char *argument)
{
	(void)argument;
	link_cancel(clerk);
	answer_ok(clerk, seat);
}

/* Only the kiosk adds to the log, also when somebody else knows better who came. */
static void on_enter(struct clerk *clerk, size_t seat, const char *argument)
{
	struct moment now;
	struct tap_record record;
	struct tap_stamp stamp;
	const char *words;
	char line[64];
	clock_read(&now);
	reread(clerk, now.wall_ms, false);
	if (!entry_read(argument, clerk->store, &clerk->programme, clerk->config, &now, &record,
		    &words)) {
		answer_error(clerk, seat, words);
		return;
	}
	if (clerk->storage_failed || tap_log_append(clerk->store, &record, &stamp) < 0) {
		answer_error(clerk, seat, "nothing can be stored now");
		return;
	}
	clerk->last_seq = stamp.seq;
	clerk->refreshed_ms = 0;
	snprintf(line, sizeof line, "{\"ok\":true,\"seq\":%lld}", (long long)stamp.seq);
	desk_answer(&clerk->desk, seat, line);
}

static void on_identify(struct clerk *clerk, size_t seat, const char *argument)
{
	(void)argument;
	clerk_show(clerk, SCREEN_IDENTIFY, clerk->config->kiosk.name, clerk->config->kiosk.room);
	answer_ok(clerk, seat);
}

static void on_clock(struct clerk *clerk, size_t seat, const char *argument)
{
	char *end;
	struct moment now;
	const int64_t wall_ms = strtoll(argument, &end, 10);
	clock_read(&now);
	if (*end || wall_ms <= 0) {
		answer_error(clerk, seat, "clock needs milliseconds since 1970");
		return;
	}
	if (now.grade > CLOCK_HUMAN) {
		answer_error(clerk, seat, "the network keeps the clock");
		return;
	}
	clock_take(CLOCK_HUMAN, wall_ms - clock_boot_ms());
	clerk_clock_changed(clerk);
	answer_ok(clerk, seat);
}

static void on_service(struct clerk *clerk, size_t seat, const char *argument)
{
	(void)argument;
	service_screen_open(clerk, clock_mono_ns() / 1000000);
	answer_ok(clerk, seat);
}

static void on_selftest(struct clerk *clerk, size_t seat, const char *argument)
{
	(void)argument;
	test_tap_begin(clerk, seat, clock_mono_ns() / 1000000);
}

static void on_stop(struct clerk *clerk, size_t seat, const char *argument)
{
	(void)argument;
	answer_ok(clerk, seat);
	clerk_send(clerk, &(struct order){ .kind = ORDER_STOP });
}

void requests_serve(struct clerk *clerk, size_t seat)
{
	static void (*const serve[CONTROL_VERB_COUNT])(struct clerk *, size_t, const char *) = {
		[CONTROL_STATUS] = on_status,
		[CONTROL_SCREENSHOT] = on_screenshot,
		[CONTROL_PICTURE] = on_picture,
		[CONTROL_LINK] = on_link,
		[CONTROL_UNLINK] = on_unlink,
		[CONTROL_ENTER] = on_enter,
		[CONTROL_IDENTIFY] = on_identify,
		[CONTROL_CLOCK] = on_clock,
		[CONTROL_SERVICE] = on_service,
		[CONTROL_SELFTEST] = on_selftest,
		[CONTROL_STOP] = on_stop,
	};
	struct control_request request;
	const enum desk_outcome outcome = desk_read(&clerk->desk, seat, &request);
	if (outcome == DESK_REQUEST)
		serve[request.verb](clerk, seat, request.argument);
	else if (outcome == DESK_NONSENSE)
		answer_error(clerk, seat,
			"not a request; allowed are status, screenshot FILE, picture FILE, link "
			"ATTENDEE, unlink, enter JSON, identify, clock MS, service, selftest and "
			"stop");
}

void requests_settle(struct clerk *clerk, const struct note *note)
{
	const int seat = desk_find(&clerk->desk, note->ticket);
	if (seat >= 0 && note->result == 0)
		answer_ok(clerk, (size_t)seat);
	else if (seat >= 0)
		answer_error(clerk, (size_t)seat, strerror(-note->result));
}
