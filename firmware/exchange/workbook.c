#include "exchange/workbook.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "exchange/attendance_sheet.h"
#include "exchange/participation_book.h"

#define EPOCH_DAYS 25569 /* 1970-01-01 in a spreadsheet's count of days */
#define COPY_BYTES 65536
#define ROWS_MAX LXW_ROW_MAX

#define LINE_HEIGHT 16   /* points */
#define SUMMARY_WIDTH 90 /* characters */

struct workbook {
	enum language language;
	char path[256];
	lxw_workbook *book;
	lxw_worksheet *sheet; /* the one that is filled */
	lxw_row_t row;
	lxw_format *head, *day, *month, *time, *wrap;
	int floor, attendance_sheets;
};

static int trouble_of(lxw_error error)
{
	if (error == LXW_NO_ERROR)
		return 0;
	return error == LXW_ERROR_MEMORY_MALLOC_FAILED ? -ENOMEM : -EIO;
}

static const char *scratch_directory(void)
{
	const char *given = getenv("TMPDIR");
	return given && given[0] ? given : "/var/tmp";
}

static lxw_format *format_of(struct workbook *workbook, const char *number)
{
	lxw_format *format = workbook_add_format(workbook->book);
	if (format)
		format_set_num_format(format, number);
	return format;
}

static int add_formats(struct workbook *workbook)
{
	const bool nl = workbook->language == LANGUAGE_NL;
	workbook->head = workbook_add_format(workbook->book);
	workbook->wrap = workbook_add_format(workbook->book);
	workbook->day = format_of(workbook, nl ? "dd-mm-yyyy" : "yyyy-mm-dd");
	workbook->month = format_of(workbook, nl ? "mm-yyyy" : "yyyy-mm");
	workbook->time = format_of(workbook, nl ? "dd-mm-yyyy hh:mm:ss" : "yyyy-mm-dd hh:mm:ss");
	if (!workbook->head || !workbook->wrap || !workbook->day || !workbook->month ||
		!workbook->time)
		return -ENOMEM;
	format_set_bold(workbook->head);
	format_set_bottom(workbook->head, LXW_BORDER_THIN);
	format_set_text_wrap(workbook->head);
	format_set_text_wrap(workbook->wrap);
	format_set_align(workbook->wrap, LXW_ALIGN_VERTICAL_TOP);
	format_set_align(workbook->wrap, LXW_ALIGN_LEFT);
	return 0;
}

static int make_scratch(struct workbook *workbook)
{
	const int length = snprintf(workbook->path, sizeof workbook->path, "%s/incheckpaal-XXXXXX",
		scratch_directory());
	if (length < 0 || (size_t)length >= sizeof workbook->path)
		return -ENAMETOOLONG;
	const int fd = mkstemp(workbook->path);
	if (fd < 0) {
		workbook->path[0] = '\0';
		return -errno;
	}
	close(fd);
	return 0;
}

int workbook_create(struct workbook **ret, enum language language)
{
	struct workbook *workbook = calloc(1, sizeof *workbook);
	if (!workbook)
		return -ENOMEM;
	workbook->language = language;
	int r = make_scratch(workbook);
	if (r == 0) {
		lxw_workbook_options options = { .constant_memory = LXW_TRUE,
			.tmpdir = (char *)scratch_directory() };
		workbook->book = workbook_new_opt(workbook->path, &options);
		r = workbook->book ? add_formats(workbook) : -ENOMEM;
	}
	if (r < 0) {
		workbook_destroy(workbook);
		return r;
	}
	*ret = workbook;
	return 0;
}

void workbook_destroy(struct workbook *workbook)
{
	if (!workbook)
		return;
	if (workbook->book)
		lxw_workbook_free(workbook->book);
	if (workbook->path[0])
		unlink(workbook->path);
	free(workbook);
}

/* One page wide on paper, its headers on every page. */
static void set_up_paper(lxw_worksheet *sheet)
{
	enum { A4 = 9 };
	worksheet_set_paper(sheet, A4);
	worksheet_set_landscape(sheet);
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_repeat_rows(sheet, 0, 0);
}

static int begin_sheet(struct workbook *workbook, const char *name, const char *const *columns,
	size_t count, double head_height)
{
	workbook->sheet = workbook_add_worksheet(workbook->book, name);
	workbook->row = 1;
	if (!workbook->sheet)
		return -ENOMEM;
	worksheet_freeze_panes(workbook->sheet, 1, 0);
	worksheet_set_row(workbook->sheet, 0, head_height, NULL);
	set_up_paper(workbook->sheet);
	for (size_t c = 0; c < count; c++) {
		const lxw_error error = worksheet_write_string(
			workbook->sheet, 0, (lxw_col_t)c, columns[c], workbook->head);
		if (error != LXW_NO_ERROR)
			return trouble_of(error);
	}
	return 0;
}

static int on_page(void *context, const struct book_head *head)
{
	struct workbook *workbook = context;
	const bool wide = head->page == PAGE_SUMMARY;
	const int r = begin_sheet(workbook, head->title, head->columns, head->column_count,
		wide ? LINE_HEIGHT : 3 * LINE_HEIGHT);
	if (r < 0)
		return r;
	if (wide) {
		worksheet_set_column(workbook->sheet, 0, 0, 48, workbook->wrap);
		worksheet_set_column(workbook->sheet, 1, 1, SUMMARY_WIDTH, workbook->wrap);
	} else {
		worksheet_set_column(workbook->sheet, 0, 1, 34, NULL);
		worksheet_set_column(
			workbook->sheet, 2, (lxw_col_t)(head->column_count - 1), 16, NULL);
	}
	return 0;
}

