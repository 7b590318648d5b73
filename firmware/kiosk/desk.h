/**
 * The control socket's clients: a few connections, one request line each at a time, answered by the
 * clerk. Clerk thread only.
 */
#ifndef KIOSK_DESK_H
#define KIOSK_DESK_H

#include <stddef.h>
#include <stdint.h>

#include "base/control.h"

#define DESK_SEATS 8

struct desk {
	int listen_fd;
	struct seat {
		int fd;         /* -1 when empty */
		int64_t ticket; /* of an answer that comes later; 0 for none */
		size_t length;
		char line[CONTROL_LINE_SIZE];
	} seats[DESK_SEATS];
};

void desk_init(struct desk *ret, int listen_fd);
void desk_finish(struct desk *desk);

void desk_accept(struct desk *desk); /* whoever waits; a ninth is turned away */

enum desk_outcome { DESK_NOTHING, DESK_REQUEST, DESK_NONSENSE };
/* Reads seat @index. DESK_REQUEST fills @ret; a seat whose client left or flooded is emptied. */
enum desk_outcome desk_read(struct desk *desk, size_t index, struct control_request *ret);

/* One line of JSON, without the newline. */
void desk_answer(struct desk *desk, size_t index, const char *json);
/* The seat that waits for @ticket, or -1. */
int desk_find(const struct desk *desk, int64_t ticket);

#endif
