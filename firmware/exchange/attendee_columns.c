#include "exchange/attendee_columns.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define NAME_MAX_BYTES 127
#define LONG_MAX_BYTES 255
#define SESSIONS_MAX_BYTES 511
#define HEADERS_MAX 10
#define HEADER_ROWS 20 /* among which the header is looked for */

/* What a column is called, what its values may be; words in either language, folded. */
static const struct {
	struct fault_column said;
	const char *others[HEADERS_MAX]; /* headers too */
	size_t most_bytes;
	const char *values[16][2]; /* written, meant; none when anything goes */
} columns[COLUMN_COUNT] = {
	[COLUMN_BADGE] = { { "badge", "badgenummer", { NULL } }, { "uid", "nfc" }, LONG_MAX_BYTES,
		{ { NULL } } },
	[COLUMN_GIVEN_NAME] = { { "given_name", "voornaam", { NULL } },
		{ "first name", "given name", "roepnaam", "firstname",
			"attendee name: given name" },
		NAME_MAX_BYTES, { { NULL } } },
	[COLUMN_FAMILY_NAME] = { { "family_name", "achternaam", { NULL } },
		{ "last name", "family name", "surname", "lastname", "attendee name: family name" },
		NAME_MAX_BYTES, { { NULL } } },
	[COLUMN_FULL_NAME] = { { "full_name", "naam", { NULL } },
		{ "name", "attendee name", "naam deelnemer", "volledige naam", "full name",
			"deelnemer" },
		LONG_MAX_BYTES, { { NULL } } },
	[COLUMN_ORGANISATION] = { { "organisation", "organisatie", { NULL } },
		{ "company", "bedrijf", "organization", "bedrijfsnaam", "affiliation",
			"bedrijf/organisatie", "bedrijf / organisatie", "naam organisatie" },
		LONG_MAX_BYTES, { { NULL } } },
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
	[COLUMN_EMAIL] = { { "email", "e-mail", { NULL } },
		{ "e-mailadres", "mail", "emailadres", "email address", "e-mail address",
			"attendee email" },
		LONG_MAX_BYTES, { { NULL } } },
	[COLUMN_LANGUAGE] = { { "language", "taal", { "nl of en", "nl or en" } }, { NULL }, 31,
		{ { "nl", "nl" }, { "nederlands", "nl" }, { "dutch", "nl" }, { "en", "en" },
			{ "engels", "en" }, { "english", "en" } } },
	[COLUMN_SESSIONS] = { { "sessions", "deelsessies", { NULL } }, { "sessies" },
		SESSIONS_MAX_BYTES, { { NULL } } },
	[COLUMN_KVK] = { { "kvk", "kvk-nummer", { NULL } }, { "kvk nummer", "kvknummer" }, 31,
		{ { NULL } } },
	[COLUMN_PREFIX] = { { "name_prefix", "tussenvoegsel", { NULL } },
		{ "voorvoegsel", "tussenvoegsels", "prefix" }, 31, { { NULL } } },
	[COLUMN_TOWN] = { { "town", "plaats", { NULL } }, { "vestigingsplaats", "city" }, 95,
		{ { NULL } } },
};

/* A cell of the header, told apart from the empty ones and from those before that say the same. */
const char *attendee_header_name(
	const struct table_row *header, size_t place, char ret[HEADER_NAME_SIZE])
{
	const char *cell = header->cells[place];
	char begin[HEADER_NAME_SIZE - 32];
	bool alone = cell[0] != '\0';

	for (size_t i = 0; i < place && alone; i++)
		alone = !text_equal_folded(header->cells[i], cell);
	utf8_clip(begin, sizeof begin, cell);
	if (alone)
		utf8_clip(ret, HEADER_NAME_SIZE, cell);
	else
		snprintf(ret, HEADER_NAME_SIZE, "%s [%zu]", begin, place + 1);
	text_trim(ret);
	return ret;
}

static bool is_header(
	const struct column_map *map, size_t column, const struct table_row *header, size_t place)
{
	const char *cell = header->cells[place];
	char name[HEADER_NAME_SIZE];

	const char *mapped = map ? map->headers[column] : NULL;
	if (mapped)
		return mapped[0] &&
		       text_equal_folded(mapped, attendee_header_name(header, place, name));
	const struct fault_column *said = &columns[column].said;
	if (text_equal_folded(said->name, cell) || text_equal_folded(said->nl, cell))
		return true;
	/* cppcheck-suppress nullPointerRedundantCheck ; not these headers */
	for (size_t i = 0; i < HEADERS_MAX && columns[column].others[i]; i++)
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
			if (is_header(map, column, header, i))
				ret_places[column] = (int)i;
	}
}

size_t attendee_column_bytes(enum attendee_column column)
{
	return columns[column].most_bytes;
}

const char *attendee_value_meant(enum attendee_column column, const char *cell)
{
	if (!cell[0] || !columns[column].values[0][0])
		return cell;
	for (size_t i = 0; i < 16 && columns[column].values[i][0]; i++)
		if (text_equal_folded(columns[column].values[i][0], cell))
			return columns[column].values[i][1];
	return NULL;
}

/* The row that looks most like a header, while the first rows are read. */
struct sought {
	const struct column_map *map;
	unsigned rows;
	int known_best, filled_best; /* columns that are known; cells with something in them */
	unsigned known_line, filled_line;
};

static int take_first_rows(void *context, const struct table_row *row)
{
	struct sought *sought = context;
	int places[COLUMN_COUNT], known = 0, filled = 0;
	bool named = false;

	attendee_columns_find(row, sought->map, places);
	for (size_t column = 0; column < COLUMN_COUNT; column++) {
		known += places[column] >= 0;
		named |= places[column] >= 0 && attendee_column_names((enum attendee_column)column);
	}
	for (size_t i = 0; i < row->count; i++)
		filled += row->cells[i][0] != '\0';
	if (named && known > sought->known_best) {
		sought->known_best = known;
		sought->known_line = row->line;
	}
	if (filled > sought->filled_best) {
		sought->filled_best = filled;
		sought->filled_line = row->line;
	}
	return ++sought->rows == HEADER_ROWS;
}

bool attendee_column_names(enum attendee_column column)
{
	return column <= COLUMN_FULL_NAME;
}

unsigned attendee_header_line(const char *bytes, size_t length, const struct column_map *map)
{
	struct sought sought = { .map = map };
	struct rejection refusal;

	table_read(bytes, length, take_first_rows, &sought, &refusal);
	return sought.known_line ? sought.known_line : sought.filled_line;
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
