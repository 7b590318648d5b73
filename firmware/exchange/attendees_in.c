#include "exchange/attendees_in.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/organisation.h"
#include "core/text.h"
#include "exchange/table.h"

#define NAME_MAX_BYTES 127
#define LONG_MAX_BYTES 255
#define SESSIONS_MAX_BYTES 511

/* What a column is called, what its values may be; words in either language, folded. */
static const struct {
	const char *name, *headers[6];
	size_t most_bytes;
	const char *allowed;       /* for the reason; NULL when anything goes */
	const char *values[16][2]; /* written, meant */
} columns[COLUMN_COUNT] = {
	[COLUMN_BADGE] = { "badge", { "badge", "badgenummer", "uid", "nfc" }, LONG_MAX_BYTES, NULL,
		{ { NULL } } },
	[COLUMN_GIVEN_NAME] = { "given_name",
		{ "given_name", "voornaam", "first name", "given name" }, NAME_MAX_BYTES, NULL,
		{ { NULL } } },
	[COLUMN_FAMILY_NAME] = { "family_name",
		{ "family_name", "achternaam", "last name", "family name" }, NAME_MAX_BYTES, NULL,
		{ { NULL } } },
	[COLUMN_FULL_NAME] = { "full_name",
		{ "full_name", "naam", "name", "attendee name", "naam deelnemer" }, LONG_MAX_BYTES,
		NULL, { { NULL } } },
	[COLUMN_ORGANISATION] = { "organisation",
		{ "organisation", "organisatie", "company", "bedrijf", "organization" },
		LONG_MAX_BYTES, NULL, { { NULL } } },
	[COLUMN_ORGANISATION_KIND] = { "organisation_kind",
		{ "organisation_kind", "soort organisatie", "soort" }, 31,
		"company, education, government, research, culture or other",
		{ { "company", "company" }, { "bedrijf", "company" }, { "education", "education" },
			{ "onderwijs", "education" }, { "government", "government" },
			{ "overheid", "government" }, { "research", "research" },
			{ "kennisinstelling", "research" }, { "onderzoek", "research" },
			{ "culture", "culture" }, { "cultuur", "culture" }, { "other", "other" },
			{ "overig", "other" }, { "anders", "other" } } },
	[COLUMN_EDUCATION_LEVEL] = { "education_level",
		{ "education_level", "onderwijsniveau", "niveau" }, 31, "mbo, hbo or wo",
		{ { "mbo", "mbo" }, { "hbo", "hbo" }, { "wo", "wo" } } },
	[COLUMN_CLUSTER] = { "cluster", { "cluster", "groeicluster", "growth cluster" }, 95, NULL,
		{ { NULL } } },
	[COLUMN_REGION] = { "region", { "region", "regio" }, 31, "inside or outside",
		{ { "inside", "inside" }, { "binnen", "inside" }, { "outside", "outside" },
			{ "buiten", "outside" } } },
	[COLUMN_GROWTH] = { "growth", { "growth", "groei" }, 31, "start-up or scale-up",
		{ { "start-up", "start-up" }, { "startup", "start-up" }, { "scale-up", "scale-up" },
			{ "scaleup", "scale-up" }, { "snelle groeier", "scale-up" } } },
	[COLUMN_EMAIL] = { "email", { "email", "e-mail", "e-mailadres", "mail" }, LONG_MAX_BYTES,
		NULL, { { NULL } } },
	[COLUMN_LANGUAGE] = { "language", { "language", "taal" }, 31, "nl or en",
		{ { "nl", "nl" }, { "nederlands", "nl" }, { "dutch", "nl" }, { "en", "en" },
			{ "engels", "en" }, { "english", "en" } } },
	[COLUMN_SESSIONS] = { "sessions", { "sessions", "deelsessies", "sessies" },
		SESSIONS_MAX_BYTES, NULL, { { NULL } } },
	[COLUMN_KVK] = { "kvk", { "kvk", "kvk-nummer", "kvk nummer", "kvknummer" }, 31, NULL,
		{ { NULL } } },
	[COLUMN_TOWN] = { "town", { "town", "plaats", "vestigingsplaats", "city" }, 95, NULL,
		{ { NULL } } },
};

struct seen_badge {
	struct identity identity;
	unsigned line; /* 0: a free seat */
};

struct reading {
	const struct column_map *map;
	const char *(*cluster_of)(void *context, const char *name);
	void *cluster_context;
	const struct attendee_sink *sink;
	bool has_header;
	int place[COLUMN_COUNT]; /* which cell; -1 when the file has no such column */
	size_t width;
	struct seen_badge *seen;
	size_t seen_count, seen_capacity;
	char *reason;
	char given[LONG_MAX_BYTES + 1], family[LONG_MAX_BYTES + 1],
		sessions[SESSIONS_MAX_BYTES + 1], kvk[KVK_SIZE];
};

