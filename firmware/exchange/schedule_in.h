/**
 * Schedules from other people's programs: iCalendar (libical), frab/pretalx schedule.json
 * (jansson), CSV (libcsv); recognised by content. The file is given whole, in memory. Nothing is
 * stored here: each good session goes to the sink, each bad record to @reject.
 */
#ifndef EXCHANGE_SCHEDULE_IN_H
#define EXCHANGE_SCHEDULE_IN_H

#include <stddef.h>
#include <stdint.h>

#include "core/schedule.h"
#include "exchange/rejection.h"

struct schedule_sink {
	void *context;
	/* Once, before the first session, when the file names the event; "" where it does not. */
	int (*event)(void *context, const char *title, const char *venue);
	/* @session->id is empty: the caller derives it from event and code. 0 to go on. */
	int (*session)(void *context, const struct session *session, unsigned line);
	void (*reject)(void *context, const struct rejection *rejection);
};

struct schedule_limits;

/* Reads a whole file. 0, a nonzero sink return, or -EINVAL (the file as a whole is none of the
 * formats or broken: @ret_refusal says why; it is untouched otherwise). */
typedef int schedule_reader(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, struct rejection *ret_refusal);

struct schedule_limits {
	int64_t from_ms, to_ms; /* recurrences without an end are unrolled inside these */
	/* Of the venue's clock at a moment; for times without zone or offset. */
	int32_t (*offset_min_at)(int64_t wall_ms);
	const char *default_zone;  /* "Europe/Amsterdam"; for floating iCalendar times */
	schedule_reader *calendar; /* icalendar_read, or who asks another program that has it */
};
/* Ten years back, five years on, the venue's zone and offset. */
void schedule_limits_at(struct schedule_limits *ret, int64_t now_ms,
	int32_t (*offset_min_at)(int64_t wall_ms), schedule_reader *calendar);

enum schedule_format { SCHEDULE_UNKNOWN, SCHEDULE_ICALENDAR, SCHEDULE_JSON, SCHEDULE_CSV };
enum schedule_format schedule_recognise(const char *bytes, size_t length);
const char *schedule_format_name(enum schedule_format format);

schedule_reader schedule_read, icalendar_read;

#endif
