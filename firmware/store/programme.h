/** Events, sessions, clusters: what is on, as the organiser planned and changed it. */
#ifndef STORE_PROGRAMME_H
#define STORE_PROGRAMME_H

#include "core/schedule.h"
#include "store/store.h"

#define EVENT_TITLE_SIZE 256
#define CLUSTER_NAME_SIZE 96

struct event {
	char id[ID_TEXT_SIZE]; /* UUIDv5 of its code */
	char code[SESSION_CODE_SIZE];
	char title[EVENT_TITLE_SIZE];
	char venue[SESSION_ROOM_SIZE]; /* "" when not known */
	struct event_days days;
};

struct cluster {
	char code[CLUSTER_CODE_SIZE];
	char name_nl[CLUSTER_NAME_SIZE], name_en[CLUSTER_NAME_SIZE];
	char short_nl[CLUSTER_NAME_SIZE], short_en[CLUSTER_NAME_SIZE];
	int target;
	int involved; /* by cluster_load: distinct companies and education institutions with a
			 counted check-in */
};

/* The event named by @code or title; with "" the one that was chosen, else of those that are not
 * closed the one whose days, else sessions, are nearest to @at_ms. -ENOENT without any. */
int event_find(struct store *store, const char *code, int64_t at_ms, struct event *ret);
/* Chooses it, and opens it when it was closed; closes it. Short transactions. */
int event_open(struct store *store, const char *id, int64_t wall_ms);
int event_close(struct store *store, const char *id);
bool event_is_closed(struct store *store, const char *id);
int event_each(
	struct store *store, int (*row)(void *context, const struct event *event), void *context);

/* Replaces the array at *@sessions (malloc; free() by the caller; NULL at first) by the event's
 * sessions, sorted, with @taken. */
int session_load(
	struct store *store, const char *event, struct session **sessions, size_t *ret_count);

/* How many places of the session are taken, one by each person; on the tap path. */
int session_taken(struct store *store, const char *session, int32_t *ret);

/* @ret must hold @capacity; *@ret_count may be less. In the organiser's order. */
int cluster_load(struct store *store, const char *event, struct cluster *ret, size_t capacity,
	size_t *ret_count);
/* The code of the cluster with this name, short name or code, in either language; NULL for none.
 * Pure. */
const char *cluster_code(const struct cluster *clusters, size_t count, const char *name);
/* Whether @attendee is the first of a company or education institution in the event's sessions of
 * the cluster, and how many others were before; on the tap path. */
int cluster_seat(struct store *store, const char *event, const char *cluster, const char *attendee,
	bool *ret_first, int *ret_before);
int cluster_save(struct store *store, const struct cluster *cluster);

/**
 * A schedule import, visible in one flip. Sessions of the same event that the file does not name
 * are cancelled if @cancel_missing, else stay. A session found again keeps its first announced
 * start and room: a later start makes it delayed, another room makes it moved (unless the file says
 * its state).
 */
struct schedule_import;
struct schedule_counts {
	int64_t added, changed, same, missing;
};
int schedule_import_begin(struct schedule_import **ret, struct store *store,
	const struct event *event, const char *source, int64_t wall_ms);
int schedule_import_row(struct schedule_import *import, const struct session *session);
int schedule_import_finish(
	struct schedule_import *import, bool cancel_missing, struct schedule_counts *ret);
void schedule_import_abandon(struct schedule_import *import);

#endif
