#include <errno.h>
#include <stdio.h>

#include "store/programme.h"
#include "store/setting.h"
#include "store/store_private.h"

static int set(struct store *store, const char *what, const char *id, int64_t value)
{
	char name[64];

	snprintf(name, sizeof name, "event-%s:%s", what, id);
	return setting_set(store, name, value);
}

static int choose(struct store *store, const char *id, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_EVENT_CHOOSE);

	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	sqlite3_bind_int64(row, 2, wall_ms);
	return statement_run(store, row);
}

static int finish(struct store *store, int r)
{
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int event_open(struct store *store, const char *id, int64_t wall_ms)
{
	int r = store_begin(store);

	if (r == 0)
		r = choose(store, id, wall_ms);
	if (r == 0)
		r = set(store, "closed", id, 0);
	return finish(store, r);
}

int event_close(struct store *store, const char *id)
{
	int r = store_begin(store);

	if (r == 0)
		r = set(store, "opened", id, 0);
	if (r == 0)
		r = set(store, "closed", id, 1);
	return finish(store, r);
}

bool event_is_closed(struct store *store, const char *id)
{
	char name[64];
	int64_t closed = 0;

	snprintf(name, sizeof name, "event-closed:%s", id);
	return setting_get(store, name, &closed) == 0 && closed;
}
