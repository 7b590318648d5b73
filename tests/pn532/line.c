#include "tests/pn532/line.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

void line_init(struct line *ret, const char *link, bool real_timing)
{
	memset(ret, 0, sizeof *ret);
	ret->link = link;
	ret->real_timing = real_timing;
	ret->master_fd = ret->slave_fd = -1;
}

static int replace_link(const char *target, const char *link)
{
	char temporary[PATH_MAX];
	if ((size_t)snprintf(temporary, sizeof temporary, "%s.new", link) >= sizeof temporary)
		return -ENAMETOOLONG;
	unlink(temporary);
	return symlink(target, temporary) < 0 || rename(temporary, link) < 0 ? -errno : 0;
}

static int open_pty(struct line *line)
{
	line->master_fd = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (line->master_fd < 0 || grantpt(line->master_fd) < 0 || unlockpt(line->master_fd) < 0)
		return -errno;
	const char *name = ptsname(line->master_fd);
	line->slave_fd = name ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
	struct termios mode;
	if (line->slave_fd < 0 || tcgetattr(line->slave_fd, &mode) < 0)
		return -errno;
	cfmakeraw(&mode);
	if (tcsetattr(line->slave_fd, TCSANOW, &mode) < 0)
		return -errno;
	return replace_link(name, line->link);
}

int line_plug(struct line *line)
{
	if (line->master_fd >= 0)
		return 0;
	const int r = open_pty(line);
	if (r < 0)
		line_unplug(line);
	return r;
}

void line_unplug(struct line *line)
{
	if (line->slave_fd >= 0)
		close(line->slave_fd);
	if (line->master_fd >= 0)
		close(line->master_fd);
	line->master_fd = line->slave_fd = -1;
	unlink(line->link);
	line->in_length = 0;
	line_forget(line);
}

size_t line_receive(struct line *line)
{
	if (line->in_length == sizeof line->in) /* a host that babbles: start afresh */
		line->in_length = 0;
	const ssize_t got = read(
		line->master_fd, line->in + line->in_length, sizeof line->in - line->in_length);
	if (got <= 0)
		return 0;
	line->in_length += (size_t)got;
	return (size_t)got;
}

void line_drop(struct line *line, size_t count)
{
	line->in_length -= count;
	memmove(line->in, line->in + count, line->in_length);
}

void line_send(struct line *line, const uint8_t *bytes, size_t length, int64_t due_ns)
{
	if (line->count == LINE_QUEUE || length > sizeof line->parcels[0].bytes)
		return;
	struct parcel *parcel = &line->parcels[(line->first + line->count++) % LINE_QUEUE];
	int64_t starts_ns = due_ns > line->busy_until_ns ? due_ns : line->busy_until_ns;
	if (line->real_timing)
		starts_ns += (int64_t)length * BYTE_NS;
	line->busy_until_ns = starts_ns;
	parcel->due_ns = starts_ns;
	parcel->length = length;
	memcpy(parcel->bytes, bytes, length);
}

void line_flush(struct line *line, int64_t now_ns)
{
	while (line->count && line->parcels[line->first].due_ns <= now_ns) {
		const struct parcel *parcel = &line->parcels[line->first];
		if (line->master_fd >= 0) {
			ssize_t ignored = write(line->master_fd, parcel->bytes, parcel->length);
			(void)ignored;
		}
		line->first = (line->first + 1) % LINE_QUEUE;
		line->count--;
	}
}

void line_forget(struct line *line)
{
	line->count = 0;
	line->busy_until_ns = 0;
}

int64_t line_next_ns(const struct line *line)
{
	return line->count ? line->parcels[line->first].due_ns : INT64_MAX;
}
