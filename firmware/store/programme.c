#include "store/programme.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/store_private.h"

static void fill_event(sqlite3_stmt *row, struct event *ret)
{
	*ret = (struct event){ .id = "" };
	column_copy(ret->id, sizeof ret->id, row, 0);
	column_copy(ret->code, sizeof ret->code, row, 1);
	column_copy(ret->title, sizeof ret->title, row, 2);
	column_copy(ret->venue, sizeof ret->venue, row, 3);
	ret->days =
		(struct event_days){ sqlite3_column_int64(row, 4), sqlite3_column_int64(row, 5) };
}

int event_find(struct store *store, const char *code, int64_t at_ms, struct event *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_EVENT_FIND);
	if (!row)
		return -EIO;
	bind_text(row, 1, code);
	sqlite3_bind_int64(row, 2, at_ms);
	sqlite3_bind_int64(row, 3, clock_utc_offset_min(at_ms) * 60000LL);
	const int r = statement_step(store, row);
	if (r == 1)
		fill_event(row, ret);
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int event_each(
	struct store *store, int (*take)(void *context, const struct event *event), void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_EVENT_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct event event;
		fill_event(row, &event);
		r = take(context, &event);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

static void fill_session(sqlite3_stmt *row, struct session *ret)
{
	*ret = (struct session){
		.start_ms = sqlite3_column_int64(row, 6),
		.end_ms = sqlite3_column_int64(row, 7),
		.announced_start_ms = sqlite3_column_int64(row, 8),
		.utc_offset_min = sqlite3_column_int(row, 9),
		.capacity = sqlite3_column_int(row, 10),
		.taken = sqlite3_column_int(row, 13),
	};
	column_copy(ret->id, sizeof ret->id, row, 0);
	column_copy(ret->code, sizeof ret->code, row, 1);
	column_copy(ret->title, sizeof ret->title, row, 2);
	column_copy(ret->host, sizeof ret->host, row, 3);
	column_copy(ret->room, sizeof ret->room, row, 4);
	column_copy(ret->cluster, sizeof ret->cluster, row, 5);
	session_kind_from_name(&ret->kind, column_text(row, 11));
	session_state_from_name(&ret->state, column_text(row, 12));
}

int session_load(
	struct store *store, const char *event, struct session **sessions, size_t *ret_count)
{
	struct session *list = NULL;
	size_t count = 0, capacity = 0;
	sqlite3_stmt *row = statement_use(store, ST_SESSION_LOAD);
	if (!row)
		return -EIO;
	bind_text(row, 1, event);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		if (count == capacity) {
			capacity = capacity ? 2 * capacity : 32;
			struct session *grown = realloc(list, capacity * sizeof *grown);
			if (!grown) {
				r = -ENOMEM;
				break;
			}
			list = grown;
		}
		fill_session(row, &list[count++]);
	}
	sqlite3_reset(row);
	if (r < 0) {
		free(list);
		return r;
	}
	free(*sessions);
	*sessions = list;
	*ret_count = count;
	return 0;
}

int session_taken(struct store *store, const char *session, int32_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_SESSION_TAKEN);
	if (!row)
		return -EIO;
	bind_text(row, 1, session);
	const int r = statement_step(store, row);
	if (r >= 0)
		*ret = r == 1 ? sqlite3_column_int(row, 0) : 0;
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

int cluster_load(struct store *store, const char *event, struct cluster *ret, size_t capacity,
	size_t *ret_count)
{
	size_t count = 0;
	sqlite3_stmt *row = statement_use(store, ST_CLUSTER_LOAD);
	if (!row)
		return -EIO;
	bind_text(row, 1, event);
	int r = 1;
	while (count < capacity && (r = statement_step(store, row)) == 1) {
		struct cluster *cluster = &ret[count++];
		*cluster = (struct cluster){ .target = sqlite3_column_int(row, 5),
			.involved = sqlite3_column_int(row, 6) };
		column_copy(cluster->code, sizeof cluster->code, row, 0);
		column_copy(cluster->name_nl, sizeof cluster->name_nl, row, 1);
		column_copy(cluster->name_en, sizeof cluster->name_en, row, 2);
		column_copy(cluster->short_nl, sizeof cluster->short_nl, row, 3);
		column_copy(cluster->short_en, sizeof cluster->short_en, row, 4);
	}
	sqlite3_reset(row);
	if (r < 0)
		return r;
	*ret_count = count;
	return 0;
}

const char *cluster_code(const struct cluster *clusters, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		const struct cluster *cluster = &clusters[i];
		const char *const names[] = { cluster->code, cluster->name_nl, cluster->name_en,
			cluster->short_nl, cluster->short_en };
		for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
			if (text_equal_loosely(names[n], name))
				return cluster->code;
	}
	return NULL;
}

int cluster_seat(struct store *store, const char *event, const char *cluster, const char *attendee,
	bool *ret_first, int *ret_before)
{
	sqlite3_stmt *row = statement_use(store, ST_CLUSTER_SEAT);
	if (!row)
		return -EIO;
	bind_text(row, 1, event);
	bind_text(row, 2, cluster);
	bind_text(row, 3, attendee);
	const int r = statement_step(store, row);
	if (r == 1) {
		*ret_before = sqlite3_column_int(row, 1);
		*ret_first = sqlite3_column_int(row, 0) > 0 && !sqlite3_column_int(row, 2);
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

int cluster_save(struct store *store, const struct cluster *cluster)
{
	sqlite3_stmt *row = statement_use(store, ST_CLUSTER_SAVE);
	if (!row)
		return -EIO;
	bind_text(row, 1, cluster->code);
	bind_text(row, 2, cluster->name_nl);
	bind_text(row, 3, cluster->name_en);
	bind_text(row, 4, cluster->short_nl);
	bind_text(row, 5, cluster->short_en);
	sqlite3_bind_int(row, 6, cluster->target);
	sqlite3_bind_int64(row, 7, clock_wall_ms());
	return statement_run(store, row);
}
