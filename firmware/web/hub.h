/**
 * Who watches: the streams of Server-Sent Events. Each watcher has room for one event; a newer one
 * takes its place, so whoever reads slowly misses some and holds nobody up. Loop's thread.
 */
#ifndef WEB_HUB_H
#define WEB_HUB_H

#include <stdbool.h>
#include <stdint.h>

#include "core/schedule.h"
#include "web/response.h"

#define WATCHERS_MAX 8
#define BEAT_MS 5000
#define WATCH_MS 300000

struct hub;

struct hub *hub_create(void);
void hub_destroy(struct hub *hub); /* after the last watcher left; NULL is fine */

/* What somebody watches: the figures of the day, or what they wait for. */
enum watched { WATCHED_DAY, WATCHED_BADGE, WATCHED_RESTART, WATCHED_UPDATE, WATCHED_COUNT };
struct interest {
	enum watched what;
	char person[ID_TEXT_SIZE]; /* whose badge */
	int64_t since; /* which start of the kiosk, or which word of the update, is past */
	enum language language;
};

/* Answers with a stream; 503 with Retry-After when too many watch. */
int hub_join(
	struct hub *hub, struct response *response, const struct interest *interest, int64_t at_ms);
size_t hub_watchers(const struct hub *hub);
/* Sends @data (JSON on one line) as event @name to everybody who watches the day. */
void hub_publish(struct hub *hub, const char *name, const char *data, int64_t at_ms);
/* How many wait for something, and each of these asked for an event: @write fills @ret_name
 * (static) and @ret_data of HUB_DATA_SIZE; false for none now. */
#define HUB_DATA_SIZE 400
size_t hub_waiters(const struct hub *hub);
void hub_tell_waiters(struct hub *hub,
	bool (*write)(void *context, const struct interest *interest, const char **ret_name,
		char *ret_data),
	void *context, int64_t at_ms);
/* Ends every stream: a browser asks again at once, and is let in or not. Whoever signed out, or
 * whose hours are over, does not go on watching; without this they end after WATCH_MS. */
void hub_end_all(struct hub *hub);
/* A sign of life to whoever heard nothing for BEAT_MS. */
void hub_beat(struct hub *hub, int64_t at_ms);

#endif
