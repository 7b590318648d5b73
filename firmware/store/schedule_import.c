#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/seal.h"
#include "core/text.h"
#include "store/planned.h"
#include "store/programme.h"
#include "store/store_private.h"

/* A schedule is small: it is gathered in memory and written in one transaction, which is the flip.
 */
struct schedule_import {
	struct store *store;
	struct event event;
	int64_t wall_ms;
	struct session *sessions;
	size_t count, capacity;
};

int schedule_import_begin(struct schedule_import **ret, struct store *store,
	const struct event *event, const char *source, int64_t wall_ms)
{
	(void)source;
	struct schedule_import *import = calloc(1, sizeof *import);
	if (!import)
		return -ENOMEM;
	import->store = store;
	import->wall_ms = wall_ms;
	import->event = *event;
	if (!import->event.id[0])
		uuid_of_name(import->event.id, "event", import->event.code);
	*ret = import;
	return 0;
}

int schedule_import_row(struct schedule_import *import, const struct session *session)
{
	for (size_t i = 0; i < import->count; i++) {
		if (strcmp(import->sessions[i].code, session->code) == 0) { /* the last one wins */
			const struct session before = import->sessions[i];
			import->sessions[i] = *session;
			memcpy(import->sessions[i].id, before.id, sizeof before.id);
			return 0;
		}
	}
	if (import->count == import->capacity) {
		import->capacity = import->capacity ? 2 * import->capacity : 32;
		struct session *grown = realloc(import->sessions, import->capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		import->sessions = grown;
	}
	struct session *added = &import->sessions[import->count++];
	*added = *session;
	session_id_of(added->id, import->event.id, session->code);
	return 0;
}

static int save_event(struct schedule_import *import)
{
	sqlite3_stmt *row = statement_use(import->store, ST_EVENT_SAVE);
	if (!row)
		return -EIO;
	bind_text(row, 1, import->event.id);
	bind_text(row, 2, import->event.code);
	bind_text(row, 3, import->event.title);
	bind_text(row, 4, import->event.venue);
	sqlite3_bind_int64(row, 5, import->wall_ms);
	return statement_run(import->store, row);
}

static bool is_same(sqlite3_stmt *row, const struct session *session)
{
	return sqlite3_column_int64(row, 0) == session->start_ms &&
	       sqlite3_column_int64(row, 7) == session->end_ms &&
	       sqlite3_column_int(row, 8) == session->capacity &&
	       strcmp(column_text(row, 2), session->room) == 0 &&
	       strcmp(column_text(row, 4), session->title) == 0 &&
	       strcmp(column_text(row, 5), session->host) == 0 &&
	       strcmp(column_text(row, 6), session->cluster) == 0 &&
	       strcmp(column_text(row, 9), session_kind_name(session->kind)) == 0 &&
	       strcmp(column_text(row, 10), session_state_name(session->state)) == 0;
}

/*
 * What is known of the session already: its first announcement stays, and what the file leaves
 * "planned" is delayed or moved when it differs from that. 1 same, 0 changed, -ENOENT new, -errno.
 */
static int compare(
	struct store *store, struct session *session, char announced_room[SESSION_ROOM_SIZE])
{
	sqlite3_stmt *row = statement_use(store, ST_SESSION_ROW);
	if (!row)
		return -EIO;
	bind_text(row, 1, session->id);
	int r = statement_step(store, row);
	if (r == 1) {
		session->announced_start_ms = sqlite3_column_int64(row, 1);
		column_copy(announced_room, SESSION_ROOM_SIZE, row, 3);
		session_settle(session, session->announced_start_ms, announced_room);
		r = is_same(row, session);
	} else if (r == 0) {
		r = -ENOENT;
		utf8_clip(announced_room, SESSION_ROOM_SIZE, session->room);
		if (!session->announced_start_ms)
			session->announced_start_ms = session->start_ms;
	}
	sqlite3_reset(row);
	return r;
}

static int save(
	struct schedule_import *import, const struct session *session, const char *announced_room)
{
	sqlite3_stmt *row = statement_use(import->store, ST_SESSION_SAVE);
	if (!row)
		return -EIO;
	const char *const texts[] = { session->id, import->event.id, session->code, session->title,
		session->host, session->room, session->cluster };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		bind_text(row, (int)i + 1, texts[i]);
	sqlite3_bind_int64(row, 8, session->start_ms);
	sqlite3_bind_int64(row, 9, session->end_ms);
	sqlite3_bind_int64(row, 10, session->announced_start_ms);
	sqlite3_bind_int(row, 11, session->utc_offset_min);
	sqlite3_bind_int(row, 12, session->capacity);
	bind_text(row, 13, session_kind_name(session->kind));
	bind_text(row, 14, session_state_name(session->state));
	bind_text(row, 15, announced_room);
	sqlite3_bind_int64(row, 16, import->wall_ms);
	return statement_run(import->store, row);
}

static int save_sessions(struct schedule_import *import, struct schedule_counts *counts)
{
	for (size_t i = 0; i < import->count; i++) {
		char announced_room[SESSION_ROOM_SIZE];
		struct session *session = &import->sessions[i];
		const int known = compare(import->store, session, announced_room);
		if (known < 0 && known != -ENOENT)
			return known;
		*(known == -ENOENT ? &counts->added
			: known    ? &counts->same
				   : &counts->changed) += 1;
		const int r = known == 1 ? 0 : save(import, session, announced_room);
		if (r < 0)
			return r;
	}
	return 0;
}

static bool is_named(const struct schedule_import *import, const char *id)
{
	for (size_t i = 0; i < import->count; i++)
		if (strcmp(import->sessions[i].id, id) == 0)
			return true;
	return false;
}

static int count_missing(
	struct schedule_import *import, bool cancel, struct schedule_counts *counts)
{
	sqlite3_stmt *row = statement_use(import->store, ST_SESSION_MISSING);
	if (!row)
		return -EIO;
	bind_text(row, 1, import->event.id);
	int r;
	while ((r = statement_step(import->store, row)) == 1) {
		if (is_named(import, column_text(row, 0)))
			continue;
		counts->missing++;
		sqlite3_stmt *change =
			cancel ? statement_use(import->store, ST_SESSION_CANCEL) : NULL;
		if (!change)
			continue;
		bind_text(change, 1, column_text(row, 0));
		sqlite3_bind_int64(change, 2, import->wall_ms);
		r = statement_run(import->store, change);
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int schedule_import_finish(
	struct schedule_import *import, bool cancel_missing, struct schedule_counts *ret)
{
	struct schedule_counts counts = { 0 };
	int r = store_begin(import->store);
	if (r == 0)
		r = save_event(import);
	if (r == 0)
		r = save_sessions(import, &counts);
	if (r == 0)
		r = count_missing(import, cancel_missing, &counts);
	if (r < 0)
		store_rollback(import->store);
	else
		r = store_commit(import->store);
	if (r == 0)
		*ret = counts;
	schedule_import_abandon(import);
	return r;
}

void schedule_import_abandon(struct schedule_import *import)
{
	if (!import)
		return;
	free(import->sessions);
	free(import);
}
