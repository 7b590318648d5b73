#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/seal.h"
#include "cli/verify_private.h"
#include "exchange/attendance_out.h"
#include "store/tap_log.h"

int test_tamper_file(void);

/* An exported log and a hand on the file; what verify says comes into a file without a name. */
struct export_file {
	enum attendance_format format;
	struct store *store;
	struct evidence evidence;
	char *text, *harmed;
	size_t length, harmed_length;
	size_t *rows; /* where each begins; one more than there are */
	int64_t row_count;
	int64_t from, to; /* the rows that are looked at: those around the harm, or all */
	uint64_t seed;
	int said_fd, stderr_fd;
};

static bool is_long(void)
{
	return getenv("PROVE") != NULL;
}

static void append_all(struct export_file *file, int64_t taps)
{
	assert_int_equal(store_begin(file->store), 0);
	for (int64_t i = 0; i < taps; i++) {
		struct tap_stamp stamp;
		struct tap_record record = { .at = { .mono_ms = i * 1000,
						     .wall_ms = 1795521600000 + i * 777,
						     .grade = CLOCK_NTP },
			.verdict = i % 5 ? VERDICT_CHECKED_IN : VERDICT_UNKNOWN,
			.direction = DIRECTION_IN,
			.counts = true,
			.kiosk = "Ingang \"zuid\", 1" };
		snprintf(record.note, sizeof record.note, "%s", i % 3 ? "" : "closed:early");
		assert_int_equal(tap_log_append(file->store, &record, &stamp), 0);
	}
	assert_int_equal(store_commit(file->store), 0);
}

static int on_line(void *context, const struct attendance_line *line)
{
	return attendance_out_line(context, line);
}

static void write_export(struct export_file *file)
{
	const struct attendance_filter all = { .event = NULL };
	FILE *out = open_memstream(&file->text, &file->length);
	struct attendance_out *writer = attendance_out_create(out, file->format);
	assert_int_equal(tap_log_evidence(file->store, &file->evidence), 0);
	assert_int_equal(tap_log_each(file->store, &all, on_line, writer), 0);
	assert_int_equal(attendance_out_end(writer), 0);
	attendance_out_destroy(writer);
	fclose(out);
	file->harmed = malloc(file->length);
	file->rows = malloc((file->length + 1) * sizeof *file->rows);
	for (size_t at = 0; at < file->length; at++)
		if (at == 0 || file->text[at - 1] == '\n')
			file->rows[file->row_count++] = at;
	file->rows[file->row_count] = file->length;
}

static void set_up(struct export_file *file, enum attendance_format format)
{
	*file = (struct export_file){ .format = format, .seed = seed_of(0xf11e) };
	assert_int_equal(seal_start(), 0);
	assert_int_equal(store_open(&file->store, ":memory:", STORE_WRITE), 0);
	append_all(file, is_long() ? 100000 : 400);
	write_export(file);
	file->said_fd = memfd_create("said", MFD_CLOEXEC);
	file->stderr_fd = dup(STDERR_FILENO);
	assert_true(file->said_fd >= 0 && file->stderr_fd >= 0);
}

static void tear_down(struct export_file *file)
{
	store_close(file->store);
	free(file->text);
	free(file->harmed);
	free(file->rows);
	close(file->said_fd);
	close(file->stderr_fd);
}

static size_t any(struct export_file *file, size_t limit)
{
	return chance(&file->seed) % limit;
}

static int64_t row_at(const struct export_file *file, size_t at)
{
	int64_t row = 0, after = file->row_count;
	while (after - row > 1) {
		const int64_t middle = (row + after) / 2;
		if (file->rows[middle] <= at)
			row = middle;
		else
			after = middle;
	}
	return row;
}

/* Rows far from the harm are the same in both files; every 50th time they are compared all the
 * same. */
static void look_around(struct export_file *file, int64_t first, int64_t last)
{
	const int64_t around = any(file, 50) ? 500 : file->row_count;
	file->from = first > around ? first - around : 0;
	file->to = last + around < file->row_count ? last + around : file->row_count;
	file->harmed_length = 0;
}

/* What of these bytes of the file is looked at. */
static void put(struct export_file *file, size_t from, size_t to)
{
	const size_t begin = file->rows[file->from], end = file->rows[file->to];
	from = from < begin ? begin : from;
	to = to > end ? end : to;
	if (from >= to)
		return;
	memcpy(file->harmed + file->harmed_length, file->text + from, to - from);
	file->harmed_length += to - from;
}