static bool is_header(const struct column_map *map, size_t column, const char *cell)
{
	const char *mapped = map ? map->headers[column] : NULL;
	if (mapped)
		return text_equal_folded(mapped, cell);
	/* cppcheck-suppress nullPointerRedundantCheck ; not these headers */
	for (size_t i = 0; i < 6 && columns[column].headers[i]; i++)
		if (text_equal_folded(columns[column].headers[i], cell))
			return true;
	return false;
}

const char *attendee_column_name(enum attendee_column column)
{
	return columns[column].name;
}

void attendee_columns_find(
	const struct table_row *header, const struct column_map *map, int ret_places[COLUMN_COUNT])
{
	for (size_t column = 0; column < COLUMN_COUNT; column++) {
		ret_places[column] = -1;
		for (size_t i = 0; i < header->count && ret_places[column] < 0; i++)
			if (is_header(map, column, header->cells[i]))
				ret_places[column] = (int)i;
	}
}

static int read_header(struct reading *reading, const struct table_row *row)
{
	bool named = false;
	reading->has_header = true;
	reading->width = row->count;
	attendee_columns_find(row, reading->map, reading->place);
	for (size_t column = 0; column <= COLUMN_FULL_NAME; column++)
		named |= reading->place[column] >= 0;
	if (named)
		return 0;
	snprintf(reading->reason, REASON_SIZE,
		"line %u: no column is a badge or a name; headers are badge, given_name, "
		"family_name, "
		"organisation, … in English or Dutch, or --map says what they are called",
		row->line);
	return -EINVAL;
}

/* Says the same for programs. */
static void name_fault(const struct reading *reading, struct rejection *rejection,
	const char *fault, int column, const char *value)
{
	rejection->fault = fault;
	rejection->column = column >= 0 ? columns[column].name : "";
	rejection->place = column >= 0 ? reading->place[column] : -1;
	utf8_clip(rejection->value, sizeof rejection->value, value);
}

/* The word that is meant, "" for an empty cell, NULL for one that is not allowed. */
static const char *meant(size_t column, const char *cell)
{
	if (!cell[0] || !columns[column].allowed)
		return cell;
	for (size_t i = 0; i < 16 && columns[column].values[i][0]; i++)
		if (text_equal_folded(columns[column].values[i][0], cell))
			return columns[column].values[i][1];
	return NULL;
}

