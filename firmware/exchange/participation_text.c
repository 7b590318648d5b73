#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/participation_book.h"
#include "exchange/participation_out.h"

#define WIDTH_MAX 64 /* longer texts are cut: the files have them whole */

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

static size_t width_of(const struct page *page, size_t column)
{
	const size_t columns = page->head.column_count;
	size_t widest = 0;
	for (size_t i = column; i < page->count; i += columns) {
		const size_t width = characters(page->texts[i]);
		widest = width > widest ? width : widest;
	}
	const bool last = column + 1 == columns;
	return widest > WIDTH_MAX && !last ? WIDTH_MAX : widest;
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

static void print_cell(const struct page *page, const char *text, size_t width, bool right)
{
	const size_t bytes = bytes_of(text, width), shown = characters(text);
	const int pad = shown < width ? (int)(width - shown) : 0;
	if (right)
		fprintf(page->out, "%*s%.*s", pad, "", (int)bytes, text);
	else
		fprintf(page->out, "%.*s%*s", (int)bytes, text, pad, "");
}

static void print_page(const struct page *page)
{
	const size_t columns = page->head.column_count;
	size_t widths[BOOK_COLUMNS_MAX];
	if (page->count <= columns) /* nothing under the headers */
		return;
	for (size_t c = 0; c < columns; c++)
		widths[c] = width_of(page, c);
	fprintf(page->out, "%s\n", page->head.title);
	const size_t first = page->head.page == PAGE_SUMMARY ? columns : 0; /* needs no headers */
	for (size_t i = first; i + columns <= page->count; i += columns) {
		for (size_t c = 0; c < columns; c++) {
			const bool left = !page->right[c] || page->head.page == PAGE_SUMMARY;
			fputs("  ", page->out);
			print_cell(page, page->texts[i + c],
				left && c + 1 == columns ? characters(page->texts[i + c])
							 : widths[c],
				!left);
		}
		fputc('\n', page->out);
	}
	fputc('\n', page->out);
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
