#include "store/import_before.h"

#include <errno.h>
#include <string.h>

#include "store/attendee.h"
#include "store/chunk.h"
#include "store/counter.h"
#include "store/import_lock.h"
#include "store/privacy.h"
#include "store/stamp.h"

#define CLEARED_AT_ONCE 500
#define UNDONE_AT_ONCE 16

int import_before_note(
	struct store *store, enum statement which, int64_t generation, const char *id)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, generation);
	bind_text(row, 2, id);
	return statement_run(store, row);
}

int import_before_badge(struct store *store, int64_t generation, const struct badge_key *key)
{
	sqlite3_stmt *row = statement_use(store, ST_BEFORE_LINK);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, generation);
	bind_key(row, 2, key);
	return statement_run(store, row);
}

static int run_numbers(
	struct store *store, enum statement which, int64_t first, int64_t second, int64_t third)
{
	sqlite3_stmt *row = statement_use(store, which);
	const int64_t numbers[] = { first, second, third };
	if (!row)
		return -EIO;
	for (int i = 0; i < sqlite3_bind_parameter_count(row) && i < 3; i++)
		sqlite3_bind_int64(row, i + 1, numbers[i]);
	return statement_run(store, row);
}

int import_before_is_whole(struct store *store, int64_t generation, int64_t people)
{
	sqlite3_stmt *row = statement_use(store, ST_BEFORE_COUNT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, generation);
	const int r = statement_step(store, row);
	const bool whole = r == 1 && sqlite3_column_int64(row, 0) == people;
	sqlite3_reset(row);
	return r < 0 ? r : whole;
}

int import_before_keep(struct store *store, int64_t generation, int64_t wall_ms, int64_t people)
{
	const int r = run_numbers(store, ST_BEFORE_CLEAR_IMPORT, generation, 0, 0);
	return r == 0 ? run_numbers(store, ST_BEFORE_NOTE, generation, wall_ms, people) : r;
}

int import_before_clear(struct store *store, int64_t generation)
{
	static const enum statement tables[] = { ST_BEFORE_CLEAR_IMPORT, ST_BEFORE_CLEAR_ATTENDEE,
		ST_BEFORE_CLEAR_LINK, ST_BEFORE_CLEAR_ORGANISATION };
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		do {
			const int r = run_numbers(store, tables[i], generation, CLEARED_AT_ONCE, 0);
			if (r < 0)
				return r;
		} while (sqlite3_changes(store->db) == CLEARED_AT_ONCE);
	}
	return 0;
}

static int find(struct store *store, int64_t *ret_generation, struct import_undo *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_BEFORE_FIND);
	if (!row)
		return -EIO;
	const int r = statement_step(store, row);
	if (r == 1) {
		*ret_generation = sqlite3_column_int64(row, 0);
		column_copy(ret->source, sizeof ret->source, row, 1);
		ret->wall_ms = sqlite3_column_int64(row, 2);
		ret->people = sqlite3_column_int64(row, 3);
	}
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int attendee_import_undoable(struct store *store, struct import_undo *ret)
{
	int64_t generation;
	return find(store, &generation, ret);
}

struct undoing {
	struct store *store;
	int64_t generation, wall_ms;
	uint8_t upto[ID_TEXT_SIZE]; /* the last of the next rows: a key, or the text of an id */
	size_t upto_length;
	bool upto_text;
};

static sqlite3_stmt *use_for(const struct undoing *undoing, enum statement which)
{
	sqlite3_stmt *row = statement_use(undoing->store, which);
	if (!row)
		return NULL;
	sqlite3_bind_int64(row, 1, undoing->generation);
	if (sqlite3_bind_parameter_count(row) > 1)
		sqlite3_bind_int64(row, 2, undoing->wall_ms);
	if (sqlite3_bind_parameter_count(row) < 3)
		return row;
	if (undoing->upto_text)
		sqlite3_bind_text(row, 3, (const char *)undoing->upto, (int)undoing->upto_length,
			SQLITE_STATIC);
	else
		sqlite3_bind_blob(row, 3, undoing->upto, (int)undoing->upto_length, SQLITE_STATIC);
	return row;
}

