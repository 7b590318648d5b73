#include "tests/unit/check.h"

#include <string.h>

#include "core/copy_line.h"

int test_copy_line(void);

static void columns_are_as_copy_reads_them(void **state)
{
	(void)state;
	struct copy_line line;
	const uint8_t bytes[] = { 0x00, 0x9f, 0xa0 };
	copy_line_begin(&line);
	copy_line_text(&line, "");
	copy_line_text(&line, "a\tb\nc\rd\\e é");
	copy_line_text(&line, NULL);
	copy_line_text(&line, "");
	copy_line_number(&line, -12);
	copy_line_bytes(&line, bytes, sizeof bytes);
	copy_line_bytes(&line, bytes, 0);
	copy_line_end(&line);
	const char want[] = "\ta\\tb\\nc\\rd\\\\e é\t\\N\t\t-12\t\\\\x009fa0\t\\\\x\n";
	assert_false(line.full);
	assert_int_equal(line.length, strlen(want));
	assert_memory_equal(line.text, want, strlen(want));
}

static void what_does_not_fit_is_said_and_not_cut(void **state)
{
	(void)state;
	static char text[COPY_LINE_SIZE];
	struct copy_line line;
	memset(text, 'x', sizeof text - 1);
	copy_line_begin(&line);
	copy_line_text(&line, text);
	assert_false(line.full);
	copy_line_end(&line);
	assert_false(line.full);
	copy_line_number(&line, 1);
	assert_true(line.full);
	assert_int_equal(line.length, COPY_LINE_SIZE);
	copy_line_begin(&line);
	copy_line_end(&line);
	assert_false(line.full);
	assert_int_equal(line.length, 1);
}

int test_copy_line(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_as_copy_reads_them),
		cmocka_unit_test(what_does_not_fit_is_said_and_not_cut),
	};
	return cmocka_run_group_tests_name("copy_line", tests, NULL, NULL);
}
