#include "kiosk/desk.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

void desk_init(struct desk *ret, int listen_fd)
{
	memset(ret, 0, sizeof *ret);
	ret->listen_fd = listen_fd;
	for (size_t i = 0; i < DESK_SEATS; i++)
		ret->seats[i].fd = -1;
}

static void leave(struct seat *seat)
{
	if (seat->fd >= 0)
		close(seat->fd);
	seat->fd = -1;
	seat->length = 0;
	seat->ticket = 0;
}

void desk_finish(struct desk *desk)
{
	for (size_t i = 0; i < DESK_SEATS; i++)
		leave(&desk->seats[i]);
	if (desk->listen_fd >= 0)
		close(desk->listen_fd);
	desk->listen_fd = -1;
}

void desk_accept(struct desk *desk)
{
	int fd;
	while ((fd = accept4(desk->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		size_t seat = 0;
		while (seat < DESK_SEATS && desk->seats[seat].fd >= 0)
			seat++;
		if (seat == DESK_SEATS)
			close(fd);
		else
			desk->seats[seat].fd = fd;
	}
}

enum desk_outcome desk_read(struct desk *desk, size_t index, struct control_request *ret)
{
	struct seat *seat = &desk->seats[index];
	const ssize_t got =
		read(seat->fd, seat->line + seat->length, sizeof seat->line - seat->length);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return DESK_NOTHING;
	if (got <= 0) {
		leave(seat);
		return DESK_NOTHING;
	}

	seat->length += (size_t)got;
	const char *end = memchr(seat->line, '\n', seat->length);
	if (!end && seat->length == sizeof seat->line)
		leave(seat);
	if (!end)
		return DESK_NOTHING;

	const size_t length = (size_t)(end - seat->line);
	const bool good = control_parse(ret, seat->line, length);
	seat->length -= length + 1;
	memmove(seat->line, end + 1, seat->length);
	return good ? DESK_REQUEST : DESK_NONSENSE;
}

void desk_answer(struct desk *desk, size_t index, const char *json)
{
	struct seat *seat = &desk->seats[index];
	if (seat->fd < 0)
		return;
	struct iovec parts[] = {
		{ .iov_base = (char *)(uintptr_t)json, .iov_len = strlen(json) },
		{ .iov_base = (char *)(uintptr_t) "\n", .iov_len = 1 },
	};
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	/* An answer that does not fit the socket's buffer goes to somebody who does not read. */
	if (sendmsg(seat->fd, &message, MSG_NOSIGNAL) != (ssize_t)(parts[0].iov_len + 1))
		leave(seat);
	seat->ticket = 0;
}

int desk_find(const struct desk *desk, int64_t ticket)
{
	for (int i = 0; i < DESK_SEATS; i++)
		if (desk->seats[i].fd >= 0 && desk->seats[i].ticket == ticket)
			return i;
	return -1;
}