/* 1, or 0 when none are left. */
static int find_next(struct undoing *undoing, enum statement which)
{
	sqlite3_stmt *row = statement_use(undoing->store, which);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, undoing->generation);
	sqlite3_bind_int(row, 2, UNDONE_AT_ONCE);
	const int r = statement_step(undoing->store, row);
	undoing->upto_length = 0;
	if (r == 1 && sqlite3_column_type(row, 0) != SQLITE_NULL) {
		undoing->upto_text = sqlite3_column_type(row, 0) == SQLITE_TEXT;
		const void *upto = sqlite3_column_blob(row, 0);
		const size_t length = (size_t)sqlite3_column_bytes(row, 0);
		undoing->upto_length = length < sizeof undoing->upto ? length : 0;
		memcpy(undoing->upto, upto, undoing->upto_length);
	}
	sqlite3_reset(row);
	return r < 0 ? r : undoing->upto_length > 0;
}

static int run_all(const struct undoing *undoing, const enum statement *steps, size_t count)
{
	int r = 0;
	for (size_t i = 0; i < count && r == 0; i++)
		r = statement_run(undoing->store, use_for(undoing, steps[i]));
	return r;
}

static int put_links_back(struct store *store, const void *context)
{
	static const enum statement steps[] = { ST_UNDO_CREDIT, ST_UNDO_END_LINK, ST_UNDO_LINK,
		ST_UNDO_LINKS_DONE };
	(void)store;
	return run_all(context, steps, sizeof steps / sizeof steps[0]);
}

static int undo_links(void *context)
{
	struct undoing *undoing = context;
	const int found = find_next(undoing, ST_UNDO_NEXT_LINKS);
	if (found != 1)
		return found;
	sqlite3_stmt *badges = use_for(undoing, ST_UNDO_BADGES);
	const int r = badges ? counter_around_keys(undoing->store, badges, put_links_back, undoing)
			     : -EIO;
	return r < 0 ? r : 1;
}

static int undo_organisations(void *context)
{
	static const enum statement steps[] = { ST_UNDO_ORGANISATION, ST_UNDO_ORGANISATIONS_DONE };
	struct undoing *undoing = context;
	const int found = find_next(undoing, ST_UNDO_NEXT_ORGANISATIONS);
	const int r = found == 1 ? run_all(undoing, steps, 2) : found;
	return r < 0 ? r : found;
}

static int mark_undone(struct store *store, const char *id)
{
	sqlite3_stmt *row = statement_use(store, ST_UNDO_MARK);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	return statement_run(store, row);
}

/* Somebody who came with the import and was counted since keeps a number and an organisation. */
static int forget_seen(const struct undoing *undoing)
{
	for (;;) {
		char id[ID_TEXT_SIZE] = "";
		sqlite3_stmt *row = use_for(undoing, ST_UNDO_SEEN);
		int r = row ? statement_step(undoing->store, row) : -EIO;
		if (r == 1)
			column_copy(id, sizeof id, row, 0);
		if (row)
			sqlite3_reset(row);
		if (r == 1) /* which also strikes them from the list */
			r = privacy_forget_within(undoing->store, id, undoing->wall_ms);
		if (r == 0 && id[0])
			r = mark_undone(undoing->store, id);
		if (r < 0 || !id[0])
			return r;
	}
}

static int undo_people(void *context)
{
	static const enum statement steps[] = { ST_UNDO_ATTENDEE, ST_UNDO_DROP_LINK,
		ST_UNDO_DROP_ATTENDEE, ST_UNDO_ATTENDEES_DONE };
	struct undoing *undoing = context;
	const int found = find_next(undoing, ST_UNDO_NEXT_ATTENDEES);
	int r = found == 1 ? forget_seen(undoing) : found;
	if (found == 1 && r == 0)
		r = run_all(undoing, steps, sizeof steps / sizeof steps[0]);
	return r < 0 ? r : found;
}

static int undo(struct store *store, int64_t wall_ms)
{
	struct undoing undoing = { .store = store, .wall_ms = wall_ms };
	struct import_undo which;
	int r = attendee_import_resume(store);
	if (r == 0)
		r = find(store, &undoing.generation, &which);
	if (r == 0)
		r = stamp_note(store, wall_ms);
	if (r == 0)
		r = chunk_run(store, undo_links, &undoing);
	if (r == 0)
		r = chunk_run(store, undo_organisations, &undoing);
	if (r == 0)
		r = chunk_run(store, undo_people, &undoing);
	return r == 0 ? import_before_clear(store, -1) : r;
}

int attendee_import_undo(struct store *store, int64_t wall_ms)
{
	int lock_fd;
	int r = import_lock(store, &lock_fd);
	if (r == 0)
		r = undo(store, wall_ms);
	import_unlock(lock_fd);
	return r;
}
