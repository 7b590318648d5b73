#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>

#include "base/config_file.h"

int test_config_file(void);

static void a_good_file_is_read_over_the_defaults(void **state)
{
	(void)state;
	static const char text[] =
		"# the entrance\n[kiosk]\nname = Ingang ; by the door\ntap_out = yes\n"
		"\n[reader:links]\nconnection = pn532_uart:/dev/ttyUSB0:115200\n";
	char words[256];
	struct config config;
	assert_int_equal(config_text_read(&config, text, "a.conf", words, sizeof words), 0);
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
		const char *text, *starts, *holds;
	} rows[] = {
		{ "[kiosk]\n\nmode = exit\n", "a.conf:3: ", "entrance, room or choose" },
		{ "[kiosk]\nmodus = entrance\n", "a.conf:2: ", "modus" },
		{ "[kisok]\nname = x\n", "a.conf:2: ", "kisok" },
		{ "[kiosk]\nname = x\nthis is prose\n", "a.conf:3: ", "" },
		{ "[kiosk\nname = x\n", "a.conf:1: ", "" },
		{ "[web]\nport = 70000\n", "a.conf:2: ", "65535" },
		{ long_text, "a.conf:2: ", "too long" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char words[512] = "";
		struct config config;
		const int r =
			config_text_read(&config, rows[i].text, "a.conf", words, sizeof words);
		if (r != -EINVAL || strncmp(words, rows[i].starts, strlen(rows[i].starts)) != 0 ||
			!strstr(words, rows[i].holds))
			fail_msg("row %zu gave %d \"%s\"", i, r, words);
	}
}

static void an_absent_file_is_fine_unless_it_was_asked_for(void **state)
{
	(void)state;
	char words[256];
	struct config config;
	assert_int_equal(
		config_file_read(&config, "/nowhere/x.conf", false, words, sizeof words), 0);
	assert_int_equal(
		config_file_read(&config, "/nowhere/x.conf", true, words, sizeof words), -ENOENT);
	assert_non_null(strstr(words, "/nowhere/x.conf"));
}

int test_config_file(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_file_is_read_over_the_defaults),
		cmocka_unit_test(trouble_names_file_line_and_what_is_allowed),
		cmocka_unit_test(an_absent_file_is_fine_unless_it_was_asked_for),
	};
	return cmocka_run_group_tests_name("config_file", tests, NULL, NULL);
}
