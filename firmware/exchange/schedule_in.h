/**
 * Schedules from other people's programs: iCalendar (libical), frab/pretalx schedule.json
 * (jansson), CSV (libcsv); recognised by content. The file is given whole, in memory. Nothing is
 * stored here: each good session goes to the sink, each bad record to @reject with its line, its
 * original text and a reason.
 */
#ifndef EXCHANGE_SCHEDULE_IN_H
#define EXCHANGE_SCHEDULE_IN_H

#include <stddef.h>
#include <stdint.h>

#include "core/schedule.h"

#define REASON_SIZE 256

/* Where a record came from and what was wrong with it; @original is not NUL-terminated. */
struct rejection {
	unsigned line; /* 1-based line where the record starts */
	const char *original;
	size_t original_length;
	char reason[REASON_SIZE]; /* what was wrong and what is allowed */
	/* For who says it in another language or mends it: one word for what was wrong ("long",
	 * "value", "cluster", "badge", "random", "twice", "nobody", "width"; of a schedule
	 * "nostart", "allday", "order", "noid", "notitle", "time", "duration", "capacity", "kind",
	 * "state"; "other"), the column's
	 * name, what stood there, in which cell (-1: none), and a line or number that goes with it.
	 */
	const char *fault, *column;
	char value[96];
	int place;
	unsigned other;
};

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
 * formats or broken: @ret_reason of REASON_SIZE). */
typedef int schedule_reader(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, char *ret_reason);

struct schedule_limits {
	int64_t from_ms, to_ms;     /* recurrences are unrolled inside these bounds only */
	int32_t default_offset_min; /* for times without zone or offset */
	const char *default_zone;   /* "Europe/Amsterdam"; for floating iCalendar times */
	schedule_reader *calendar;  /* icalendar_read, or who asks another program that has it */
};
/* Ten years back, five years on, the venue's zone and offset. */
void schedule_limits_at(
	struct schedule_limits *ret, int64_t now_ms, int32_t offset_min, schedule_reader *calendar);

enum schedule_format { SCHEDULE_UNKNOWN, SCHEDULE_ICALENDAR, SCHEDULE_JSON, SCHEDULE_CSV };
enum schedule_format schedule_recognise(const char *bytes, size_t length);
const char *schedule_format_name(enum schedule_format format);

schedule_reader schedule_read, icalendar_read;

#endif
