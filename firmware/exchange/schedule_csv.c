#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/schedule_formats.h"
#include "exchange/table.h"

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
	const char *headers[4];
	size_t most_bytes;
} columns[COLUMN_COUNT_] = {
	[SESSION] = { { "session", "sessie", "deelsessie", "code" }, SESSION_CODE_SIZE - 1 },
	[TITLE] = { { "title", "titel", "onderwerp", NULL }, SESSION_TITLE_SIZE - 1 },
	[HOST] = { { "host", "begeleider", "spreker", NULL }, SESSION_HOST_SIZE - 1 },
	[ROOM] = { { "room", "ruimte", "zaal", NULL }, SESSION_ROOM_SIZE - 1 },
	[START] = { { "start", "begin", "van", NULL }, 40 },
	[END] = { { "end", "eind", "einde", "tot" }, 40 },
	[CLUSTER] = { { "cluster", "groeicluster", NULL, NULL }, 95 },
	[CAPACITY] = { { "capacity", "capaciteit", "plaatsen", NULL }, 10 },
	[KIND] = { { "kind", "soort", NULL, NULL }, 31 },
	[STATE] = { { "state", "status", NULL, NULL }, 31 },
};

struct reading {
	const struct schedule_sink *sink;
	const struct schedule_limits *limits;
	bool has_header;
	int place[COLUMN_COUNT_];
	char *reason;
};

static int read_header(struct reading *reading, const struct table_row *row)
{
	reading->has_header = true;
	for (size_t column = 0; column < COLUMN_COUNT_; column++) {
		reading->place[column] = -1;
		for (size_t i = 0; i < row->count && reading->place[column] < 0; i++)
			for (size_t name = 0; name < 4 && columns[column].headers[name]; name++)
				if (text_equal_folded(columns[column].headers[name], row->cells[i]))
					reading->place[column] = (int)i;
	}
	if (reading->place[TITLE] >= 0 && reading->place[START] >= 0 && reading->place[END] >= 0)
		return 0;
	snprintf(reading->reason, REASON_SIZE,
		"line %u: headers are "
		"session,title,host,room,start,end,cluster,capacity,kind,state, in English or "
		"Dutch; title, start and end are needed",
		row->line);
	return -EINVAL;
}

static bool take_time(
	const struct reading *reading, const char *cell, int64_t *ret_ms, int32_t *ret_offset_min)
{
	bool has_offset;
	if (!time_parse(ret_ms, ret_offset_min, &has_offset, cell))
		return false;
	if (!has_offset) {
		*ret_offset_min = reading->limits->default_offset_min;
		*ret_ms -= *ret_offset_min * 60000LL;
	}
	return true;
}

static const struct schedule_wrong no_title = { "notitle", "title: a session needs one" };
static const struct schedule_wrong no_time = { "time",
	"start and end: allowed is 2026-11-24T14:00:00+01:00 or 24-11-2026 14:00" };
static const struct schedule_wrong not_after = { "order", "end: it is not after start" };
static const struct schedule_wrong no_capacity = { "capacity",
	"capacity: allowed is empty or 0 to 100000" };
static const struct schedule_wrong no_kind = { "kind",
	"kind: allowed is plenary, parallel or break" };
static const struct schedule_wrong no_state = { "state",
	"state: allowed is planned, moved, cancelled or delayed" };

/* What is wrong with the row, or NULL with @ret filled. */
static const struct schedule_wrong *take_session(
	const struct reading *reading, const char *const cells[COLUMN_COUNT_], struct session *ret)
{
	int32_t end_offset_min;
	char *end = NULL;
	*ret = (struct session){ .kind = SESSION_PARALLEL };
	if (!cells[TITLE][0])
		return &no_title;
	if (!take_time(reading, cells[START], &ret->start_ms, &ret->utc_offset_min) ||
		!take_time(reading, cells[END], &ret->end_ms, &end_offset_min))
		return &no_time;
	if (ret->end_ms <= ret->start_ms)
		return &not_after;
	const long capacity = cells[CAPACITY][0] ? strtol(cells[CAPACITY], &end, 10) : 0;
	if ((end && *end) || capacity < 0 || capacity > 100000)
		return &no_capacity;
	if (cells[KIND][0] && !session_kind_from_name(&ret->kind, cells[KIND]))
		return &no_kind;
	if (!cells[KIND][0] && title_is_break(cells[TITLE]))
		ret->kind = SESSION_BREAK;
	if (cells[STATE][0] && !session_state_from_name(&ret->state, cells[STATE]))
		return &no_state;
	ret->capacity = (int32_t)capacity;
	utf8_clip(ret->code, sizeof ret->code, cells[SESSION][0] ? cells[SESSION] : cells[TITLE]);
	utf8_clip(ret->title, sizeof ret->title, cells[TITLE]);
	utf8_clip(ret->host, sizeof ret->host, cells[HOST]);
	utf8_clip(ret->room, sizeof ret->room, cells[ROOM]);
	if (!cluster_from_words(ret->cluster, cells[CLUSTER]))
		utf8_clip(ret->cluster, sizeof ret->cluster, cells[CLUSTER]);
	return NULL;
}

static int take_row(void *context, const struct table_row *row)
{
	struct reading *reading = context;
	struct rejection rejection;
	struct session session;
	const char *cells[COLUMN_COUNT_];
	if (!reading->has_header)
		return read_header(reading, row);
	for (size_t column = 0; column < COLUMN_COUNT_; column++) {
		const int place = reading->place[column];
		cells[column] = place >= 0 && (size_t)place < row->count ? row->cells[place] : "";
		if (strlen(cells[column]) > columns[column].most_bytes) {
			table_reject(row, &rejection, "%s is too long; allowed are %zu bytes",
				columns[column].headers[0], columns[column].most_bytes);
			rejection.fault = "long";
			reading->sink->reject(reading->sink->context, &rejection);
			return 0;
		}
	}
	const struct schedule_wrong *wrong = take_session(reading, cells, &session);
	if (!wrong)
		return reading->sink->session(reading->sink->context, &session, row->line);
	table_reject(row, &rejection, "%s", wrong->words);
	rejection.fault = wrong->fault;
	reading->sink->reject(reading->sink->context, &rejection);
	return 0;
}

int schedule_csv_read(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, char *ret_reason)
{
	struct reading reading = { .sink = sink, .limits = limits, .reason = ret_reason };
	int r = sink->event(sink->context, "", "");
	if (r == 0)
		r = table_read(bytes, length, take_row, &reading, ret_reason);
	return r;
}
