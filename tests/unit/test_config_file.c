#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <errno.h>

#include "base/config_file.h"
#include "base/file.h"
#include "tests/unit/check.h"

int test_config_file(void);

static void a_good_file_is_read_over_the_defaults(void **state)
{
	(void)state;
	static const char text[] =
		"# the entrance\n[kiosk]\nname = Ingang ; by the door\ntap_out = yes\n"
		"\n[reader:links]\nconnection = pn532_uart:/dev/ttyUSB0:115200\n";
	struct said fault;
	struct config config;
	assert_int_equal(config_text_read(&config, text, "a.conf", &fault), 0);
	assert_string_equal(config.kiosk.name, "Ingang");
	assert_true(config.kiosk.tap_out);
	assert_int_equal(config.kiosk.mode, MODE_ENTRANCE);
	assert_string_equal(config.readers[0].name, "links");
}

static void trouble_names_file_line_and_what_is_allowed(void **state)
{
	(void)state;
	char long_line[512];
	memset(long_line, 'x', sizeof long_line - 1);
	long_line[sizeof long_line - 1] = '\0';
	char long_text[600];
	snprintf(long_text, sizeof long_text, "[kiosk]\nname = %s\n", long_line);
	const struct {
		const char *text, *starts, *holds, *nl;
	} rows[] = {
		{ "[kiosk]\n\nmode = exit\n", "a.conf:3: ", "entrance, room or choose",
			"entrance, room of choose" },
		{ "[kiosk]\nmodus = entrance\n", "a.conf:2: ", "modus", "modus" },
		{ "[kisok]\nname = x\n", "a.conf:2: ", "kisok", "kisok" },
		{ "[kiosk]\nname = x\nthis is prose\n", "a.conf:3: ", "neither", "dit is geen" },
		{ "[kiosk\nname = x\n", "a.conf:1: ", "neither", "dit is geen" },
		{ "[web]\nport = 70000\n", "a.conf:2: ", "65535", "1 tot 65535" },
		{ long_text, "a.conf:2: ", "too long", "te lang" },
		{ "[kiosk]\nmode = room\n", "a.conf: ", "needs the name", "hoort de naam" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct said fault = { 0 };
		struct config config;
		assert_int_equal(
			config_text_read(&config, rows[i].text, "a.conf", &fault), -EINVAL);
		for (int language = 0; language < LANGUAGE_COUNT; language++) {
			const char *words = fault.words[language];
			if (strncmp(words, rows[i].starts, strlen(rows[i].starts)) != 0 ||
				!strstr(words,
					language == LANGUAGE_NL ? rows[i].nl : rows[i].holds))
				fail_msg("row %zu says \"%s\"", i, words);
		}
	}
}

static void an_absent_file_is_fine_unless_it_was_asked_for(void **state)
{
	(void)state;
	struct said fault;
	struct config config;
	assert_int_equal(config_file_read(&config, "/nowhere/x.conf", false, &fault), 0);
	assert_int_equal(config_file_read(&config, "/nowhere/x.conf", true, &fault), -ENOENT);
	assert_non_null(strstr(fault.words[LANGUAGE_EN], "/nowhere/x.conf"));
	assert_string_equal(fault.words[LANGUAGE_NL], "/nowhere/x.conf: bestaat niet");
}

static void an_option_is_written_where_it_belongs(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *before, *after;
		bool says;
	} rows[] = {
		{ "no file yet", NULL, "[privacy]\nkeep_names_days = 9\n", false },
		{ "another section, its last line not ended", "[kiosk]\nname = a",
			"[kiosk]\nname = a\n[privacy]\nkeep_names_days = 9\n", false },
		{ "its section, before what is there",
			"# ours\n [privacy]\ncontact = x\n[web]\nport = 1\n",
			"# ours\n [privacy]\nkeep_names_days = 9\ncontact = x\n[web]\nport = 1\n",
			false },
		{ "the line that says it",
			"[privacy]\n#keep_names_days = 1\n keep_names_days=3\n#\n",
			"[privacy]\n#keep_names_days = 1\nkeep_names_days = 9\n#\n", true },
		{ "the last that counts",
			"[privacy]\nkeep_names_days = 1\n[privacy]\nkeep_names_days = 2\n",
			"[privacy]\nkeep_names_days = 1\n[privacy]\nkeep_names_days = 9\n", true },
		{ "not the same word elsewhere", "[web]\nkeep_names_days = 3\n",
			"[web]\nkeep_names_days = 3\n[privacy]\nkeep_names_days = 9\n", false },
		{ "not a longer name", "[privacy]\nkeep_names_days_x = 3\n",
			"[privacy]\nkeep_names_days = 9\nkeep_names_days_x = 3\n", false },
	};
	char path[] = "/tmp/incheckpaal-unit.XXXXXX";
	const int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct bytes bytes;
		unlink(path);
		if (rows[i].before)
			assert_int_equal(file_write_whole(path, rows[i].before,
						 strlen(rows[i].before), 0600),
				0);
		assert_int_equal(
			config_file_says(path, "privacy", "keep_names_days"), rows[i].says);
		assert_int_equal(config_file_put(path, "privacy", "keep_names_days", "9"), 0);
		assert_true(config_file_says(path, "privacy", "keep_names_days"));
		assert_int_equal(file_read_all(&bytes, path, 4096), 0);
		CHECK_ROW(rows[i].sentence, strcmp((const char *)bytes.data, rows[i].after) == 0);
		bytes_free(&bytes);
	}
	unlink(path);
	assert_true(config_file_put("/nowhere/x.conf", "privacy", "keep_names_days", "9") < 0);
}

int test_config_file(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_file_is_read_over_the_defaults),
		cmocka_unit_test(trouble_names_file_line_and_what_is_allowed),
		cmocka_unit_test(an_absent_file_is_fine_unless_it_was_asked_for),
		cmocka_unit_test(an_option_is_written_where_it_belongs),
	};
	return cmocka_run_group_tests_name("config_file", tests, NULL, NULL);
}
