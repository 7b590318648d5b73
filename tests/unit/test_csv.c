#include "tests/unit/check.h"

#include <stdbool.h>
#include <string.h>

#include "core/text.h"

int test_csv(void);

static void cells_are_quoted_and_defused(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *text;
		char separator;
		const char *want;
	} rows[] = {
		{ "nothing stays nothing", "", ',', "" },
		{ "plain words stay plain", "Health", ',', "Health" },
		{ "the separator asks for quotes", "a,b", ',', "\"a,b\"" },
		{ "another separator does not", "a,b", ';', "a,b" },
		{ "semicolons do where they separate", "a;b", ';', "\"a;b\"" },
		{ "quotes are doubled", "say \"hi\"", ',', "\"say \"\"hi\"\"\"" },
		{ "lines stay in their cell", "a\nb", ',', "\"a\nb\"" },
		{ "so do carriage returns", "a\rb", ',', "\"a\rb\"" },
		{ "a formula is text", "=1+1", ',', "'=1+1" },
		{ "plus is text", "+31 38 1234567", ',', "'+31 38 1234567" },
		{ "minus is text", "-1", ',', "'-1" },
		{ "at is text", "@SUM(A1)", ',', "'@SUM(A1)" },
		{ "a tab in front is text", "\t=1", ',', "'\t=1" },
		{ "a return in front is text", "\r=1", ',', "\"'\r=1\"" },
		{ "defused inside its quotes", "=1,2", ',', "\"'=1,2\"" },
		{ "signs further on are harmless", "a=b", ',', "a=b" },
		{ "an apostrophe is nothing special", "'t Hart", ',', "'t Hart" },
		{ "accents pass", "caf\xC3\xA9", ',', "caf\xC3\xA9" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char ret[64];
		const size_t length = csv_cell(ret, sizeof ret, rows[i].text, rows[i].separator);
		CHECK_ROW(rows[i].sentence, strcmp(ret, rows[i].want) == 0);
		CHECK_ROW(rows[i].sentence, length == strlen(rows[i].want));
	}
}

static void a_cell_is_whole_or_empty(void **state)
{
	(void)state;
	char ret[16] = "x";
	assert_int_equal(csv_cell(ret, 0, "=a,b", ','), 7);
	assert_string_equal(ret, "x");
	assert_int_equal(csv_cell(ret, 0, "plain", ','), 5);
	assert_string_equal(ret, "x");
	assert_int_equal(csv_cell(ret, 5, "plain", ','), 5);
	assert_string_equal(ret, "");
	for (size_t size = 1; size < sizeof ret; size++) {
		memset(ret, 'x', sizeof ret);
		assert_int_equal(csv_cell(ret, size, "=a,b", ','), 7);
		assert_string_equal(ret, size > 7 ? "\"'=a,b\"" : "");
	}
}

/* Reads one cell as RFC 4180 has it; what follows must be the separator. */
static void read_cell(char *ret, const char *cell, char separator)
{
	const bool quoted = *cell == '"';
	cell += quoted;
	for (; *cell && (quoted || *cell != separator); cell++) {
		if (quoted && *cell == '"' && *++cell != '"')
			break;
		*ret++ = *cell;
	}
	*ret = '\0';
	assert_int_equal(*cell, separator);
}

static void every_cell_is_read_back(void **state)
{
	(void)state;
	static const char signs[] = "ab,;\t\"\"\r\n=+-@' ";
	uint64_t seed = 0xCE11;
	for (int round = 0; round < 20000; round++) {
		const char separator = ",;\t"[chance(&seed) % 3];
		char text[12], cell[64], read[64];
		const size_t length = chance(&seed) % sizeof text;
		for (size_t i = 0; i < length; i++)
			text[i] = signs[chance(&seed) % (sizeof signs - 1)];
		text[length] = '\0';
		const size_t written = csv_cell(cell, sizeof cell - 1, text, separator);
		cell[written] = separator;
		cell[written + 1] = '\0';
		read_cell(read, cell, separator);
		const bool defused = length > 0 && strchr("=+-@\t\r", text[0]);
		assert_int_equal(read[0] == '\'' && text[0] != '\'', defused);
		assert_string_equal(read + defused, text);
	}
}

int test_csv(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_quoted_and_defused),
		cmocka_unit_test(a_cell_is_whole_or_empty),
		cmocka_unit_test(every_cell_is_read_back),
	};
	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
