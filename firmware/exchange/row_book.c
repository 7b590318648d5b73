#include "exchange/row_book.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/archive.h"
#include "exchange/attendance_sheet.h"

#define ROWS_MAX 1048576 /* of one sheet, the headers' among them */
#define SHEETS_MAX 64
#define NAME_SIZE 32 /* a spreadsheet takes no longer ones */
#define PART_BYTES 8192
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPES "application/vnd.openxmlformats-officedocument.spreadsheetml."

/* In the order of styles.xml. */
enum style { STYLE_PLAIN, STYLE_HEAD, STYLE_TIME, STYLE_WRAP };

struct row_book {
	struct archive *archive;
	enum language language;
	char names[SHEETS_MAX][NAME_SIZE];
	int sheets, attendance_sheets;
	int64_t row; /* the next of the open sheet, from 1 */
	int trouble;
	size_t length; /* of what waits in @part */
	char part[PART_BYTES];
};

struct row_book *row_book_create(FILE *out, enum language language)
{
	struct row_book *book = calloc(1, sizeof *book);
	if (!book)
		return NULL;
	book->language = language;
	book->archive = archive_create(out);
	if (book->archive)
		return book;
	free(book);
	return NULL;
}

void row_book_destroy(struct row_book *book)
{
	if (book)
		archive_destroy(book->archive);
	free(book);
}

static void pour(struct row_book *book)
{
	if (book->trouble == 0 && book->length > 0)
		book->trouble = archive_add(book->archive, book->part, book->length);
	book->length = 0;
}

static void put_bytes(struct row_book *book, const char *bytes, size_t length)
{
	while (length > 0) {
		if (book->length == PART_BYTES)
			pour(book);
		const size_t room = PART_BYTES - book->length;
		const size_t some = length < room ? length : room;
		memcpy(book->part + book->length, bytes, some);
		book->length += some;
		bytes += some;
		length -= some;
	}
}

static void put(struct row_book *book, const char *text)
{
	put_bytes(book, text, strlen(text));
}

static void put_number(struct row_book *book, int64_t number)
{
	char digits[DIGITS_TEXT_SIZE];
	digits_text(digits, number, 1);
	put(book, digits);
}

/* "_x0041_" in a cell would be read as a letter. */
static bool looks_escaped(const char *text)
{
	return text[1] == 'x' && strspn(text + 2, "0123456789ABCDEFabcdef") >= 4 && text[6] == '_';
}

static void put_escaped(struct row_book *book, const char *text)
{
	char code[8];
	for (const char *from = text;; text++) {
		const unsigned char letter = (unsigned char)*text;
		const bool strange = letter < 0x20 && letter != '\t' && letter != '\n';
		if (!strange && !strchr("&<>_", letter))
			continue;
		put_bytes(book, from, (size_t)(text - from));
		from = text + 1;
		if (letter == '\0')
			return;
		if (strange) {
			snprintf(code, sizeof code, "_x%04X_", letter);
			put(book, code);
		} else if (letter == '_') {
			put(book, looks_escaped(text) ? "_x005F_" : "_");
		} else {
			put(book, letter == '&' ? "&amp;" : letter == '<' ? "&lt;" : "&gt;");
		}
	}
}

static void put_reference(struct row_book *book, size_t column)
{
	const char letters[] = { (char)('A' + column), '\0' }; /* LIST_COLUMNS_MAX is below 26 */
	put(book, "<c r=\"");
	put(book, letters);
	put_number(book, book->row);
}

static void put_text(struct row_book *book, size_t column, const char *text, enum style style)
{
	static const char *const styles[] = { "\"", "\" s=\"1\"", "\" s=\"2\"", "\" s=\"3\"" };
	const size_t length = strlen(text);
	if (length == 0)
		return;
	put_reference(book, column);
	put(book, styles[style]);
	const bool spaced = strchr(" \t\n", text[0]) || strchr(" \t\n", text[length - 1]);
	put(book, spaced ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">"
			 : " t=\"inlineStr\"><is><t>");
	put_escaped(book, text);
	put(book, "</t></is></c>");
}

