#include "web/hub.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVENT_BYTES 512

struct watcher {
	struct hub *hub;
	struct interest interest;
	char event[EVENT_BYTES];
	size_t length, sent;
	int64_t told_ms, joined_ms;
	bool over; /* ends after the event that is being sent */
	struct watcher *next;
};

struct hub {
	struct watcher *watchers;
	size_t count;
};

struct hub *hub_create(void)
{
	return calloc(1, sizeof(struct hub));
}

void hub_destroy(struct hub *hub)
{
	free(hub);
}

size_t hub_watchers(const struct hub *hub)
{
	return hub->count;
}

/* An event of which a part was sent goes first: half of one and half of another is none. */
static void tell(struct watcher *watcher, const char *name, const char *data, int64_t at_ms)
{
	if (watcher->sent > 0)
		return;
	const int length = snprintf(
		watcher->event, sizeof watcher->event, "event: %s\ndata: %s\n\n", name, data);
	if (length < 0 || (size_t)length >= sizeof watcher->event)
		return;
	watcher->length = (size_t)length;
	watcher->told_ms = at_ms;
}

static ssize_t watcher_read(void *context, char *buffer, size_t size)
{
	struct watcher *watcher = context;
	size_t length = watcher->length - watcher->sent;
	if (length == 0)
		return watcher->over ? STREAM_END : STREAM_LATER;
	if (length > size)
		length = size;
	memcpy(buffer, watcher->event + watcher->sent, length);
	watcher->sent += length;
	if (watcher->sent == watcher->length)
		watcher->sent = watcher->length = 0;
	return (ssize_t)length;
}

static bool watcher_ready(void *context)
{
	const struct watcher *watcher = context;
	return watcher->length > 0 || watcher->over;
}

static void watcher_leave(void *context)
{
	struct watcher *watcher = context;
	struct watcher **link = &watcher->hub->watchers;
	while (*link != watcher)
		link = &(*link)->next;
	*link = watcher->next;
	watcher->hub->count--;
	free(watcher);
}

int hub_join(
	struct hub *hub, struct response *response, const struct interest *interest, int64_t at_ms)
{
	if (hub->count == WATCHERS_MAX) {
		respond_fault(response, 503, "watchers");
		return respond_header(response, "Retry-After", "30");
	}
	struct watcher *watcher = calloc(1, sizeof *watcher);
	if (!watcher)
		return -ENOMEM;
	watcher->hub = hub;
	watcher->interest = *interest;
	watcher->joined_ms = at_ms;
	watcher->next = hub->watchers;
	hub->watchers = watcher;
	hub->count++;
	tell(watcher, "beat", "{}", at_ms);
	return respond_stream(response, "text/event-stream; charset=utf-8", watcher_read,
		watcher_ready, watcher_leave, watcher);
}

void hub_publish(struct hub *hub, const char *name, const char *data, int64_t at_ms)
{
	for (struct watcher *watcher = hub->watchers; watcher; watcher = watcher->next)
		if (watcher->interest.what == WATCHED_DAY)
			tell(watcher, name, data, at_ms);
}

size_t hub_waiters(const struct hub *hub)
{
	size_t count = 0;
	for (const struct watcher *watcher = hub->watchers; watcher; watcher = watcher->next)
		count += watcher->interest.what != WATCHED_DAY;
	return count;
}

void hub_tell_waiters(struct hub *hub,
	bool (*write)(void *context, const struct interest *interest, const char **ret_name,
		char *ret_data),
	void *context, int64_t at_ms)
{
	char data[HUB_DATA_SIZE];
	const char *name;
	for (struct watcher *watcher = hub->watchers; watcher; watcher = watcher->next)
		if (watcher->interest.what != WATCHED_DAY &&
			write(context, &watcher->interest, &name, data))
			tell(watcher, name, data, at_ms);
}

void hub_end_all(struct hub *hub)
{
	for (struct watcher *watcher = hub->watchers; watcher; watcher = watcher->next)
		watcher->over = true;
}

void hub_beat(struct hub *hub, int64_t at_ms)
{
	for (struct watcher *watcher = hub->watchers; watcher; watcher = watcher->next) {
		watcher->over |= at_ms - watcher->joined_ms >= WATCH_MS;
		if (at_ms - watcher->told_ms >= BEAT_MS && watcher->length == 0)
			tell(watcher, "beat", "{}", at_ms);
	}
}
