/* The protocol is one datagram of NAME=VALUE lines (sd_notify(3)): less than a library that also
 * brings compression and cryptography into every program. */
#include "base/service.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void notify(const char *lines)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const char *path = getenv("NOTIFY_SOCKET");
	const size_t length = path ? strlen(path) : 0;
	if (length < 2 || length >= sizeof to.sun_path || !strchr("/@", path[0]))
		return;
	memcpy(to.sun_path, path, length);
	if (path[0] == '@') /* a name that is no file */
		to.sun_path[0] = '\0';
	const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	sendto(fd, lines, strlen(lines), MSG_NOSIGNAL, (struct sockaddr *)&to, size);
	close(fd);
}

void service_ready(const char *status)
{
	char lines[256];
	snprintf(lines, sizeof lines, "READY=1\nSTATUS=%s", status);
	notify(lines);
}

void service_status(const char *status)
{
	char lines[256];
	snprintf(lines, sizeof lines, "STATUS=%s", status);
	notify(lines);
}

void service_stopping(void)
{
	notify("STOPPING=1");
}

void service_feed_watchdog(void)
{
	notify("WATCHDOG=1");
}

int64_t service_watchdog_ms(void)
{
	const char *pid = getenv("WATCHDOG_PID"), *period_us = getenv("WATCHDOG_USEC");
	if (!period_us || (pid && strtol(pid, NULL, 10) != getpid()))
		return 0;
	const long long period = strtoll(period_us, NULL, 10);
	return period > 0 ? period / 2000 : 0;
}
