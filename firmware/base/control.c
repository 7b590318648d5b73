#include "base/control.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/scope.h"
#include "core/text.h"

static const struct {
	const char *word;
	bool takes_argument;
} verbs[CONTROL_VERB_COUNT] = {
	[CONTROL_STATUS] = { "status", false },
	[CONTROL_SCREENSHOT] = { "screenshot", true },
	[CONTROL_PICTURE] = { "picture", true },
	[CONTROL_LINK] = { "link", true },
	[CONTROL_UNLINK] = { "unlink", false },
	[CONTROL_ENTER] = { "enter", true },
	[CONTROL_IDENTIFY] = { "identify", false },
	[CONTROL_CLOCK] = { "clock", true },
	[CONTROL_SERVICE] = { "service", false },
	[CONTROL_SELFTEST] = { "selftest", false },
	[CONTROL_STOP] = { "stop", false },
};

bool control_parse(struct control_request *ret, const char *line, size_t length)
{
	if (length >= CONTROL_LINE_SIZE || !utf8_is_valid(line, length))
		return false;

	for (size_t verb = 0; verb < CONTROL_VERB_COUNT; verb++) {
		const size_t word = strlen(verbs[verb].word);
		if (length < word || memcmp(line, verbs[verb].word, word) != 0)
			continue;
		const bool has_argument = length > word + 1 && line[word] == ' ';
		if (verbs[verb].takes_argument != has_argument || (!has_argument && length != word))
			continue;
		ret->verb = (enum control_verb)verb;
		const size_t skip = has_argument ? word + 1 : length;
		memcpy(ret->argument, line + skip, length - skip);
		ret->argument[length - skip] = '\0';
		return true;
	}
	return false;
}

static int socket_address(struct sockaddr_un *ret, const char *run_directory)
{
	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	const int length =
		snprintf(ret->sun_path, sizeof ret->sun_path, "%s/" CONTROL_SOCKET, run_directory);
	return (size_t)length < sizeof ret->sun_path ? 0 : -ENAMETOOLONG;
}

static int connect_to(const struct sockaddr_un *address)
{
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (connect(fd, (const struct sockaddr *)address, sizeof *address) < 0) {
		const int r = -errno;
		close(fd);
		return r;
	}
	return fd;
}

int control_listen(const char *run_directory)
{
	struct sockaddr_un address;
	int r = socket_address(&address, run_directory);
	if (r < 0)
		return r;

	/* A socket file outlives a killed kiosk: only one that answers is in use. */
	const int other = connect_to(&address);
	if (other >= 0) {
		close(other);
		return -EADDRINUSE;
	}
	unlink(address.sun_path);

	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&address, sizeof address) < 0 ||
		chmod(address.sun_path, 0660) < 0 || listen(fd, 8) < 0) {
		r = -errno;
		close(fd);
		return r;
	}
	return fd;
}

static int read_line(int fd, int wait_ms, char *ret, size_t size)
{
	size_t length = 0;
	while (length + 1 < size) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		const int polled = poll(&ready, 1, wait_ms);
		if (polled == 0)
			return -ETIMEDOUT;
		const ssize_t got = polled < 0 ? -1 : read(fd, ret + length, size - length - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? -errno : -ECONNRESET;
		length += (size_t)got;
		char *end = memchr(ret, '\n', length);
		if (end) {
			*end = '\0';
			return 0;
		}
	}
	return -EMSGSIZE;
}

int control_ask(const char *run_directory, const char *line, int wait_ms, char *ret, size_t size)
{
	struct sockaddr_un address;
	const int r = socket_address(&address, run_directory);
	if (r < 0)
		return r;
	CLEANUP(closep) int fd = connect_to(&address);
	if (fd < 0)
		return fd;

	char request[CONTROL_LINE_SIZE + 1];
	const int length = snprintf(request, sizeof request, "%s\n", line);
	if ((size_t)length >= sizeof request)
		return -EMSGSIZE;
	if (send(fd, request, (size_t)length, MSG_NOSIGNAL) != length)
		return -EPIPE;
	return read_line(fd, wait_ms, ret, size);
}