/* Fills @ret from the cells; false with @ret_rejection. */
static bool take_values(struct reading *reading, const struct table_row *row,
	struct attendee_line *ret, struct rejection *ret_rejection)
{
	for (size_t column = 0; column < COLUMN_COUNT; column++) {
		const int place = reading->place[column];
		const char *cell =
			place >= 0 && (size_t)place < row->count ? row->cells[place] : "";
		if (strlen(cell) > columns[column].most_bytes) {
			table_reject(row, ret_rejection, "%s is too long; allowed are %zu bytes",
				columns[column].name, columns[column].most_bytes);
			name_fault(reading, ret_rejection, "long", (int)column, cell);
			return false;
		}
		ret->values[column] = meant(column, cell);
		if (!ret->values[column]) {
			table_reject(row, ret_rejection, "%s: \"%s\" is not allowed; allowed is %s",
				columns[column].name, cell, columns[column].allowed);
			name_fault(reading, ret_rejection, "value", (int)column, cell);
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
	table_reject(
		row, ret_rejection, "kvk: \"%s\" is not allowed; allowed are eight digits", text);
	name_fault(reading, ret_rejection, "kvk", COLUMN_KVK, text);
	return false;
}

static bool take_cluster(struct reading *reading, const struct table_row *row,
	struct attendee_line *line, struct rejection *ret_rejection)
{
	const char *name = line->values[COLUMN_CLUSTER];
	if (!name[0])
		return true;
	const char *code = reading->cluster_of(reading->cluster_context, name);
	if (code) {
		line->values[COLUMN_CLUSTER] = code;
	} else {
		table_reject(row, ret_rejection,
			"cluster: \"%s\" is not known; allowed are the codes and names of the "
			"clusters "
			"(ict-ecommerce, health, creative-making, logistics, and those that were "
			"added)",
			name);
		name_fault(reading, ret_rejection, "cluster", COLUMN_CLUSTER, name);
	}
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
		table_reject(row, ret_rejection,
			random ? "badge: \"%s\" starts with 08: a phone's or card's number that "
				 "changes every time"
			       : "badge: \"%s\" is not allowed; allowed are 4, 7, 8 or 10 bytes in "
				 "hexadecimal, "
				 "or token: and 12 to 48 bytes",
			text);
		name_fault(reading, ret_rejection, random ? "random" : "badge", COLUMN_BADGE, text);
		return false;
	}
	if (!make_room(reading)) {
		table_reject(row, ret_rejection, "out of memory");
		return false;
	}
	struct seen_badge *seat = seat_of(reading->seen, reading->seen_capacity, &line->identity);
	if (seat->line) {
		table_reject(
			row, ret_rejection, "badge: the same badge stands on line %u", seat->line);
		name_fault(reading, ret_rejection, "twice", COLUMN_BADGE, text);
		ret_rejection->other = seat->line;
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

static bool has_somebody(const struct reading *reading, const struct table_row *row,
	const struct attendee_line *line, struct rejection *ret_rejection)
{
	const bool full = reading->place[COLUMN_FULL_NAME] >= 0;

	if (line->values[COLUMN_GIVEN_NAME][0] || line->values[COLUMN_FAMILY_NAME][0] ||
		line->values[COLUMN_FULL_NAME][0] || line->values[COLUMN_BADGE][0] ||
		line->values[COLUMN_EMAIL][0])
		return true;
	table_reject(
		row, ret_rejection, "nobody: there is no name, no badge and no e-mail address");
	name_fault(
		reading, ret_rejection, "nobody", full ? COLUMN_FULL_NAME : COLUMN_GIVEN_NAME, "");
	return false;
}

static bool fits_width(
	const struct reading *reading, const struct table_row *row, struct rejection *ret_rejection)
{
	if (row->count <= reading->width)
		return true;
	table_reject(row, ret_rejection, "%zu cells, but there are %zu columns", row->count,
		reading->width);
	/* The commonest cause: the separator stands inside the name of an organisation. */
	const int place = reading->place[COLUMN_ORGANISATION];
	const size_t last = (size_t)(place >= 0 ? place : 0) + row->count - reading->width;
	char guess[sizeof ret_rejection->value] = "";
	for (size_t i = place >= 0 ? (size_t)place : 0; i <= last && i < row->count; i++) {
		const size_t length = strlen(guess);
		snprintf(guess + length, sizeof guess - length, "%s%s", length ? "; " : "",
			row->cells[i]);
	}
	name_fault(reading, ret_rejection, "width", COLUMN_ORGANISATION, guess);
	return false;
}

static int take_row(void *context, const struct table_row *row)
{
	struct reading *reading = context;
	struct attendee_line line;
	struct rejection rejection;
	if (!reading->has_header)
		return read_header(reading, row);
	if (!fits_width(reading, row, &rejection) ||
		!take_values(reading, row, &line, &rejection) ||
		!has_somebody(reading, row, &line, &rejection) ||
		!take_kvk(reading, row, &line, &rejection) ||
		!take_cluster(reading, row, &line, &rejection) ||
		!take_badge(reading, row, &line, &rejection)) {
		reading->sink->reject(reading->sink->context, &rejection);
		return 0;
	}
	split_name(reading, &line);
	join_sessions(reading, &line);
	return reading->sink->attendee(reading->sink->context, &line, row->line);
}

int attendees_read(const char *bytes, size_t length, const struct column_map *map,
	const char *(*cluster_of)(void *context, const char *name), void *cluster_context,
	const struct attendee_sink *sink, char *ret_reason)
{
	struct reading *reading = calloc(1, sizeof *reading);
	if (!reading)
		return -ENOMEM;
	reading->map = map;
	reading->cluster_of = cluster_of;
	reading->cluster_context = cluster_context;
	reading->sink = sink;
	reading->reason = ret_reason;
	int r = table_read(bytes, length, take_row, reading, ret_reason);
	if (r == 0 && !reading->has_header) {
		snprintf(ret_reason, REASON_SIZE, "the file is empty");
		r = -EINVAL;
	}
	free(reading->seen);
	free(reading);
	return r;
}

static int map_line(struct column_map *map, char *line)
{
	char *value = strchr(line, '=');
	if (!value)
		return -EINVAL;
	*value++ = '\0';
	text_trim(line);
	text_trim(value);
	for (size_t column = 0; column < COLUMN_COUNT; column++) {
		if (strcmp(columns[column].name, line) != 0)
			continue;
		free(map->headers[column]);
		map->headers[column] = strdup(value);
		return map->headers[column] ? 0 : -ENOMEM;
	}
	return -EINVAL;
}

int column_map_read(struct column_map *ret, const char *text, size_t length, char *ret_reason)
{
	struct column_map map = { { NULL } };
	unsigned number = 1;
	for (size_t at = 0; at < length; number++) {
		const char *end = memchr(text + at, '\n', length - at);
		const size_t size = end ? (size_t)(end - text) - at : length - at;
		char line[512];
		snprintf(line, sizeof line, "%.*s",
			(int)(size < sizeof line ? size : sizeof line - 1), text + at);
		at += size + 1;
		text_trim(line);
		if (line[0] == '\0' || line[0] == '#')
			continue;
		const int r = map_line(&map, line);
		if (r < 0) {
			snprintf(ret_reason, REASON_SIZE,
				"line %u: allowed is COLUMN = header; columns are badge, "
				"given_name, family_name, "
				"full_name, organisation, organisation_kind, education_level, "
				"cluster, region, "
				"growth, email, language, sessions, kvk, town",
				number);
			column_map_finish(&map);
			return r;
		}
	}
	*ret = map;
	return 0;
}

void column_map_finish(struct column_map *map)
{
	for (size_t column = 0; column < COLUMN_COUNT; column++)
		free(map->headers[column]);
	*map = (struct column_map){ { NULL } };
}
