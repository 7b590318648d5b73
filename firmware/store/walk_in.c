#include "store/walk_in.h"

#include <errno.h>

#include "base/seal.h"
#include "core/text.h"
#include "store/badge.h"
#include "store/organisation.h"
#include "store/stamp.h"
#include "store/store_private.h"

static int add_organisation(
	struct store *store, const struct attendee *person, const char *id, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_WALK_IN_ORGANISATION);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	bind_text(row, 2, person->organisation);
	bind_text(row, 3, person->cluster);
	sqlite3_bind_int64(row, 4, wall_ms);
	return statement_run(store, row);
}

static int add_person(struct store *store, const struct attendee *person, const char *organisation,
	int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_WALK_IN_PERSON);
	if (!row)
		return -EIO;
	bind_text(row, 1, person->id);
	bind_text(row, 2, person->given_name);
	bind_text_or_null(row, 3, organisation);
	bind_text(row, 4, person->language);
	sqlite3_bind_int64(row, 5, wall_ms);
	bind_text(row, 6, organisation[0] ? "" : person->cluster);
	return statement_run(store, row);
}

static int add(struct store *store, const struct attendee *person, const struct badge_key *key,
	int64_t wall_ms)
{
	char organisation[ID_TEXT_SIZE] = "";
	int r = 0;
	if (person->organisation[0]) {
		bool alias;
		r = organisation_resolve(store, person->organisation, "", organisation, &alias);
		if (r == 0)
			r = add_organisation(store, person, organisation, wall_ms);
	}
	if (r == 0)
		r = add_person(store, person, organisation, wall_ms);
	if (r == 0)
		r = stamp_note(store, wall_ms);
	return r == 0 && key ? badge_link(store, key, person->id, wall_ms) : r;
}

int walk_in_add(
	struct store *store, struct attendee *person, const struct badge_key *key, int64_t wall_ms)
{
	const bool own = sqlite3_get_autocommit(store->db);
	uuid_draw(person->id, wall_ms);
	int r = own ? store_begin(store) : 0;
	if (r == 0)
		r = add(store, person, key, wall_ms);
	if (r == 0 && own)
		return store_commit(store);
	if (own)
		store_rollback(store);
	return r;
}

int walk_in_each_name(struct store *store,
	int (*take)(void *context, const char *known_as, const char *name, const char *cluster,
		int64_t people),
	void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_WALK_IN_NAMES);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = take(context, column_text(row, 0), column_text(row, 1), column_text(row, 2),
			sqlite3_column_int64(row, 3));
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int walk_in_count_to_check(struct store *store, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_WALK_IN_TO_CHECK);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}