/* Each does harm and returns the row, from 0, that is the first not to fit. */
static int64_t flip_a_bit(struct export_file *file)
{
	const size_t at = any(file, file->length - 1); /* the last line's end is no row's */
	const int64_t row = row_at(file, at);
	look_around(file, row, row);
	put(file, 0, file->length);
	char *harmed = file->harmed + at - file->rows[file->from];
	*harmed = (char)(*harmed ^ (1 << any(file, 8)));
	return row;
}

/* A row that holds a tap: not what opens or closes the file. */
static int64_t any_tap(struct export_file *file)
{
	const bool closed = file->format == ATTENDANCE_JSON;
	return 1 + (int64_t)any(file, (size_t)file->row_count - (closed ? 2 : 1));
}

static int64_t remove_a_row(struct export_file *file)
{
	const int64_t row = any_tap(file);
	look_around(file, row, row);
	put(file, 0, file->rows[row]);
	put(file, file->rows[row + 1], file->length);
	return row;
}

static int64_t swap_two_rows(struct export_file *file)
{
	int64_t a = any_tap(file), b = any_tap(file);
	while (a == b)
		b = any_tap(file);
	const int64_t first = a < b ? a : b, second = a < b ? b : a;
	const size_t *rows = file->rows;
	look_around(file, first, second);
	put(file, 0, rows[first]);
	put(file, rows[second], rows[second + 1]);
	put(file, rows[first + 1], rows[second]);
	put(file, rows[first], rows[first + 1]);
	put(file, rows[second + 1], file->length);
	return first;
}

static int64_t cut_the_tail(struct export_file *file)
{
	const size_t at = any(file, file->length - 1);
	const int64_t row = row_at(file, at);
	const char *ending = file->format == ATTENDANCE_JSON ? ",\n" : "\n";
	const bool whole = strspn(file->text + at, ending) == file->rows[row + 1] - at;
	look_around(file, row, row);
	put(file, 0, at);
	return whole ? row + 1 : row;
}

/* The row that verify names, from 0; -1 for none. */
static int64_t named_row(struct export_file *file)
{
	const size_t begin = file->rows[file->from];
	struct check check = { .format = file->format,
		.has_evidence = true,
		.evidence = file->evidence,
		.line = file->from,
		.file.in = fmemopen(file->harmed, file->harmed_length, "r"),
		.log.in = fmemopen(file->text + begin, file->rows[file->to] - begin, "r") };
	char said[512] = "";
	long long row = 0;
	assert_int_equal(ftruncate(file->said_fd, 0), 0);
	assert_int_equal(lseek(file->said_fd, 0, SEEK_SET), 0);
	dup2(file->said_fd, STDERR_FILENO);
	if (check.file.in)
		verify_compare(&check);
	fflush(stderr);
	dup2(file->stderr_fd, STDERR_FILENO);
	assert_true(pread(file->said_fd, said, sizeof said - 1, 0) >= 0);
	if (check.file.in)
		fclose(check.file.in);
	fclose(check.log.in);
	free(check.file.row);
	free(check.log.row);
	sscanf(said, "row %lld", &row);
	sscanf(said, "regel %lld", &row);
	return check.faults ? row - 1 : -1;
}

static void harm_all(enum attendance_format format)
{
	static int64_t (*const harms[])(struct export_file *) = { flip_a_bit, flip_a_bit,
		flip_a_bit, remove_a_row, swap_two_rows, cut_the_tail };
	struct export_file file;
	set_up(&file, format);
	file.to = file.row_count;
	put(&file, 0, file.length);
	assert_int_equal(named_row(&file), -1);
	for (int i = 0, count = cases(10000, 300); i < count; i++) {
		const size_t harm = any(&file, COUNT_OF(harms));
		const int64_t row = harms[harm](&file), named = named_row(&file);
		if (named != row)
			fail_msg("case %d, harm %zu in row %lld: row %lld is named", i, harm,
				(long long)row, (long long)named);
	}
	tear_down(&file);
}

static void every_harm_to_a_csv_is_found_and_named(void **state)
{
	(void)state;
	harm_all(ATTENDANCE_CSV);
}

static void every_harm_to_a_json_is_found_and_named(void **state)
{
	(void)state;
	harm_all(ATTENDANCE_JSON);
}

int test_tamper_file(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_harm_to_a_csv_is_found_and_named),
		cmocka_unit_test(every_harm_to_a_json_is_found_and_named),
	};
	return cmocka_run_group_tests_name("tamper_file", tests, NULL, NULL);
}
