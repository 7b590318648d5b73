#include <stdio.h>

#include "store/programme.h"
#include "store/setting.h"

static int set(struct store *store, const char *what, const char *id, int64_t value)
{
	char name[64];

	snprintf(name, sizeof name, "event-%s:%s", what, id);
	return setting_set(store, name, value);
}

static int set_both(struct store *store, const char *id, int64_t opened_ms, int64_t closed)
{
	int r = store_begin(store);

	if (r == 0)
		r = set(store, "opened", id, opened_ms);
	if (r == 0)
		r = set(store, "closed", id, closed);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int event_open(struct store *store, const char *id, int64_t wall_ms)
{
	return set_both(store, id, wall_ms, 0);
}

int event_close(struct store *store, const char *id)
{
	return set_both(store, id, 0, 1);
}

bool event_is_closed(struct store *store, const char *id)
{
	char name[64];
	int64_t closed = 0;

	snprintf(name, sizeof name, "event-closed:%s", id);
	return setting_get(store, name, &closed) == 0 && closed;
}
