#include <errno.h>

#include "core/text.h"
#include "exchange/participation_book.h"
#include "exchange/participation_out.h"

struct lines {
	FILE *out;
	const char *code;
	int floor;
	enum language language;
	bool excel;
};

static int put(struct lines *lines, const char *text)
{
	char cell[2 * CELL_TEXT_SIZE + 8];
	const char separator = lines->excel ? ';' : ',';
	csv_cell(cell, sizeof cell, text, separator);
	fputc(separator, lines->out);
	return fputs(cell, lines->out) < 0 ? -EIO : 0;
}

static int end_line(struct lines *lines, int r)
{
	return fputs(lines->excel ? "\r\n" : "\n", lines->out) < 0 ? -EIO : r;
}

static int on_page(void *context, const struct book_head *head)
{
	struct lines *lines = context;
	int r = 0;
	lines->code = head->code;
	fputs(lines->language == LANGUAGE_NL ? "deel" : "part", lines->out);
	for (size_t c = 0; c < head->column_count && r == 0; c++)
		r = put(lines, head->columns[c]);
	return end_line(lines, r);
}

static int on_row(void *context, const struct cell *cells, size_t count)
{
	struct lines *lines = context;
	char text[CELL_TEXT_SIZE];
	int r = 0;
	fputs(lines->code, lines->out);
	for (size_t c = 0; c < count && r == 0; c++)
		r = put(lines,
			cell_text(text, &cells[c], lines->floor, lines->language, !lines->excel));
	return end_line(lines, r);
}

int participation_out_csv(
	FILE *out, const struct participation *participation, enum language language, bool excel)
{
	struct lines lines = {
		.out = out, .floor = participation->floor, .language = language, .excel = excel
	};
	const struct book_sink sink = { &lines, on_page, on_row };
	if (excel)
		fputs("\xEF\xBB\xBF", out);
	return participation_book(participation, language, &sink);
}
