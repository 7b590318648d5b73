/**
 * The log as the kiosk writes it: opened to be read, opened anew when another file stands in its
 * place, and the moments at which something was written to it.
 */
#ifndef SYNC_WATCH_H
#define SYNC_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

struct watch;

/* @data is copied. @signal_fd becomes readable when the program is to end. */
int watch_create(struct watch **ret, const char *data, int signal_fd); /* 0 or -errno */
void watch_destroy(struct watch *watch);                               /* NULL is fine */

/* The open log; valid until the next call. *@ret_anew: it is another one than before. 0 or -errno
 * as store_open: a kiosk that does not run leaves nothing to be read. */
int watch_store(struct watch *watch, struct store **ret, bool *ret_anew);

/* Waits until something is written, at most @most_ms, and then until a burst of writing had a
 * moment to end. With @for_writing false writing ends no waiting. False when the program is to end.
 */
bool watch_wait(struct watch *watch, int64_t most_ms, bool for_writing);

#endif