static lxw_error write_cell(struct workbook *workbook, lxw_col_t column, const struct cell *cell)
{
	lxw_worksheet *sheet = workbook->sheet;
	char text[CELL_TEXT_SIZE];
	if (cell->kind == CELL_TEXT)
		return cell->text[0] ? worksheet_write_string(
					       sheet, workbook->row, column, cell->text, NULL)
				     : LXW_NO_ERROR;
	if (cell->kind == CELL_DAY || cell->kind == CELL_MONTH)
		return worksheet_write_number(sheet, workbook->row, column,
			(double)(cell->number + EPOCH_DAYS),
			cell->kind == CELL_DAY ? workbook->day : workbook->month);
	if (cell->number == FIGURE_WITHHELD)
		return worksheet_write_string(sheet, workbook->row, column,
			cell_text(text, cell, workbook->floor, workbook->language, false), NULL);
	return worksheet_write_number(sheet, workbook->row, column, (double)cell->number, NULL);
}

static int on_row(void *context, const struct cell *cells, size_t count)
{
	struct workbook *workbook = context;
	lxw_error error = LXW_NO_ERROR;
	for (size_t c = 0; c < count && error == LXW_NO_ERROR; c++)
		if (cells[c].kind == CELL_TEXT && strlen(cells[c].text) > SUMMARY_WIDTH)
			error = worksheet_set_row(
				workbook->sheet, workbook->row, 2 * LINE_HEIGHT, NULL);
	for (size_t c = 0; c < count && error == LXW_NO_ERROR; c++)
		error = write_cell(workbook, (lxw_col_t)c, &cells[c]);
	workbook->row++;
	return trouble_of(error);
}

/* Columns side by side: how many organisations there are, and how many there should be. */
static int add_chart(struct workbook *workbook, size_t clusters)
{
	static const char *const titles[] = { "Organisaties per cluster tegen het doel",
		"Organisations per cluster against the target" };
	lxw_worksheet *sheet = workbook_get_worksheet_by_name(workbook->book, "Clusters");
	lxw_chart *chart = workbook_add_chart(workbook->book, LXW_CHART_COLUMN);
	if (!sheet || !chart)
		return -ENOMEM;
	for (lxw_col_t column = 1; column <= 2; column++) {
		lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
		if (!series)
			return -ENOMEM;
		const lxw_row_t last = (lxw_row_t)clusters;
		chart_series_set_categories(series, "Clusters", 1, 0, last, 0);
		chart_series_set_values(series, "Clusters", 1, column, last, column);
		chart_series_set_name_range(series, "Clusters", 0, column);
	}
	chart_title_set_name(chart, titles[workbook->language == LANGUAGE_EN]);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	lxw_chart_options options = { .x_scale = 1.6, .y_scale = 1.3 };
	return trouble_of(
		worksheet_insert_chart_opt(sheet, (lxw_row_t)clusters + 2, 0, chart, &options));
}

int workbook_participation(struct workbook *workbook, const struct participation *participation)
{
	workbook->floor = participation->floor;
	const struct book_sink sink = { workbook, on_page, on_row };
	const int r = participation_book(participation, workbook->language, &sink);
	return r == 0 && participation->cluster_count
		       ? add_chart(workbook, participation->cluster_count)
		       : r;
}

static int begin_attendance(struct workbook *workbook)
{
	char name[LXW_SHEETNAME_MAX + 1];
	const char *first = attendance_sheet_name(workbook->language);
	if (workbook->attendance_sheets++ == 0)
		snprintf(name, sizeof name, "%s", first);
	else
		snprintf(name, sizeof name, "%s %d", first, workbook->attendance_sheets);
	const int r = begin_sheet(workbook, name, attendance_sheet_columns(workbook->language),
		ATTENDANCE_COLUMN_COUNT, LINE_HEIGHT);
	if (r == 0)
		worksheet_set_column(workbook->sheet, 0, ATTENDANCE_COLUMN_COUNT - 1, 18, NULL);
	return r;
}

int workbook_attendance(struct workbook *workbook, const struct attendance_line *line)
{
	struct sheet_cell cells[ATTENDANCE_COLUMN_COUNT];
	if (!workbook->attendance_sheets || workbook->row >= ROWS_MAX) {
		const int r = begin_attendance(workbook);
		if (r < 0)
			return r;
	}
	attendance_sheet_row(cells, line, workbook->language);
	const lxw_row_t row = workbook->row++;
	lxw_error error = LXW_NO_ERROR;
	for (lxw_col_t c = 0; c < ATTENDANCE_COLUMN_COUNT && error == LXW_NO_ERROR; c++)
		if (cells[c].kind != SHEET_TEXT)
			error = worksheet_write_number(workbook->sheet, row, c, cells[c].number,
				cells[c].kind == SHEET_TIME ? workbook->time : NULL);
		else if (cells[c].text[0])
			error = worksheet_write_string(
				workbook->sheet, row, c, cells[c].text, NULL);
	return trouble_of(error);
}

static int copy(const char *path, FILE *out)
{
	char *bytes = malloc(COPY_BYTES);
	FILE *in = fopen(path, "re");
	int r = !in ? -errno : bytes ? 0 : -ENOMEM;
	for (size_t length; r == 0 && (length = fread(bytes, 1, COPY_BYTES, in)) > 0;)
		if (fwrite(bytes, 1, length, out) != length)
			r = -EIO;
	if (r == 0 && ferror(in))
		r = -EIO;
	if (in)
		fclose(in);
	free(bytes);
	return r;
}

int workbook_end(struct workbook *workbook, FILE *out)
{
	const lxw_error error = workbook_close(workbook->book); /* frees it, come what may */
	workbook->book = NULL;
	const int r = trouble_of(error);
	return r == 0 ? copy(workbook->path, out) : r;
}
