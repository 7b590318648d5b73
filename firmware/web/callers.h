/**
 * Who is connected, to part with those that never come to the point. The loop's thread.
 */
#ifndef WEB_CALLERS_H
#define WEB_CALLERS_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct caller;

struct callers {
	struct caller *first;
	size_t count, crowd; /* crowd: the most since memory was given back */
};

/* libmicrohttpd's own notice; @context is the struct callers. */
void callers_on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
	enum MHD_ConnectionNotificationCode what);

/* A caller is heard out by then: its head at first, then the body of what it asks, and once it was
 * answered the next head. */
void caller_begins_body(struct MHD_Connection *connection);
void caller_was_heard(struct MHD_Connection *connection);
void caller_may_ask_again(struct MHD_Connection *connection);

/* Parts with whoever is over time, and gives the memory back that a crowd took. Once a second. */
void callers_tick(struct callers *callers, int64_t now_ms);
/* Whether callers_tick has something to do within a second. */
bool callers_need_tick(const struct callers *callers);

#endif
