/* What systemd is told, and what it tells. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/service.h"
#include "check.h"

int test_notify(void);

static int listen_at(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	const size_t length = strlen(path);
	memcpy(at.sun_path, path, length);
	if (path[0] == '@')
		at.sun_path[0] = '\0';
	assert_int_equal(bind(fd, (struct sockaddr *)&at,
				 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
		0);
	return fd;
}

static void hears(int fd, const char *lines)
{
	char told[256];
	const ssize_t n = recv(fd, told, sizeof told - 1, 0);
	told[n < 0 ? 0 : n] = '\0';
	assert_string_equal(told, lines);
}

static void systemd_is_told(void **state)
{
	(void)state;
	char file[64], name[64];
	snprintf(file, sizeof file, "/tmp/incheckpaal-notify.%d", (int)getpid());
	snprintf(name, sizeof name, "@incheckpaal-notify.%d", (int)getpid());
	const char *const places[] = { file, name };
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		const int fd = listen_at(places[i]);
		setenv("NOTIFY_SOCKET", places[i], 1);
		service_ready("serves");
		hears(fd, "READY=1\nSTATUS=serves");
		service_status("busy");
		hears(fd, "STATUS=busy");
		service_feed_watchdog();
		hears(fd, "WATCHDOG=1");
		service_stopping();
		hears(fd, "STOPPING=1");
		close(fd);
	}
	unlink(file);
	static const char *const none[] = { "", "@", "no/path", "/tmp/nobody-listens-here" };
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		setenv("NOTIFY_SOCKET", none[i], 1);
		service_ready("nobody hears it");
	}
	unsetenv("NOTIFY_SOCKET");
	service_ready("nobody hears it");
}

static void the_watchdog_is_this_process_own(void **state)
{
	(void)state;
	char pid[24];
	snprintf(pid, sizeof pid, "%d", (int)getpid());
	const struct {
		const char *sentence, *period_us, *pid;
		int64_t want_ms;
	} rows[] = { { "none", NULL, NULL, 0 },
		{ "half of thirty seconds", "30000000", pid, 15000 },
		{ "for whoever reads it", "30000000", NULL, 15000 },
		{ "another process's", "30000000", "1", 0 }, { "no number", "soon", pid, 0 } };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		rows[i].period_us ? setenv("WATCHDOG_USEC", rows[i].period_us, 1)
				  : unsetenv("WATCHDOG_USEC");
		rows[i].pid ? setenv("WATCHDOG_PID", rows[i].pid, 1) : unsetenv("WATCHDOG_PID");
		CHECK_ROW(rows[i].sentence, service_watchdog_ms() == rows[i].want_ms);
	}
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
}

int test_notify(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(systemd_is_told),
		cmocka_unit_test(the_watchdog_is_this_process_own),
	};
	return cmocka_run_group_tests_name("notify", tests, NULL, NULL);
}
