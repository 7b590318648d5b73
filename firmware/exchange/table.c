#include "exchange/table.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

/* Windows-1252 where it differs from Latin-1; 0 is not assigned. */
static const uint16_t windows_1252[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
	0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C,
	0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };

static size_t put_utf8(char *to, uint32_t code)
{
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		to[0] = (char)(0xC0 | code >> 6);
		to[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	to[0] = (char)(0xE0 | code >> 12);
	to[1] = (char)(0x80 | (code >> 6 & 0x3F));
	to[2] = (char)(0x80 | (code & 0x3F));
	return 3;
}

static size_t put_windows(char *to, const char *bytes, size_t length)
{
	size_t at = 0;
	for (size_t i = 0; i < length; i++) {
		const uint8_t byte = (uint8_t)bytes[i];
		const bool special = byte >= 0x80 && byte < 0xA0;
		const uint32_t code = special ? windows_1252[byte - 0x80] : byte;
		at += put_utf8(to + at, code ? code : 0xFFFD);
	}
	return at;
}

/* Where the line that starts at @at ends, its line end included. */
static size_t line_end(const char *text, size_t length, size_t at)
{
	while (at < length && text[at] != '\n' && text[at] != '\r')
		at++;
	if (at + 1 < length && text[at] == '\r' && text[at + 1] == '\n')
		at++;
	return at < length ? at + 1 : length;
}

/* A line pasted in from another program may be the only one that is not UTF-8. */
static char *from_windows(const char *bytes, size_t length, size_t *ret_length)
{
	char *text = malloc(3 * length + 1);
	size_t filled = 0;
	for (size_t at = 0, end; text && at < length; at = end) {
		end = line_end(bytes, length, at);
		if (utf8_is_valid(bytes + at, end - at)) {
			memcpy(text + filled, bytes + at, end - at);
			filled += end - at;
		} else {
			filled += put_windows(text + filled, bytes + at, end - at);
		}
	}
	*ret_length = filled;
	return text;
}

#define SEPARATORS ",;\t"
#define SEPARATOR_COUNT 3
#define LINES_LOOKED_AT 20

/* How often each separator stands outside quotes in the row at @at, which ends at the return. */
static size_t count_separators(
	const char *text, size_t length, size_t at, size_t ret[SEPARATOR_COUNT])
{
	bool quoted = false;
	memset(ret, 0, SEPARATOR_COUNT * sizeof *ret);
	for (; at < length && (quoted || (text[at] != '\n' && text[at] != '\r')); at++) {
		if (text[at] == '"')
			quoted = !quoted;
		const char *found = quoted || !text[at] ? NULL : strchr(SEPARATORS, text[at]);
		if (found)
			ret[found - SEPARATORS]++;
	}
	return at;
}

/* Of , ; and tab the one that stands in most of the first rows, each time as often as in the row
 * before: a title may have a comma, and so may an address. */
static char separator_of(const char *text, size_t length)
{
	size_t counts[SEPARATOR_COUNT], before[SEPARATOR_COUNT] = { 0 };
	size_t score[SEPARATOR_COUNT] = { 0 }, most[SEPARATOR_COUNT] = { 0 }, best = 0;
	for (size_t at = 0, rows = 0; at < length && rows < LINES_LOOKED_AT; at++) {
		const size_t end = count_separators(text, length, at, counts);
		for (size_t i = 0; end > at && i < SEPARATOR_COUNT; i++) {
			score[i] += counts[i] > 0;
			score[i] += counts[i] > 0 && counts[i] == before[i];
			most[i] = counts[i] > most[i] ? counts[i] : most[i];
			before[i] = counts[i];
		}
		rows += end > at;
		at = end;
	}
	for (size_t i = 1; i < SEPARATOR_COUNT; i++)
		if (score[i] > score[best] || (score[i] == score[best] && most[i] > most[best]))
			best = i;
	return SEPARATORS[best];
}

/* One row while libcsv hands over its cells. */
struct reading {
	table_take *take;
	void *context;
	struct table_row row;
	char *cells; /* all of the row's cells, one after the other */
	size_t used, capacity, offsets[TABLE_COLUMNS_MAX];
	bool any, ended, failed;
	int result;
};

/* Breaks and blanks that do not break are blanks; marks without width are nothing. */
static void put_on_one_line(char *text)
{
	char *to = text;
	for (const char *c = text; *c; c++) {
		const bool wide = strncmp(c, "\xC2\xA0", 2) == 0;
		if (strncmp(c, "\xE2\x80\x8B", 3) == 0 || strncmp(c, "\xEF\xBB\xBF", 3) == 0) {
			c += 2;
			continue;
		}
		*to++ = wide || *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c;
		c += wide;
	}
	*to = '\0';
}

static void on_cell(void *cell, size_t length, void *context)
{
	struct reading *reading = context;
	if (reading->row.count == TABLE_COLUMNS_MAX)
		return;
	if (reading->used + length + 1 > reading->capacity) {
		const size_t capacity = 2 * (reading->used + length + 1);
		char *grown = realloc(reading->cells, capacity);
		if (!grown) {
			reading->failed = true;
			return;
		}
		reading->cells = grown;
		reading->capacity = capacity;
	}
	char *to = reading->cells + reading->used;
	if (length)
		memcpy(to, cell, length);
	to[length] = '\0';
	put_on_one_line(to);
	text_trim(to);
	reading->any |= to[0] != '\0';
	reading->offsets[reading->row.count++] = reading->used;
	reading->used += length + 1;
}

static void on_row(int ending, void *context)
{
	struct reading *reading = context;
	(void)ending;
	reading->ended = true;
	for (size_t i = 0; i < reading->row.count; i++)
		reading->row.cells[i] = reading->cells + reading->offsets[i];
	if (reading->any && !reading->failed && reading->result == 0)
		reading->result = reading->take(reading->context, &reading->row);
	reading->row.count = reading->used = 0;
	reading->any = false;
}

static size_t without_line_end(const char *text, size_t from, size_t to)
{
	while (to > from && (text[to - 1] == '\n' || text[to - 1] == '\r'))
		to--;
	return to - from;
}

/*
 * libcsv keeps no count of lines, so it is fed line by line: a row that has not ended by then goes
 * on in quotes on the next line. One line end more than the file has tells whether the last row
 * ends.
 */
static int read_rows(struct reading *reading, struct csv_parser *parser, const char *text,
	size_t length, struct rejection *ret_refusal)
{
	size_t row_start = 0;
	unsigned line = 1;
	reading->row.line = 1;
	for (size_t at = 0; at <= length && reading->result == 0 && !reading->failed; line++) {
		const size_t end = line_end(text, length, at);
		const char *fed = at < length ? text + at : "\n";
		reading->row.original = text + row_start;
		reading->row.original_length = without_line_end(text, row_start, end);
		reading->ended = false;
		csv_parse(parser, fed, at < length ? end - at : 1, on_cell, on_row, reading);
		if (reading->ended) {
			row_start = end;
			reading->row.line = line + 1;
		}
		at = at < length ? end : length + 1;
	}
	if (reading->failed || reading->result != 0)
		return reading->failed ? -ENOMEM : reading->result;
	if (reading->ended)
		return 0;
	*ret_refusal = (struct rejection){ .line = reading->row.line, .fault = FAULT_QUOTE };
	return -EINVAL;
}

void table_form_of(const char *bytes, size_t length, struct table_form *ret)
{
	*ret = (struct table_form){ separator_of(bytes, length), !utf8_is_valid(bytes, length) };
}

int table_read(const char *bytes, size_t length, table_take *take, void *context,
	struct rejection *ret_refusal)
{
	static const char mark[] = "\xEF\xBB\xBF";
	if (length >= 3 && memcmp(bytes, mark, 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	if (memchr(bytes, '\0', length)) {
		*ret_refusal = (struct rejection){ .fault = FAULT_NO_TEXT };
		return -EINVAL;
	}
	char *converted = NULL;
	if (!utf8_is_valid(bytes, length)) {
		converted = from_windows(bytes, length, &length);
		if (!converted)
			return -ENOMEM;
		bytes = converted;
	}
	struct csv_parser parser;
	struct reading reading = { .take = take, .context = context };
	csv_init(&parser, CSV_REPALL_NL); /* also of empty lines: each ends a row */
	csv_set_delim(&parser, (unsigned char)separator_of(bytes, length));
	const int r = read_rows(&reading, &parser, bytes, length, ret_refusal);
	csv_free(&parser);
	free(reading.cells);
	free(converted);
	return r;
}

void table_reject(const struct table_row *row, struct rejection *ret, enum fault fault)
{
	*ret = (struct rejection){ .line = row->line,
		.original = row->original,
		.original_length = row->original_length,
		.fault = fault,
		.place = -1 };
}
