#include "exchange/attendees_in.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/organisation.h"
#include "core/text.h"

#define LONG_MAX_BYTES 255
#define SESSIONS_MAX_BYTES 511

struct seen_badge {
	struct identity identity;
	unsigned line; /* 0: a free seat */
};

struct reading {
	const struct column_map *map;
	const char *(*cluster_of)(void *context, const char *name);
	void *cluster_context;
	const struct attendee_sink *sink;
	unsigned header_line; /* titles may stand above it */
	bool has_header;
	int place[COLUMN_COUNT]; /* which cell; -1 when the file has no such column */
	size_t width;
	struct seen_badge *seen;
	size_t seen_count, seen_capacity;
	struct rejection *refusal;
	char given[LONG_MAX_BYTES + 1], family[LONG_MAX_BYTES + 1], mail[LONG_MAX_BYTES + 1],
		sessions[SESSIONS_MAX_BYTES + 1], kvk[KVK_SIZE];
};

static int read_header(struct reading *reading, const struct table_row *row)
{
	bool named = false;
	reading->has_header = true;
	reading->width = row->count;
	attendee_columns_find(row, reading->map, reading->place);
	for (size_t column = 0; column < COLUMN_COUNT; column++)
		named |= reading->place[column] >= 0 &&
			 attendee_column_names((enum attendee_column)column);
	if (named)
		return 0;
	*reading->refusal = (struct rejection){ .line = row->line, .fault = FAULT_NO_LIST };
	return -EINVAL;
}

static void reject(const struct reading *reading, const struct table_row *row,
	struct rejection *ret, enum fault fault, size_t column, const char *value)
{
	table_reject(row, ret, fault);
	ret->column = attendee_column_said((enum attendee_column)column);
	ret->place = reading->place[column];
	utf8_clip(ret->value, sizeof ret->value, value);
}

/* Fills @ret from the cells; false with @ret_rejection. */
static bool take_values(struct reading *reading, const struct table_row *row,
	struct attendee_line *ret, struct rejection *ret_rejection)
{
	for (size_t column = 0; column < COLUMN_COUNT; column++) {
		const int place = reading->place[column];
		const char *cell =
			place >= 0 && (size_t)place < row->count ? row->cells[place] : "";
		if (strlen(cell) > attendee_column_bytes((enum attendee_column)column)) {
			reject(reading, row, ret_rejection, FAULT_LONG, column, cell);
			ret_rejection->number =
				(unsigned)attendee_column_bytes((enum attendee_column)column);
			return false;
		}
		ret->values[column] = attendee_value_meant((enum attendee_column)column, cell);
		if (!ret->values[column]) {
			reject(reading, row, ret_rejection, FAULT_VALUE, column, cell);
			return false;
		}
	}
	return true;
}

static bool take_kvk(struct reading *reading, const struct table_row *row,
	struct attendee_line *line, struct rejection *ret_rejection)
{
	const char *text = line->values[COLUMN_KVK];
	if (!text[0])
		return true;
	line->values[COLUMN_KVK] = reading->kvk;
	if (kvk_read(reading->kvk, text))
		return true;
	reject(reading, row, ret_rejection, FAULT_KVK, COLUMN_KVK, text);
	return false;
}

static bool take_cluster(struct reading *reading, const struct table_row *row,
	struct attendee_line *line, struct rejection *ret_rejection)
{
	const char *name = line->values[COLUMN_CLUSTER];
	if (!name[0])
		return true;
	const char *code = reading->cluster_of(reading->cluster_context, name);
	if (code)
		line->values[COLUMN_CLUSTER] = code;
	else
		reject(reading, row, ret_rejection, FAULT_CLUSTER, COLUMN_CLUSTER, name);
	return code != NULL;
}

/* The place of @identity in the open hash table: its own, or the free one it would take. */
static struct seen_badge *seat_of(
	struct seen_badge *seats, size_t count, const struct identity *identity)
{
	size_t hash = 2166136261u;
	for (size_t i = 0; i < identity->length; i++)
		hash = (hash ^ identity->bytes[i]) * 16777619u;
	size_t at = hash & (count - 1);
	while (seats[at].line && memcmp(&seats[at].identity, identity, sizeof *identity) != 0)
		at = (at + 1) & (count - 1);
	return &seats[at];
}

static bool make_room(struct reading *reading)
{
	if (2 * reading->seen_count < reading->seen_capacity)
		return true;
	const size_t capacity = reading->seen_capacity ? 2 * reading->seen_capacity : 1024;
	struct seen_badge *seats = calloc(capacity, sizeof *seats);
	if (!seats)
		return false;
	for (size_t i = 0; i < reading->seen_capacity; i++)
		if (reading->seen[i].line)
			*seat_of(seats, capacity, &reading->seen[i].identity) = reading->seen[i];
	free(reading->seen);
	reading->seen = seats;
	reading->seen_capacity = capacity;
	return true;
}

