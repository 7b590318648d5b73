#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/participation_book.h"
#include "exchange/participation_out.h"

#define WIDTH_MAX 40       /* longer texts are cut, and say so: the files have them whole */
#define CUT "\xE2\x80\xA6" /* … */
#define LINE_WIDTH 100
#define GAP 2 /* before each column */

/* One page, kept until its widths are known. */
struct page {
	FILE *out;
	int floor;
	enum language language;
	struct book_head head;
	char **texts; /* row after row, the headers first */
	bool *right;  /* of each column */
	size_t count, capacity;
	int trouble;
};

static int keep(struct page *page, const char *text)
{
	if (page->count == page->capacity) {
		const size_t capacity = page->capacity ? 2 * page->capacity : 256;
		char **grown = realloc(page->texts, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		page->texts = grown;
		page->capacity = capacity;
	}
	page->texts[page->count] = strdup(text);
	return page->texts[page->count++] ? 0 : -ENOMEM;
}

static size_t characters(const char *text)
{
	size_t count = 0;
	for (; *text; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

/* As many characters of @text as fit. */
static size_t bytes_of(const char *text, size_t width)
{
	size_t at = 0;
	for (size_t left = width; text[at] && left > 0; left--)
		for (at++; ((unsigned char)text[at] & 0xC0) == 0x80;)
			at++;
	return at;
}

/* The bytes of the words that fit on a line; of a word that is too long, its beginning. */
static size_t line_of(const char *text, size_t width)
{
	const size_t fit = bytes_of(text, width);
	for (size_t at = fit; text[fit] && at > 0; at--)
		if (text[at] == ' ')
			return at;
	return fit;
}

static size_t longest_word(const char *text)
{
	size_t longest = 0;
	while (*text) {
		char word[CELL_TEXT_SIZE];
		const size_t length = strcspn(text, " ");
		snprintf(word, sizeof word, "%.*s", (int)length, text);
		const size_t width = characters(word);
		longest = width > longest ? width : longest;
		text += length;
		text += strspn(text, " ");
	}
	return longest;
}

/* A header stands on as many lines as it has words, so the figures decide. */
static size_t width_of(const struct page *page, size_t column)
{
	const size_t columns = page->head.column_count;
	size_t widest = 0;
	for (size_t i = columns + column; i < page->count; i += columns) {
		const size_t width = characters(page->texts[i]);
		widest = width > widest ? width : widest;
	}
	widest = widest > WIDTH_MAX ? WIDTH_MAX : widest;
	const size_t word = longest_word(page->texts[column]);
	return page->head.page != PAGE_SUMMARY && word > widest ? word : widest;
}

static void print_cell(
	const struct page *page, const char *text, size_t bytes, size_t width, bool right)
{
	char shown[CELL_TEXT_SIZE];
	snprintf(shown, sizeof shown, "%.*s", (int)bytes, text);
	const size_t length = characters(shown);
	const int pad = length < width ? (int)(width - length) : 0;
	if (right)
		fprintf(page->out, "%*s%*s%s", GAP, "", pad, "", shown);
	else
		fprintf(page->out, "%*s%s%*s", GAP, "", shown, pad, "");
}

/* How many columns tell what a row is about. */
static size_t key_columns(const struct page *page)
{
	static const size_t rows[PAGE_COUNT] = { [PAGE_ORGANISATIONS] = 2, [PAGE_SESSIONS] = 3 };
	const size_t keys = rows[page->head.page];
	return keys ? keys : 1;
}

/* Those and the columns from @from to before @to: a table that is wider than a line comes in parts,
 * each of which says what its rows are about. */
struct part {
	size_t keys, from, to;
	const size_t *widths;
};

static bool is_in(const struct part *part, size_t column)
{
	return column < part->keys || (column >= part->from && column < part->to);
}

static void print_headers(const struct page *page, const struct part *part)
{
	const char *rest[BOOK_COLUMNS_MAX];
	bool more = true;
	for (size_t c = 0; c < page->head.column_count; c++)
		rest[c] = page->texts[c];
	while (more) {
		more = false;
		for (size_t c = 0; c < page->head.column_count; c++) {
			if (!is_in(part, c))
				continue;
			const size_t bytes = line_of(rest[c], part->widths[c]);
			print_cell(page, rest[c], bytes, part->widths[c], page->right[c]);
			rest[c] += bytes;
			rest[c] += strspn(rest[c], " ");
			more |= *rest[c] != '\0';
		}
		fputc('\n', page->out);
	}
}

static void print_text(const struct page *page, const char *text, size_t width, bool right)
{
	char shown[CELL_TEXT_SIZE];
	const size_t bytes = bytes_of(text, width);
	if (!text[bytes]) {
		print_cell(page, text, bytes, width, right);
		return;
	}
	snprintf(shown, sizeof shown, "%.*s" CUT, (int)bytes_of(text, width - 1), text);
	print_cell(page, shown, strlen(shown), width, right);
}

static void print_part(const struct page *page, const struct part *part)
{
	const size_t columns = page->head.column_count;
	print_headers(page, part);
	for (size_t i = columns; i + columns <= page->count; i += columns) {
		for (size_t c = 0; c < columns; c++) {
			const char *text = page->texts[i + c];
			if (is_in(part, c))
				print_text(page, text, part->widths[c], page->right[c]);
		}
		fputc('\n', page->out);
	}
	fputc('\n', page->out);
}

static void print_table(const struct page *page, const size_t *widths)
{
	const size_t columns = page->head.column_count;
	const size_t keys = key_columns(page);
	for (struct part part = { keys, keys, keys, widths }; part.from < columns;
		part.from = part.to) {
		size_t width = 0;
		for (size_t c = 0; c < keys; c++)
			width += GAP + widths[c];
		do
			width += GAP + widths[part.to++];
		while (part.to < columns && width + GAP + widths[part.to] <= LINE_WIDTH);
		print_part(page, &part);
	}
}

/* What fits of @rest on a line, which then moves on to the next word. */
static void print_some(const struct page *page, const char **rest, size_t width, bool padded)
{
	const size_t bytes = line_of(*rest, width);
	print_cell(page, *rest, bytes, padded ? width : 0, false);
	*rest += bytes;
	*rest += strspn(*rest, " ");
}

/* What a figure is called, and what it is, however long either is to say. */
static void print_summary(const struct page *page, size_t width)
{
	const size_t beside = LINE_WIDTH - 2 * GAP - width;
	for (size_t i = 2; i + 2 <= page->count; i += 2) {
		const char *name = page->texts[i], *rest = page->texts[i + 1];
		do {
			print_some(page, &name, width, true);
			print_some(page, &rest, beside, false);
			fputc('\n', page->out);
		} while (*name || *rest);
	}
	fputc('\n', page->out);
}

/* Room beside the keys for the widest of the others; the first key gives way. */
static void fit_keys(const struct page *page, size_t *widths)
{
	const size_t keys = key_columns(page);
	size_t width = 0, widest = 0;
	for (size_t c = 0; c < page->head.column_count; c++)
		if (c < keys)
			width += GAP + widths[c];
		else
			widest = widths[c] > widest ? widths[c] : widest;
	width += GAP + widest;
	const size_t over = width > LINE_WIDTH ? width - LINE_WIDTH : 0;
	widths[0] -= over < widths[0] / 2 ? over : widths[0] / 2;
}

static void print_page(const struct page *page)
{
	const size_t columns = page->head.column_count;
	size_t widths[BOOK_COLUMNS_MAX] = { 0 };
	if (page->count <= columns) /* nothing under the headers */
		return;
	for (size_t c = 0; c < columns; c++)
		widths[c] = width_of(page, c);
	fit_keys(page, widths);
	fprintf(page->out, "%s\n", page->head.title);
	if (page->head.page == PAGE_SUMMARY)
		print_summary(page, widths[0]);
	else
		print_table(page, widths);
}

static void drop(struct page *page)
{
	for (size_t i = 0; i < page->count; i++)
		free(page->texts[i]);
	page->count = 0;
}

static int on_page(void *context, const struct book_head *head)
{
	struct page *page = context;
	int r = 0;
	if (page->count)
		print_page(page);
	drop(page);
	page->head = *head;
	memset(page->right, 0, BOOK_COLUMNS_MAX * sizeof *page->right);
	for (size_t c = 0; c < head->column_count && r == 0; c++)
		r = keep(page, head->columns[c]);
	return r;
}

static int on_row(void *context, const struct cell *cells, size_t count)
{
	struct page *page = context;
	char text[CELL_TEXT_SIZE];
	int r = 0;
	for (size_t c = 0; c < count && r == 0; c++) {
		page->right[c] |= cells[c].kind == CELL_NUMBER || cells[c].kind == CELL_MINUTES;
		r = keep(page, cell_text(text, &cells[c], page->floor, page->language, false));
	}
	return r;
}

int participation_out_text(
	FILE *out, const struct participation *participation, enum language language)
{
	bool right[BOOK_COLUMNS_MAX] = { false };
	struct page page = {
		.out = out, .floor = participation->floor, .language = language, .right = right
	};
	const struct book_sink sink = { &page, on_page, on_row };
	const int r = participation_book(participation, language, &sink);
	if (r == 0 && page.count)
		print_page(&page);
	drop(&page);
	free(page.texts);
	return r;
}
