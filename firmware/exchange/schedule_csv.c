#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/schedule_formats.h"
#include "exchange/table.h"

#define HEADER_ROWS 20 /* among which the header is looked for */

enum column {
	SESSION,
	TITLE,
	HOST,
	ROOM,
	START,
	END,
	CLUSTER,
	CAPACITY,
	KIND,
	STATE,
	COLUMN_COUNT_
};

static const struct {
	struct fault_column said;
	const char *others[2]; /* headers too */
	size_t most_bytes;
} columns[COLUMN_COUNT_] = {
	[SESSION] = { { "session", "sessie", { NULL } }, { "deelsessie", "code" },
		SESSION_CODE_SIZE - 1 },
	[TITLE] = { { "title", "titel", { NULL } }, { "onderwerp" }, SESSION_TITLE_SIZE - 1 },
	[HOST] = { { "host", "begeleider", { NULL } }, { "spreker" }, SESSION_HOST_SIZE - 1 },
	[ROOM] = { { "room", "ruimte", { NULL } }, { "zaal" }, SESSION_ROOM_SIZE - 1 },
	[START] = { { "start", "begin", { NULL } }, { "van" }, 40 },
	[END] = { { "end", "eind", { NULL } }, { "einde", "tot" }, 40 },
	[CLUSTER] = { { "cluster", "groeicluster", { NULL } }, { NULL }, 95 },
	[CAPACITY] = { { "capacity", "capaciteit", { NULL } }, { "plaatsen" }, 10 },
	[KIND] = { { "kind", "soort", { NULL } }, { NULL }, 31 },
	[STATE] = { { "state", "status", { NULL } }, { NULL }, 31 },
};

struct reading {
	const struct schedule_sink *sink;
	const struct schedule_limits *limits;
	bool has_header;
	unsigned rows, first_line; /* until there is one */
	int place[COLUMN_COUNT_];
	struct rejection *refusal;
};

static bool is_header(size_t column, const char *cell)
{
	const char *const names[] = { columns[column].said.name, columns[column].said.nl,
		columns[column].others[0], columns[column].others[1] };
	for (size_t i = 0; i < 4 && names[i]; i++)
		if (text_equal_folded(names[i], cell))
			return true;
	return false;
}

/* Titles may stand above it: false when this row is none. */
static bool read_header(struct reading *reading, const struct table_row *row)
{
	for (size_t column = 0; column < COLUMN_COUNT_; column++) {
		reading->place[column] = -1;
		for (size_t i = 0; i < row->count && reading->place[column] < 0; i++)
			if (is_header(column, row->cells[i]))
				reading->place[column] = (int)i;
	}
	return reading->place[TITLE] >= 0 && reading->place[START] >= 0 && reading->place[END] >= 0;
}

static int look_for_header(struct reading *reading, const struct table_row *row)
{
	if (!reading->first_line)
		reading->first_line = row->line;
	reading->has_header = read_header(reading, row);
	return !reading->has_header && ++reading->rows == HEADER_ROWS ? -EINVAL : 0;
}

/* What is wrong with the row, or nothing with @ret filled. */
static enum fault take_session(
	const struct reading *reading, const char *const cells[COLUMN_COUNT_], struct session *ret)
{
	int32_t end_offset_min;
	char *end = NULL;
	*ret = (struct session){ .kind = SESSION_PARALLEL };
	if (!cells[TITLE][0])
		return FAULT_NOTITLE;
	if (!venue_time_parse(
		    reading->limits, cells[START], &ret->start_ms, &ret->utc_offset_min) ||
		!venue_time_parse(reading->limits, cells[END], &ret->end_ms, &end_offset_min))
		return FAULT_TIME;
	if (ret->end_ms <= ret->start_ms)
		return FAULT_ORDER;
	const long capacity = cells[CAPACITY][0] ? strtol(cells[CAPACITY], &end, 10) : 0;
	if ((end && *end) || capacity < 0 || capacity > 100000)
		return FAULT_CAPACITY;
	if (cells[KIND][0] && !session_kind_from_name(&ret->kind, cells[KIND]))
		return FAULT_KIND;
	if (!cells[KIND][0] && title_is_break(cells[TITLE]))
		ret->kind = SESSION_BREAK;
	if (cells[STATE][0] && !session_state_from_name(&ret->state, cells[STATE]))
		return FAULT_STATE;
	ret->capacity = (int32_t)capacity;
	utf8_clip(ret->code, sizeof ret->code, cells[SESSION][0] ? cells[SESSION] : cells[TITLE]);
	utf8_clip(ret->title, sizeof ret->title, cells[TITLE]);
	utf8_clip(ret->host, sizeof ret->host, cells[HOST]);
	utf8_clip(ret->room, sizeof ret->room, cells[ROOM]);
	if (!cluster_from_words(ret->cluster, cells[CLUSTER]))
		utf8_clip(ret->cluster, sizeof ret->cluster, cells[CLUSTER]);
	return FAULT_NONE;
}

static int take_row(void *context, const struct table_row *row)
{
	struct reading *reading = context;
	struct rejection rejection;
	struct session session;
	const char *cells[COLUMN_COUNT_];
	if (!reading->has_header)
		return look_for_header(reading, row);
	for (size_t column = 0; column < COLUMN_COUNT_; column++) {
		const int place = reading->place[column];
		cells[column] = place >= 0 && (size_t)place < row->count ? row->cells[place] : "";
		if (strlen(cells[column]) > columns[column].most_bytes) {
			table_reject(row, &rejection, FAULT_LONG);
			rejection.column = &columns[column].said;
			rejection.number = (unsigned)columns[column].most_bytes;
			reading->sink->reject(reading->sink->context, &rejection);
			return 0;
		}
	}
	const enum fault wrong = take_session(reading, cells, &session);
	if (!wrong)
		return reading->sink->session(reading->sink->context, &session, row->line);
	table_reject(row, &rejection, wrong);
	reading->sink->reject(reading->sink->context, &rejection);
	return 0;
}

int schedule_csv_read(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, struct rejection *ret_refusal)
{
	struct reading reading = { .sink = sink, .limits = limits, .refusal = ret_refusal };
	int r = sink->event(sink->context, "", "");
	if (r == 0)
		r = table_read(bytes, length, take_row, &reading, ret_refusal);
	if ((r == 0 || r == -EINVAL) && !reading.has_header && reading.first_line) {
		*ret_refusal =
			(struct rejection){ .line = reading.first_line, .fault = FAULT_NO_TABLE };
		r = -EINVAL;
	}
	return r;
}
