#include "store/peer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/setting.h"
#include "store/store_private.h"

#define HEARD "heard:" /* and the log's id: a name in kiosk_setting; ST_PEER_EACH reads it */

/* Our own log among them. */
struct entry {
	struct peer peer;
	bool own;
};
struct entries {
	struct entry *list;
	size_t count;
};

int peer_say(struct store *store, const char *kiosk, const char *version)
{
	sqlite3_stmt *row = statement_use(store, ST_PEER_SAY);
	if (!row)
		return -EIO;
	bind_text(row, 1, kiosk);
	bind_text(row, 2, version);
	return statement_run(store, row);
}

int peer_heard(struct store *store, const char *log_id)
{
	char name[sizeof HEARD + ID_TEXT_SIZE];
	struct moment now;

	clock_read(&now);
	if (!clock_is_trusted(now.grade))
		return 0;
	snprintf(name, sizeof name, HEARD "%s", log_id);
	return setting_set(store, name, now.wall_ms);
}

static void fill(sqlite3_stmt *row, const struct anchors *anchors, struct peer *ret)
{
	struct moment raw;
	*ret = (struct peer){ .taps = sqlite3_column_int64(row, 3),
		.made_ms = sqlite3_column_int64(row, 4),
		.heard_ms = sqlite3_column_int64(row, 9) };
	column_copy(ret->kiosk, sizeof ret->kiosk, row, 1);
	column_copy(ret->version, sizeof ret->version, row, 2);
	if (ret->taps == 0)
		return;
	moment_of_row(row, 5, &raw);
	ret->grade = clock_repair(&raw, anchors->list, anchors->count, &ret->last_ms, NULL);
}

static int add(struct entries *entries, sqlite3_stmt *row, const struct anchors *anchors)
{
	struct entry *grown = realloc(entries->list, (entries->count + 1) * sizeof *grown);
	if (!grown)
		return -ENOMEM;
	entries->list = grown;
	struct entry *entry = &grown[entries->count++];
	entry->own = sqlite3_column_int(row, 0) != 0;
	fill(row, anchors, &entry->peer);
	return 0;
}

static int load(struct store *store, struct entries *ret)
{
	struct anchors anchors = { .count = 0 };
	int r = anchors_load(store, &anchors);
	sqlite3_stmt *row = r == 0 ? statement_use(store, ST_PEER_EACH) : NULL;
	if (r == 0 && !row)
		r = -EIO;
	while (r == 0 && (r = statement_step(store, row)) == 1)
		r = add(ret, row, &anchors);
	if (row)
		sqlite3_reset(row);
	free(anchors.list);
	return r;
}

/* Its own beginning does not count: where the clock was wrong it lies behind its end. */
static bool ended_before_another(const struct entries *entries, const struct peer *peer)
{
	const int64_t end_ms = peer->taps ? peer->last_ms : peer->made_ms;
	for (size_t i = 0; i < entries->count; i++) {
		const struct peer *other = &entries->list[i].peer;
		if (other != peer && strcmp(other->kiosk, peer->kiosk) == 0 &&
			other->made_ms > end_ms)
			return true;
	}
	return false;
}

int peer_each(
	struct store *store, int (*take)(void *context, const struct peer *peer), void *context)
{
	struct entries entries = { .count = 0 };
	int r = load(store, &entries);
	for (size_t i = 0; r == 0 && i < entries.count; i++) {
		const struct entry *entry = &entries.list[i];
		if (!entry->own && !ended_before_another(&entries, &entry->peer))
			r = take(context, &entry->peer);
	}
	free(entries.list);
	return r;
}
