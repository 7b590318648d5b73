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
	struct fault_column said;
	const char *others[4]; /* headers too */
	size_t most_bytes;
	const char *values[16][2]; /* written, meant; none when anything goes */
} columns[COLUMN_COUNT] = {
	[COLUMN_BADGE] = { { "badge", "badgenummer", { NULL } }, { "uid", "nfc" }, LONG_MAX_BYTES,
		{ { NULL } } },
	[COLUMN_GIVEN_NAME] = { { "given_name", "voornaam", { NULL } },
		{ "first name", "given name" }, NAME_MAX_BYTES, { { NULL } } },
	[COLUMN_FAMILY_NAME] = { { "family_name", "achternaam", { NULL } },
		{ "last name", "family name" }, NAME_MAX_BYTES, { { NULL } } },
	[COLUMN_FULL_NAME] = { { "full_name", "naam", { NULL } },
		{ "name", "attendee name", "naam deelnemer" }, LONG_MAX_BYTES, { { NULL } } },
	[COLUMN_ORGANISATION] = { { "organisation", "organisatie", { NULL } },
		{ "company", "bedrijf", "organization" }, LONG_MAX_BYTES, { { NULL } } },
	[COLUMN_ORGANISATION_KIND] = { { "organisation_kind", "soort organisatie",
					       { "bedrijf, onderwijs, overheid, onderzoek, cultuur "
						 "of overig",
						       "company, education, government, research, "
						       "culture or other" } },
		{ "soort" }, 31,
		{ { "company", "company" }, { "bedrijf", "company" }, { "education", "education" },
			{ "onderwijs", "education" }, { "government", "government" },
			{ "overheid", "government" }, { "research", "research" },
			{ "kennisinstelling", "research" }, { "onderzoek", "research" },
			{ "culture", "culture" }, { "cultuur", "culture" }, { "other", "other" },
			{ "overig", "other" }, { "anders", "other" } } },
	[COLUMN_EDUCATION_LEVEL] = { { "education_level", "onderwijsniveau",
					     { "mbo, hbo of wo", "mbo, hbo or wo" } },
		{ "niveau" }, 31, { { "mbo", "mbo" }, { "hbo", "hbo" }, { "wo", "wo" } } },
	[COLUMN_CLUSTER] = { { "cluster", "groeicluster", { NULL } }, { "growth cluster" }, 95,
		{ { NULL } } },
	[COLUMN_REGION] = { { "region", "regio", { "binnen of buiten", "inside or outside" } },
		{ NULL }, 31,
		{ { "inside", "inside" }, { "binnen", "inside" }, { "outside", "outside" },
			{ "buiten", "outside" } } },
	[COLUMN_GROWTH] = { { "growth", "groei",
				    { "start-up of snelle groeier", "start-up or scale-up" } },
		{ NULL }, 31,
		{ { "start-up", "start-up" }, { "startup", "start-up" }, { "scale-up", "scale-up" },
			{ "scaleup", "scale-up" }, { "snelle groeier", "scale-up" } } },
	[COLUMN_EMAIL] = { { "email", "e-mail", { NULL } }, { "e-mailadres", "mail" },
		LONG_MAX_BYTES, { { NULL } } },
	[COLUMN_LANGUAGE] = { { "language", "taal", { "nl of en", "nl or en" } }, { NULL }, 31,
		{ { "nl", "nl" }, { "nederlands", "nl" }, { "dutch", "nl" }, { "en", "en" },
			{ "engels", "en" }, { "english", "en" } } },
	[COLUMN_SESSIONS] = { { "sessions", "deelsessies", { NULL } }, { "sessies" },
		SESSIONS_MAX_BYTES, { { NULL } } },
	[COLUMN_KVK] = { { "kvk", "kvk-nummer", { NULL } }, { "kvk nummer", "kvknummer" }, 31,
		{ { NULL } } },
	[COLUMN_TOWN] = { { "town", "plaats", { NULL } }, { "vestigingsplaats", "city" }, 95,
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
	struct rejection *refusal;
	char given[LONG_MAX_BYTES + 1], family[LONG_MAX_BYTES + 1],
		sessions[SESSIONS_MAX_BYTES + 1], kvk[KVK_SIZE];
};

static bool is_header(const struct column_map *map, size_t column, const char *cell)
{
	const char *mapped = map ? map->headers[column] : NULL;
	if (mapped)
		return mapped[0] && text_equal_folded(mapped, cell);
	const struct fault_column *said = &columns[column].said;
	if (text_equal_folded(said->name, cell) || text_equal_folded(said->nl, cell))
		return true;
	/* cppcheck-suppress nullPointerRedundantCheck ; not these headers */
	for (size_t i = 0; i < 4 && columns[column].others[i]; i++)
		if (text_equal_folded(columns[column].others[i], cell))
			return true;
	return false;
}

const char *attendee_column_name(enum attendee_column column)
{
	return columns[column].said.name;
}

const struct fault_column *attendee_column_said(enum attendee_column column)
{
	return &columns[column].said;
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
	*reading->refusal = (struct rejection){ .line = row->line, .fault = FAULT_NO_LIST };
	return -EINVAL;
}

static void reject(const struct reading *reading, const struct table_row *row,
	struct rejection *ret, enum fault fault, size_t column, const char *value)
{
	table_reject(row, ret, fault);
	ret->column = &columns[column].said;
	ret->place = reading->place[column];
	utf8_clip(ret->value, sizeof ret->value, value);
}

/* The word that is meant, "" for an empty cell, NULL for one that is not allowed. */
static const char *meant(size_t column, const char *cell)
{
	if (!cell[0] || !columns[column].values[0][0])
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
			reject(reading, row, ret_rejection, FAULT_LONG, column, cell);
			ret_rejection->number = (unsigned)columns[column].most_bytes;
			return false;
		}
		ret->values[column] = meant(column, cell);
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

/* Who has no address has none: "n/a" would make one person of all who wrote that. */
static void take_mail(struct attendee_line *line)
{
	const char *text = line->values[COLUMN_EMAIL];

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
	if (!reading->has_header)
		return read_header(reading, row);
	bool good = fits_width(reading, row, &rejection) &&
		    take_values(reading, row, &line, &rejection);
	if (good)
		take_mail(&line);
	if (!good || !has_somebody(reading, row, &line, &rejection) ||
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
	int r = table_read(bytes, length, take_row, reading, ret_refusal);
	if (r == 0 && !reading->has_header) {
		*ret_refusal = (struct rejection){ .fault = FAULT_EMPTY };
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
		if (strcmp(columns[column].said.name, line) != 0)
			continue;
		free(map->headers[column]);
		map->headers[column] = strdup(value);
		return map->headers[column] ? 0 : -ENOMEM;
	}
	return -EINVAL;
}

int column_map_read(
	struct column_map *ret, const char *text, size_t length, struct rejection *ret_refusal)
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
			*ret_refusal = (struct rejection){ .line = number, .fault = FAULT_MAP };
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
