/*
 * A workbook of the attendance log against a bare libxlsxwriter program that writes the same cells.
 * "workbook-bench bare ROWS FILE" is that program; "workbook-bench ours ROWS FILE" uses ours.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "exchange/workbook.h"

static void fill(struct attendance_line *line, int64_t row)
{
	*line = (struct attendance_line){ .log_id = "0190a6ac-4e5f-7aaa-8bbb-0123456789ab",
		.seq = row,
		.wall_ms = 1764000000000 + row * 700,
		.raw_wall_ms = 1764000000000 + row * 700,
		.utc_offset_min = 60,
		.raw_utc_offset_min = 60,
		.grade = CLOCK_NTP,
		.kiosk = "Ingang",
		.event = "Werkatelier Zwolle",
		.session = "Data delen zonder gedoe",
		.session_id = "data",
		.room = "Atelier 1",
		.session_cluster = "ict-ecommerce",
		.direction = DIRECTION_IN,
		.verdict = VERDICT_CHECKED_IN,
		.counted = true,
		.organisation = "Hanzecode",
		.organisation_kind = "company",
		.organisation_cluster = "ict-ecommerce",
		.attendee_id = "",
		.name = "",
		.note = "" };
}

static int write_ours(int64_t rows, FILE *out)
{
	struct attendance_out *writer = attendance_out_create(out, ATTENDANCE_XLSX);
	struct attendance_line line;
	int r = writer ? 0 : -1;
	for (int64_t row = 1; row <= rows && r == 0; row++) {
		fill(&line, row);
		r = attendance_out_line(writer, &line);
	}
	if (r == 0)
		r = attendance_out_end(writer);
	attendance_out_destroy(writer);
	return r;
}

static int write_bare(int64_t rows, const char *path)
{
	char scratch[] = "/var/tmp";
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = scratch };
	lxw_workbook *book = workbook_new_opt(path, &options);
	lxw_format *time = workbook_add_format(book);
	format_set_num_format(time, "dd-mm-yyyy hh:mm:ss");
	lxw_worksheet *sheet = workbook_add_worksheet(book, "Aanwezigheid");
	for (int64_t row = 1; row <= rows; row++) {
		struct attendance_line line;
		fill(&line, row);
		const char *const texts[20] = { line.log_id, NULL, NULL, "ntp", NULL, line.kiosk,
			line.event, line.session, line.session_id, line.room, line.session_cluster,
			"in", "checked-in", "ja", line.organisation, line.organisation_kind,
			line.organisation_cluster, NULL, NULL, NULL };
		const double day = (double)(line.wall_ms + 3600000) / 86400000.0 + 25569;
		worksheet_write_number(sheet, (lxw_row_t)row, 1, (double)row, NULL);
		worksheet_write_number(sheet, (lxw_row_t)row, 2, day, time);
		worksheet_write_number(sheet, (lxw_row_t)row, 4, day, time);
		for (lxw_col_t c = 0; c < 20; c++)
			if (texts[c])
				worksheet_write_string(sheet, (lxw_row_t)row, c, texts[c], NULL);
	}
	return workbook_close(book) == LXW_NO_ERROR ? 0 : -1;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: workbook-bench ours|bare ROWS FILE\n");
		return 2;
	}
	if (strcmp(argv[1], "bare") == 0)
		return write_bare(atoll(argv[2]), argv[3]) ? 1 : 0;
	FILE *out = fopen(argv[3], "we");
	const int r = out ? write_ours(atoll(argv[2]), out) : -1;
	return out && fclose(out) == 0 && r == 0 ? 0 : 1;
}