static bool take_badge(struct reading *reading, const struct table_row *row,
	struct attendee_line *line, struct rejection *ret_rejection)
{
	const char *text = line->values[COLUMN_BADGE];
	line->identity = (struct identity){ .kind = IDENTITY_NONE };
	if (!text[0])
		return true;
	if (!identity_from_text(&line->identity, text)) {
		const bool random = strncmp(text, "08", 2) == 0;
		reject(reading, row, ret_rejection, random ? FAULT_RANDOM : FAULT_BADGE,
			COLUMN_BADGE, text);
		return false;
	}
	if (!make_room(reading)) {
		table_reject(row, ret_rejection, FAULT_MEMORY);
		return false;
	}
	struct seen_badge *seat = seat_of(reading->seen, reading->seen_capacity, &line->identity);
	if (seat->line) {
		reject(reading, row, ret_rejection, FAULT_TWICE, COLUMN_BADGE, text);
		ret_rejection->number = seat->line;
		return false;
	}
	*seat = (struct seen_badge){ line->identity, row->line };
	reading->seen_count++;
	return true;
}

/* "Jan van der Berg": the first word is the given name, all else the family name with its prefixes.
 */
static void split_name(struct reading *reading, struct attendee_line *line)
{
	const char *full = line->values[COLUMN_FULL_NAME];
	if (!full[0] || line->values[COLUMN_GIVEN_NAME][0] || line->values[COLUMN_FAMILY_NAME][0])
		return;
	const size_t first = strcspn(full, " ");
	snprintf(reading->given, sizeof reading->given, "%.*s", (int)first, full);
	snprintf(reading->family, sizeof reading->family, "%s", full + first);
	text_trim(reading->family);
	line->values[COLUMN_GIVEN_NAME] = reading->given;
	line->values[COLUMN_FAMILY_NAME] = reading->family;
}

/* "van der" from a column of its own goes before the family name. */
static void join_prefix(struct reading *reading, struct attendee_line *line)
{
	const char *prefix = line->values[COLUMN_PREFIX],
		   *family = line->values[COLUMN_FAMILY_NAME];
	if (!prefix[0] || !family[0] || family == reading->family)
		return;
	snprintf(reading->family, sizeof reading->family, "%.31s %.127s", prefix, family);
	line->values[COLUMN_FAMILY_NAME] = reading->family;
}

/* Codes may be separated by blanks, commas, semicolons or bars; they go on with one blank. */
static void join_sessions(struct reading *reading, struct attendee_line *line)
{
	size_t at = 0;
	for (const char *c = line->values[COLUMN_SESSIONS]; *c; c++) {
		const bool between = strchr(" ,;|", *c) != NULL;
		if (between && (at == 0 || reading->sessions[at - 1] == ' '))
			continue;
		reading->sessions[at++] = between ? ' ' : *c;
	}
	reading->sessions[at] = '\0';
	text_trim(reading->sessions);
	line->values[COLUMN_SESSIONS] = reading->sessions;
}

/* "Ada Bos <ada@voorbeeld.example>" and "mailto:ada@voorbeeld.example" have an address in them. */
static const char *address_in(struct reading *reading, const char *text)
{
	const char *from = strchr(text, '<'), *to = from ? strchr(from, '>') : NULL;
	const bool link = strncmp(text, "mailto:", 7) == 0;

	if (from && to)
		snprintf(reading->mail, sizeof reading->mail, "%.*s", (int)(to - from - 1),
			from + 1);
	else
		snprintf(reading->mail, sizeof reading->mail, "%s", text + (link ? 7 : 0));
	text_trim(reading->mail);
	return text_is_mail(reading->mail) ? reading->mail : text;
}

/* Who has no address has none: "n/a" would make one person of all who wrote that. */
static void take_mail(struct reading *reading, struct attendee_line *line)
{
	const char *text = address_in(reading, line->values[COLUMN_EMAIL]);

	line->values[COLUMN_EMAIL] = text;
	line->no_mail = text[0] && !text_is_mail(text) ? text : "";
	if (line->no_mail[0])
		line->values[COLUMN_EMAIL] = "";
}