/* A time to the millisecond has eleven digits behind the point. */
static void put_value(struct row_book *book, size_t column, const struct sheet_cell *cell)
{
	char digits[32];
	put_reference(book, column);
	put(book, cell->kind == SHEET_TIME ? "\" s=\"2\"><v>" : "\"><v>");
	snprintf(digits, sizeof digits, cell->kind == SHEET_TIME ? "%.11f" : "%.0f", cell->number);
	put(book, digits);
	put(book, "</v></c>");
}

static void begin_row(struct row_book *book)
{
	put(book, "<row r=\"");
	put_number(book, book->row);
	put(book, "\">");
}

static int end_row(struct row_book *book)
{
	put(book, "</row>");
	book->row++;
	return book->trouble;
}

static void begin_part(struct row_book *book, const char *name)
{
	pour(book);
	if (book->trouble == 0)
		book->trouble = archive_begin(book->archive, name, 0);
	put(book, HEAD);
}

static void end_sheet(struct row_book *book)
{
	if (book->sheets > 0)
		put(book, "</sheetData></worksheet>");
}

static int begin_sheet(struct row_book *book, const char *name, const char *const *columns,
	size_t count, const char *width)
{
	char path[48];
	if (book->sheets == SHEETS_MAX)
		return -EFBIG;
	end_sheet(book);
	utf8_clip(book->names[book->sheets], NAME_SIZE, name);
	snprintf(path, sizeof path, "xl/worksheets/sheet%d.xml", ++book->sheets);
	begin_part(book, path);
	put(book, "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView workbookViewId=\"0\">"
		  "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
		  "state=\"frozen\"/></sheetView></sheetViews><cols><col min=\"1\" max=\"");
	put_number(book, (int64_t)count);
	put(book, "\" width=\"");
	put(book, width);
	put(book, "\" customWidth=\"1\"/></cols><sheetData>");
	book->row = 1;
	begin_row(book);
	for (size_t c = 0; c < count; c++)
		put_text(book, c, columns[c], STYLE_HEAD);
	return end_row(book);
}

static int begin_attendance(struct row_book *book)
{
	char name[NAME_SIZE];
	const char *first = attendance_sheet_name(book->language);
	if (book->attendance_sheets++ == 0)
		snprintf(name, sizeof name, "%s", first);
	else
		snprintf(name, sizeof name, "%s %d", first, book->attendance_sheets);
	return begin_sheet(book, name, attendance_sheet_columns(book->language),
		ATTENDANCE_COLUMN_COUNT, "18");
}

int row_book_attendance(struct row_book *book, const struct attendance_line *line)
{
	struct sheet_cell cells[ATTENDANCE_COLUMN_COUNT];
	if (!book->attendance_sheets || book->row > ROWS_MAX) {
		const int r = begin_attendance(book);
		if (r < 0)
			return r;
	}
	attendance_sheet_row(cells, line, book->language);
	begin_row(book);
	for (size_t c = 0; c < ATTENDANCE_COLUMN_COUNT; c++)
		if (cells[c].kind == SHEET_TEXT)
			put_text(book, c, cells[c].text, STYLE_PLAIN);
		else
			put_value(book, c, &cells[c]);
	return end_row(book);
}

int row_book_list(
	struct row_book *book, const char *title, const char *const *columns, size_t count)
{
	return begin_sheet(book, title, columns, count, "22");
}

int row_book_list_row(struct row_book *book, const char *const *cells, size_t count)
{
	if (book->row > ROWS_MAX)
		return -EFBIG;
	begin_row(book);
	for (size_t c = 0; c < count; c++)
		put_text(book, c, cells[c], STYLE_PLAIN);
	return end_row(book);
}

