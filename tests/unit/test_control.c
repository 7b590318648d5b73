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

#include "base/control.h"

int test_control(void);

static void only_known_requests_are_taken(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		bool good;
		enum control_verb verb;
		const char *argument;
	} rows[] = {
		{ "status", true, CONTROL_STATUS, "" },
		{ "screenshot /tmp/a b.png", true, CONTROL_SCREENSHOT, "/tmp/a b.png" },
		{ "link ada@voorbeeld.example", true, CONTROL_LINK, "ada@voorbeeld.example" },
		{ "stop", true, CONTROL_STOP, "" },
		{ "unlink", true, CONTROL_UNLINK, "" },
		{ "enter {\"at\": 1}", true, CONTROL_ENTER, "{\"at\": 1}" },
		{ "", false, 0, "" },
		{ "stat", false, 0, "" },
		{ "statuses", false, 0, "" },
		{ "status now", false, 0, "" },
		{ "picture /tmp/b.png", true, CONTROL_PICTURE, "/tmp/b.png" },
		{ "picture", false, 0, "" },
		{ "screenshot", false, 0, "" },
		{ "screenshot ", false, 0, "" },
		{ "link \xff", false, 0, "" },
		{ "selftest", true, CONTROL_SELFTEST, "" },
		{ "reboot", false, 0, "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct control_request request;
		const bool good = control_parse(&request, rows[i].line, strlen(rows[i].line));
		if (good != rows[i].good)
			fail_msg("\"%s\" was %s", rows[i].line, good ? "taken" : "refused");
		if (good) {
			assert_int_equal(request.verb, rows[i].verb);
			assert_string_equal(request.argument, rows[i].argument);
		}
	}
}

static void a_line_that_is_too_long_is_refused(void **state)
{
	(void)state;
	char line[CONTROL_LINE_SIZE + 1];
	memset(line, 'a', sizeof line);
	memcpy(line, "link ", 5);
	struct control_request request;
	assert_false(control_parse(&request, line, CONTROL_LINE_SIZE));
	assert_true(control_parse(&request, line, CONTROL_LINE_SIZE - 1));
}

static void one_kiosk_listens_and_a_dead_ones_socket_is_replaced(void **state)
{
	(void)state;
	char directory[] = "/tmp/incheckpaal-unit.XXXXXX";
	assert_non_null(mkdtemp(directory));
	char answer[16];
	assert_int_equal(control_ask(directory, "status", 100, answer, sizeof answer), -ENOENT);
	const int first = control_listen(directory);
	assert_true(first >= 0);
	assert_int_equal(control_listen(directory), -EADDRINUSE);
	assert_int_equal(control_ask(directory, "status", 50, answer, sizeof answer), -ETIMEDOUT);
	close(first);
	assert_int_equal(
		control_ask(directory, "status", 50, answer, sizeof answer), -ECONNREFUSED);
	const int second = control_listen(directory);
	assert_true(second >= 0);
	close(second);

	char path[64];
	snprintf(path, sizeof path, "%s/" CONTROL_SOCKET, directory);
	unlink(path);
	rmdir(directory);
}

int test_control(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_known_requests_are_taken),
		cmocka_unit_test(a_line_that_is_too_long_is_refused),
		cmocka_unit_test(one_kiosk_listens_and_a_dead_ones_socket_is_replaced),
	};
	return cmocka_run_group_tests_name("control", tests, NULL, NULL);
}