static bool has_somebody(const struct reading *reading, const struct table_row *row,
	const struct attendee_line *line, struct rejection *ret_rejection)
{
	const bool full = reading->place[COLUMN_FULL_NAME] >= 0;

	if (line->values[COLUMN_GIVEN_NAME][0] || line->values[COLUMN_FAMILY_NAME][0] ||
		line->values[COLUMN_FULL_NAME][0] || line->values[COLUMN_BADGE][0] ||
		line->values[COLUMN_EMAIL][0])
		return true;
	reject(reading, row, ret_rejection, FAULT_NOBODY,
		full ? COLUMN_FULL_NAME : COLUMN_GIVEN_NAME, "");
	return false;
}

static bool fits_width(
	const struct reading *reading, const struct table_row *row, struct rejection *ret_rejection)
{
	if (row->count <= reading->width)
		return true;
	/* The commonest cause: the separator stands inside the name of an organisation. */
	const int place = reading->place[COLUMN_ORGANISATION];
	const size_t last = (size_t)(place >= 0 ? place : 0) + row->count - reading->width;
	char guess[sizeof ret_rejection->value] = "";
	for (size_t i = place >= 0 ? (size_t)place : 0; i <= last && i < row->count; i++) {
		const size_t length = strlen(guess);
		snprintf(guess + length, sizeof guess - length, "%s%s", length ? "; " : "",
			row->cells[i]);
	}
	reject(reading, row, ret_rejection, FAULT_WIDTH, COLUMN_ORGANISATION, guess);
	ret_rejection->number = (unsigned)reading->width;
	return false;
}

static int take_row(void *context, const struct table_row *row)
{
	struct reading *reading = context;
	struct attendee_line line = {
		.no_mail = "", .original = row->original, .original_length = row->original_length
	};
	struct rejection rejection;
	if (row->line < reading->header_line)
		return 0;
	if (!reading->has_header)
		return read_header(reading, row);
	bool good = fits_width(reading, row, &rejection) &&
		    take_values(reading, row, &line, &rejection);
	if (good)
		take_mail(reading, &line);
	if (!good || !has_somebody(reading, row, &line, &rejection) ||
		!take_kvk(reading, row, &line, &rejection) ||
		!take_cluster(reading, row, &line, &rejection) ||
		!take_badge(reading, row, &line, &rejection)) {
		reading->sink->reject(reading->sink->context, &rejection);
		return 0;
	}
	split_name(reading, &line);
	join_prefix(reading, &line);
	join_sessions(reading, &line);
	return reading->sink->attendee(reading->sink->context, &line, row->line);
}

static int take_person(void *context, const struct table_row *row)
{
	struct reading *reading = context;
	struct attendee_line line = {
		.no_mail = "", .original = row->original, .original_length = row->original_length
	};
	if (row->line < reading->header_line)
		return 0;
	if (!reading->has_header)
		return read_header(reading, row);
	for (size_t column = 0; column < COLUMN_COUNT; column++) {
		const int place = reading->place[column];
		line.values[column] =
			place >= 0 && (size_t)place < row->count ? row->cells[place] : "";
	}
	take_mail(reading, &line);
	if (!identity_from_text(&line.identity, line.values[COLUMN_BADGE]))
		line.identity = (struct identity){ .kind = IDENTITY_NONE };
	split_name(reading, &line);
	join_prefix(reading, &line);
	return reading->sink->attendee(reading->sink->context, &line, row->line);
}

int attendees_people(const char *bytes, size_t length, const struct column_map *map,
	const struct attendee_sink *sink, struct rejection *ret_refusal)
{
	struct reading *reading = calloc(1, sizeof *reading);
	if (!reading)
		return -ENOMEM;
	reading->map = map;
	reading->sink = sink;
	reading->refusal = ret_refusal;
	reading->header_line = attendee_header_line(bytes, length, map);
	const int r = table_read(bytes, length, take_person, reading, ret_refusal);
	free(reading);
	return r;
}

int attendees_read(const char *bytes, size_t length, const struct column_map *map,
	const char *(*cluster_of)(void *context, const char *name), void *cluster_context,
	const struct attendee_sink *sink, struct rejection *ret_refusal)
{
	struct reading *reading = calloc(1, sizeof *reading);
	if (!reading)
		return -ENOMEM;
	reading->map = map;
	reading->cluster_of = cluster_of;
	reading->cluster_context = cluster_context;
	reading->sink = sink;
	reading->refusal = ret_refusal;
	reading->header_line = attendee_header_line(bytes, length, map);
	int r = table_read(bytes, length, take_row, reading, ret_refusal);
	if (r == 0 && !reading->has_header) {
		*ret_refusal = (struct rejection){ .fault = FAULT_EMPTY };
		r = -EINVAL;
	}
	free(reading->seen);
	free(reading);
	return r;
}
