/* What holds of whatever a reader of schedules hands on; each format's fuzzer includes this. */
#ifndef SCHEDULE_FUZZ_H
#define SCHEDULE_FUZZ_H

#include <stdint.h>
#include <string.h>

#include "core/text.h"
#include "exchange/schedule_formats.h"
#include "tests/fuzz/rejection_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int on_event(void *context, const char *title, const char *venue)
{
	(void)context;
	return !title || !venue;
}

static int on_session(void *context, const struct session *session, unsigned line)
{
	(void)context;
	(void)line;
	if (session->end_ms <= session->start_ms || !session->code[0])
		__builtin_trap();
	return 0;
}

static void on_reject(void *context, const struct rejection *rejection)
{
	(void)context;
	if (!rejection->original)
		__builtin_trap();
	check_words(rejection);
}

static const struct schedule_sink fuzz_sink = { NULL, on_event, on_session, on_reject };
static int32_t fuzz_offset_min_at(int64_t wall_ms)
{
	return wall_ms % 2 ? 60 : 120;
}

static const struct schedule_limits fuzz_limits = { 1700000000000, 1900000000000,
	fuzz_offset_min_at, "Europe/Amsterdam", icalendar_read };

#endif
