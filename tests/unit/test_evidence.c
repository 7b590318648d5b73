#include <stdio.h>
#include <string.h>

#include "core/evidence.h"
#include "tests/unit/check.h"

static void fill_logs(struct evidence *evidence, size_t count)
{
	evidence->log_count = count;
	for (size_t i = 0; i < count && i < EVIDENCE_LOGS_MAX; i++) {
		struct evidence_log *log = &evidence->logs[i];
		snprintf(log->log_id, sizeof log->log_id, "%08zu-1111-7222-8333-444455556666", i);
		memset(log->head, 'a' + (int)(i % 6), sizeof log->head - 1);
		log->taps = (int64_t)i * 1000003;
	}
}

static void what_is_written_is_read_back(void **state)
{
	static const size_t counts[] = { 0, 1, 2, EVIDENCE_LOGS_MAX, EVIDENCE_LOGS_MAX + 7 };
	(void)state;
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		for (int whole = 0; whole < 2; whole++) {
			struct evidence evidence = { .whole = whole, .rows = whole ? 12 : 0 };
			struct evidence back;
			char line[4096];
			fill_logs(&evidence, counts[i]);
			if (whole) {
				evidence.from_ms = 1795523400000;
				evidence.to_ms = evidence.from_ms + 3600000;
			}
			assert_true(evidence_write(line, sizeof line, &evidence) < sizeof line);
			memset(&back, 0xa5, sizeof back);
			assert_true(evidence_parse(&back, line));
			assert_int_equal(back.whole, evidence.whole);
			assert_int_equal(back.rows, evidence.rows);
			assert_int_equal(back.from_ms, evidence.from_ms);
			assert_int_equal(back.to_ms, evidence.to_ms);
			assert_int_equal(back.log_count, counts[i]);
			assert_memory_equal(back.logs, evidence.logs, sizeof back.logs);
		}
	}
}

static void other_lines_are_refused(void **state)
{
	static const char *const lines[] = {
		"",
		"timestamp:1700000000 file:log.csv",
		"incheckpaal attendance",
		"incheckpaal attendance logs=1",
		"incheckpaal attendance logs=0 log=x taps=1 head=00",
	};
	struct evidence evidence;
	char many[4096] = "incheckpaal attendance logs=25";
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		assert_false(evidence_parse(&evidence, lines[i]));
	for (size_t i = 0; i <= EVIDENCE_LOGS_MAX; i++)
		strcat(many, " log=x");
	assert_false(evidence_parse(&evidence, many));
}

static void words_of_later_versions_are_passed_over(void **state)
{
	struct evidence evidence;
	(void)state;
	assert_true(evidence_parse(&evidence,
		"incheckpaal attendance  new=1 whole=no rows=3 from=soon to=- logs=1 log=x later=2 "
		"taps=7 head=ab "));
	assert_int_equal(evidence.rows, 3);
	assert_int_equal(evidence.from_ms, 0);
	assert_int_equal(evidence.logs[0].taps, 7);
	assert_string_equal(evidence.logs[0].head, "ab");
}

static void a_short_buffer_is_not_overrun(void **state)
{
	struct evidence evidence = { .rows = 1 };
	char line[64];
	(void)state;
	fill_logs(&evidence, 3);
	assert_true(evidence_write(line, sizeof line, &evidence) >= sizeof line);
	assert_int_equal(strlen(line), sizeof line - 1);
}

static void rows_that_came_later_are_not_counted(void **state)
{
	static const struct {
		const char *sentence, *log_id;
		size_t logs;
		int64_t seq;
		bool counted;
	} rows[] = {
		{ "the last that was there", "00000001-1111-7222-8333-444455556666", 2, 1000003,
			true },
		{ "one later", "00000001-1111-7222-8333-444455556666", 2, 1000004, false },
		{ "of a log that came later", "elsewhere", 2, 1, false },
		{ "of a log that was counted but not named", "elsewhere", EVIDENCE_LOGS_MAX + 1, 1,
			true },
		{ "of no log at all", "elsewhere", 0, 1, false },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct evidence evidence = { .rows = 0 };
		fill_logs(&evidence, rows[i].logs);
		CHECK_ROW(rows[i].sentence, evidence_count(&evidence, rows[i].log_id, rows[i].seq,
						    50) == rows[i].counted);
		CHECK_ROW(rows[i].sentence, evidence.rows == (rows[i].counted ? 1 : 0));
	}
	struct evidence evidence = { .rows = 0 };
	fill_logs(&evidence, 2);
	static const int64_t times[] = { 50, 20, 80, 60 };
	for (size_t i = 0; i < COUNT_OF(times); i++)
		assert_true(evidence_count(&evidence, evidence.logs[1].log_id, 1, times[i]));
	assert_int_equal(evidence.from_ms, 20);
	assert_int_equal(evidence.to_ms, 80);
}

int test_evidence(void);
int test_evidence(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(other_lines_are_refused),
		cmocka_unit_test(words_of_later_versions_are_passed_over),
		cmocka_unit_test(rows_that_came_later_are_not_counted),
		cmocka_unit_test(a_short_buffer_is_not_overrun),
	};
	return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
