/**
 * Counts a participation report from the counters, never from the log, in one view of the file.
 * The thread of the store.
 */
#ifndef STORE_PARTICIPATION_H
#define STORE_PARTICIPATION_H

#include "core/figures.h"
#include "store/store.h"

struct participation_query {
	int64_t from_day, to_day; /* days since 1970, both included; DAY_OPEN for no bound */
	const char *event;        /* code, title or id; NULL for all */
	const char *session;      /* the same */
	struct participation_rule rule;
	int goal;  /* of clusters without a target of their own */
	int floor; /* > 0: a public report */
};

/* 0, -ENOENT when there is no such event or session, or -errno; free with participation_free. */
int participation_load(
	struct store *store, const struct participation_query *query, struct participation **ret);
/* Frees what only a whole report shows: logs, sessions, events, months. */
void participation_slim(struct participation *participation);
void participation_free(struct participation *participation); /* NULL is fine */

#endif
