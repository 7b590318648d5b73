#include "web/callers.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/clock.h"

#define HEAD_MS 15000  /* from its begin to a whole head */
#define BODY_MS 300000 /* and then to a whole body */
#define CROWD 64

struct caller {
	int fd;
	int64_t until_ms; /* what it sends must be whole by then; 0 while it is answered */
	struct caller *next, *previous;
};

static int64_t in_ms(int64_t length_ms)
{
	return clock_mono_ns() / 1000000 + length_ms;
}

static struct caller *add(struct callers *callers, int fd)
{
	struct caller *caller = calloc(1, sizeof *caller);

	if (!caller)
		return NULL;
	*caller = (struct caller){ .fd = fd, .until_ms = in_ms(HEAD_MS), .next = callers->first };
	if (callers->first)
		callers->first->previous = caller;
	callers->first = caller;
	callers->count++;
	if (callers->count > callers->crowd)
		callers->crowd = callers->count;
	return caller;
}

static void drop(struct callers *callers, struct caller *caller)
{
	if (!caller)
		return;
	if (caller->previous)
		caller->previous->next = caller->next;
	else
		callers->first = caller->next;
	if (caller->next)
		caller->next->previous = caller->previous;
	free(caller);
	callers->count--;
}

void callers_on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
	enum MHD_ConnectionNotificationCode what)
{
	struct callers *callers = context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info =
			MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		*socket_context = add(callers, info ? info->connect_fd : -1);
	} else {
		drop(callers, *socket_context);
		*socket_context = NULL;
	}
}

static void set_deadline(struct MHD_Connection *connection, int64_t until_ms)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct caller *caller = info ? info->socket_context : NULL;

	if (caller)
		caller->until_ms = until_ms;
}

void caller_begins_body(struct MHD_Connection *connection)
{
	set_deadline(connection, in_ms(BODY_MS));
}

void caller_was_heard(struct MHD_Connection *connection)
{
	set_deadline(connection, 0);
}

void caller_may_ask_again(struct MHD_Connection *connection)
{
	set_deadline(connection, in_ms(HEAD_MS));
}

static void part_with_the_slow(struct callers *callers, int64_t now_ms)
{
	for (struct caller *caller = callers->first; caller; caller = caller->next) {
		if (!caller->until_ms || now_ms < caller->until_ms || caller->fd < 0)
			continue;
		shutdown(caller->fd, SHUT_RDWR);
		caller->until_ms = 0;
	}
}

/* What a crowd took, some 27 kB each, is not kept for the next. */
static void give_back(struct callers *callers)
{
	if (callers->crowd < CROWD || callers->count > callers->crowd / 2)
		return;
	callers->crowd = callers->count;
	malloc_trim(0);
}

void callers_tick(struct callers *callers, int64_t now_ms)
{
	part_with_the_slow(callers, now_ms);
	give_back(callers);
}

bool callers_need_tick(const struct callers *callers)
{
	return callers->first || callers->crowd >= CROWD;
}
