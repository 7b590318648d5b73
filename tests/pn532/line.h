/** The serial line: a pty with a stable link, bytes that leave when their time has come. One
 * thread. */
#ifndef PN532_LINE_H
#define PN532_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_QUEUE 32
#define LINE_IN_MAX 1024
#define BYTE_NS 86806LL /* ten bits at 115200 baud */

struct line {
	const char *link;        /* path of the symbolic link; borrowed */
	int master_fd, slave_fd; /* -1 while unplugged; the slave stays open so that a closing host
				    is no hang-up */
	bool real_timing;
	int64_t busy_until_ns; /* when the last byte to the host has left */
	uint8_t in[LINE_IN_MAX];
	size_t in_length;
	struct parcel {
		int64_t due_ns;
		size_t length;
		uint8_t bytes[320];
	} parcels[LINE_QUEUE];
	size_t first, count;
};

void line_init(struct line *ret, const char *link, bool real_timing);
int line_plug(struct line *line); /* 0 or -errno */
void line_unplug(struct line *line);

/* Takes what the host sent. How many bytes came. */
size_t line_receive(struct line *line);
void line_drop(struct line *line, size_t count); /* from the front of @in */

/* Not before @due_ns; later when the line is still busy. */
void line_send(struct line *line, const uint8_t *bytes, size_t length, int64_t due_ns);
void line_flush(struct line *line, int64_t now_ns);
void line_forget(struct line *line); /* what is not sent yet */
int64_t line_next_ns(const struct line *line);

#endif