/* A log without taps has its headers. */
static int have_a_sheet(struct row_book *book)
{
	return book->sheets ? 0 : begin_attendance(book);
}

int row_book_notes(struct row_book *book, const char *title, const char *const *lines, size_t count)
{
	int r = have_a_sheet(book);
	if (r == 0)
		r = begin_sheet(book, title, &title, 1, "100");
	for (size_t i = 0; i < count && r == 0; i++) {
		begin_row(book);
		put_text(book, 0, lines[i], STYLE_WRAP);
		r = end_row(book);
	}
	return r;
}

static void put_styles(struct row_book *book)
{
	begin_part(book, "xl/styles.xml");
	put(book, "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" "
		  "formatCode=\"");
	put(book, book->language == LANGUAGE_NL ? "dd-mm-yyyy hh:mm:ss" : "yyyy-mm-dd hh:mm:ss");
	put(book, "\"/></numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/>"
		  "</font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
		  "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill>"
		  "<patternFill patternType=\"gray125\"/></fill></fills><borders count=\"2\">"
		  "<border><left/><right/><top/><bottom/><diagonal/></border><border><left/>"
		  "<right/><top/><bottom style=\"thin\"/><diagonal/></border></borders>"
		  "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
		  "borderId=\"0\"/></cellStyleXfs><cellXfs count=\"4\">"
		  "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
		  "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"1\" xfId=\"0\" "
		  "applyFont=\"1\" applyBorder=\"1\"/>"
		  "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
		  "applyNumberFormat=\"1\"/>"
		  "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
		  "applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
		  "</cellXfs></styleSheet>");
}

/* One line for each sheet: @before, its number, @after, and its name where @named. */
static void put_sheets(struct row_book *book, const char *before, const char *after, bool named)
{
	for (int i = 0; i < book->sheets; i++) {
		put(book, before);
		if (named) {
			put_escaped(book, book->names[i]);
			put(book, "\" sheetId=\"");
			put_number(book, i + 1);
			put(book, "\" r:id=\"rId");
		}
		put_number(book, i + 1);
		put(book, after);
	}
}

static void put_workbook(struct row_book *book)
{
	begin_part(book, "xl/workbook.xml");
	put(book, "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><bookViews><workbookView/>"
		  "</bookViews><sheets>");
	put_sheets(book, "<sheet name=\"", "\"/>", true);
	put(book, "</sheets></workbook>");
}

static void put_relations(struct row_book *book)
{
	begin_part(book, "_rels/.rels");
	put(book, "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" "
		  "Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/>"
		  "</Relationships>");
	begin_part(book, "xl/_rels/workbook.xml.rels");
	put(book, "<Relationships xmlns=\"" PACKAGE "relationships\">"
		  "<Relationship Id=\"styles\" Type=\"" OFFICE "/styles\" "
		  "Target=\"styles.xml\"/>");
	for (int i = 1; i <= book->sheets; i++) {
		put(book, "<Relationship Id=\"rId");
		put_number(book, i);
		put(book, "\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet");
		put_number(book, i);
		put(book, ".xml\"/>");
	}
	put(book, "</Relationships>");
}

static void put_types(struct row_book *book)
{
	begin_part(book, "[Content_Types].xml");
	put(book, "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" "
		  "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
		  "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
		  "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPES
		  "sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPES
		  "styles+xml\"/>");
	put_sheets(book, "<Override PartName=\"/xl/worksheets/sheet",
		".xml\" ContentType=\"" TYPES "worksheet+xml\"/>", false);
	put(book, "</Types>");
}

int row_book_end(struct row_book *book)
{
	const int r = have_a_sheet(book);
	if (r < 0)
		return r;
	end_sheet(book);
	put_styles(book);
	put_workbook(book);
	put_relations(book);
	put_types(book);
	pour(book);
	return book->trouble < 0 ? book->trouble : archive_end(book->archive);
}
