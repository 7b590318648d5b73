/**
 * The event of the day, its sessions and clusters, kept in memory so that a tap reads no programme
 * from the file. Clerk thread only.
 */
#ifndef KIOSK_PROGRAMME_CACHE_H
#define KIOSK_PROGRAMME_CACHE_H

#include "core/config.h"
#include "face/view.h"
#include "store/programme.h"

struct programme_cache {
	struct event event; /* id "" when there is none */
	struct session *sessions;
	size_t count;
	struct cluster clusters[BOARD_CLUSTERS_MAX];
	size_t cluster_count;
	int64_t data_version, looked_min; /* the minute in which the event was looked for */
};

void programme_cache_finish(struct programme_cache *cache);

/* Rereads when another program changed the file, when it is another event's turn, or @force. 0
 * (also without any event) or -errno, old content kept. */
int programme_cache_refresh(struct programme_cache *cache, struct store *store,
	const struct config *config, int64_t wall_ms, bool force);

/* The idle screen's facts. @trusted: the clock may be believed. */
void programme_cache_board(const struct programme_cache *cache, const struct config *config,
	int64_t wall_ms, bool trusted, struct board *ret);

void board_row_of(const struct session *session, bool next, struct board_row *ret);

#endif
