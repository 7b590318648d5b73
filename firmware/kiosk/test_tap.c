#include "kiosk/test_tap.h"

#include <stdio.h>

#include "base/clock.h"
#include "kiosk/clerk.h"
#include "store/rehearsal.h"

#define LOOKS_MS 1500 /* a reader asks its chip twice in so long, also in an empty field */

static uint64_t reader_errors(const struct supervisor *readers)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < readers->count; i++)
		sum += readers->readers[i].errors + readers->readers[i].restarts;
	return sum;
}

/* Every reader looked for a badge again and again since, and its chip answered each time. */
static bool readers_answered(const struct clerk *clerk)
{
	const struct supervisor *readers = &clerk->readers;
	for (size_t i = 0; i < readers->count; i++)
		if (readers->readers[i].state != READER_UP ||
			readers->readers[i].pulsed_ms < clerk->test_tap.began_ms + LOOKS_MS)
			return false;
	return readers->count > 0 && reader_errors(readers) == clerk->test_tap.errors;
}

static void decide_and_keep(struct clerk *clerk, struct test_tap *test)
{
	/* Its key, all zeros, is that of no badge: keys are keyed hashes. */
	struct tap tap = { .badge.count = 1, .technology = TECHNOLOGY_TYPE2 };
	struct decision decision;
	clock_read(&tap.at);
	const int decided =
		facts_decide(clerk->store, &clerk->programme, clerk->config, &tap, &decision);
	test->parts[PART_DECISION] = decided < 0 ? PART_FAILED : PART_OK;
	const bool kept = decided == 0 && !clerk->storage_failed &&
			  tap_log_rehearse(clerk->store, &decision.record) == 0;
	test->parts[PART_LOG] = kept ? PART_OK : PART_FAILED;
}

void test_tap_begin(struct clerk *clerk, size_t seat, int64_t at_ms)
{
	struct test_tap *test = &clerk->test_tap;
	if (test->ticket) {
		desk_answer(&clerk->desk, seat,
			"{\"ok\":false,\"error\":\"a self-test is under way\"}");
		return;
	}
	*test = (struct test_tap){ .ticket = ++clerk->ticket,
		.began_ms = at_ms,
		.frames = clerk->screen.frames,
		.errors = reader_errors(&clerk->readers) };
	clerk->desk.seats[seat].ticket = test->ticket;
	decide_and_keep(clerk, test);
	clerk_show(clerk, SCREEN_IDENTIFY, clerk->config->kiosk.name, clerk->config->kiosk.room);
}

static void answer(struct clerk *clerk, struct test_tap *test)
{
	static const char *const names[PART_COUNT] = { "reader", "decision", "log", "screen" };
	const int seat = desk_find(&clerk->desk, test->ticket);
	char line[160];
	int length = snprintf(line, sizeof line, "{\"ok\":true");
	for (size_t i = 0; i < PART_COUNT; i++)
		length += snprintf(line + length, sizeof line - (size_t)length, ",\"%s\":\"%s\"",
			names[i], test->parts[i] == PART_OK ? "ok" : "failed");
	snprintf(line + length, sizeof line - (size_t)length, "}");
	test->ticket = 0;
	if (seat >= 0)
		desk_answer(&clerk->desk, (size_t)seat, line);
}

void test_tap_tick(struct clerk *clerk, int64_t at_ms)
{
	struct test_tap *test = &clerk->test_tap;
	if (!test->ticket)
		return;
	if (readers_answered(clerk))
		test->parts[PART_READER] = PART_OK;
	if (clerk->screen.has_display && clerk->screen.frames > test->frames)
		test->parts[PART_SCREEN] = PART_OK;
	const bool all = test->parts[PART_READER] == PART_OK && test->parts[PART_SCREEN] == PART_OK;
	if (all || at_ms - test->began_ms >= TEST_TAP_MS)
		answer(clerk, test);
}
