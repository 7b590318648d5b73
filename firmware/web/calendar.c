#include "web/calendar.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/process.h"
#include "exchange/schedule_lines.h"

#define PATIENCE_MS 30000
#define LINE_BYTES_MAX 32768

/* What comes out of the other program. */
struct answer {
	struct process process;
	int64_t until_ms;
	char *line; /* of LINE_BYTES_MAX */
	size_t length;
	bool done;
};

/* The bytes as a file that has no name and is nowhere; -errno. */
static int hold(const char *bytes, size_t length)
{
	const int fd = memfd_create("calendar", MFD_CLOEXEC);
	for (size_t at = 0; fd >= 0 && at < length;) {
		const ssize_t n = write(fd, bytes + at, length - at);
		if (n <= 0) {
			close(fd);
			return -ENOSPC;
		}
		at += (size_t)n;
	}
	if (fd < 0 || lseek(fd, 0, SEEK_SET) < 0)
		return -errno;
	return fd;
}

static int begin(struct answer *answer, const char *bytes, size_t length)
{
	char program[512];
	const char *const argv[] = { program, "read", "schedule", NULL };
	if (!program_beside(program, sizeof program, "incheckpaal") || access(program, X_OK) < 0)
		return -ENOENT;
	const int fd = hold(bytes, length);
	if (fd < 0)
		return fd;
	const int r = process_start(&answer->process, (char *const *)(uintptr_t)argv, fd);
	close(fd);
	return r;
}

/* More bytes: how many, 0 at the end, -errno. */
static ssize_t more(struct answer *answer)
{
	for (;;) {
		struct pollfd wait = { .fd = answer->process.pipe_fd, .events = POLLIN };
		const int64_t left_ms = answer->until_ms - clock_mono_ns() / 1000000;
		if (left_ms <= 0 || answer->length == LINE_BYTES_MAX)
			return left_ms <= 0 ? -ETIMEDOUT : -EPROTO;
		if (poll(&wait, 1, (int)left_ms) < 0 && errno != EINTR)
			return -errno;
		const ssize_t n = read(answer->process.pipe_fd, answer->line + answer->length,
			LINE_BYTES_MAX - answer->length);
		if (n >= 0)
			return n;
		if (errno != EAGAIN && errno != EINTR)
			return -errno;
	}
}

/* The whole lines among what was read. */
static int take_lines(
	struct answer *answer, const struct schedule_sink *sink, struct rejection *ret_refusal)
{
	const char *end, *at = answer->line, *stop = at + answer->length;
	int r = 0;
	while (r == 0 && !answer->done && (end = memchr(at, '\n', (size_t)(stop - at)))) {
		r = schedule_line_take(at, (size_t)(end - at), sink, &answer->done, ret_refusal);
		at = end + 1;
	}
	answer->length = (size_t)(stop - at);
	memmove(answer->line, at, answer->length);
	return r;
}

static int listen_to(
	struct answer *answer, const struct schedule_sink *sink, struct rejection *ret_refusal)
{
	while (!answer->done) {
		const ssize_t n = more(answer);
		if (n <= 0)
			return n < 0 ? (int)n : -EPIPE;
		answer->length += (size_t)n;
		const int r = take_lines(answer, sink, ret_refusal);
		if (r != 0)
			return r;
	}
	return 0;
}

int calendar_read(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, struct rejection *ret_refusal)
{
	struct answer answer = { .process = { .pipe_fd = -1 },
		.until_ms = clock_mono_ns() / 1000000 + PATIENCE_MS,
		.line = malloc(LINE_BYTES_MAX) };
	(void)limits; /* the other program's are the same */
	int r = answer.line ? begin(&answer, bytes, length) : -ENOMEM;
	if (r == 0)
		r = listen_to(&answer, sink, ret_refusal);
	process_kill(&answer.process);
	free(answer.line);
	if (r != -EPIPE && r != -EPROTO && r != -ETIMEDOUT)
		return r;
	log_error("web: incheckpaal read schedule did not come to an end: %s", strerror(-r));
	return -EINVAL; /* a file that its reader breaks on is no schedule */
}
