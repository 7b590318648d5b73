#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/attendee.h"
#include "store/chunk.h"
#include "store/counter.h"
#include "store/import_before.h"
#include "store/import_lock.h"
#include "store/organisation.h"
#include "store/stamp.h"
#include "store/store_private.h"

#define FLIP_ROWS 16
#define ABANDONED_AFTER_MS 3600000LL

struct import {
	struct store *store;
	int64_t generation, wall_ms;
	int64_t chunk_began_ns;
	bool in_chunk;
	int lock_fd;
};

static void destroy(struct import *import)
{
	import_unlock(import->lock_fd);
	free(import);
}

static int begin_chunk(struct import *import)
{
	if (import->in_chunk)
		return 0;
	const int r = store_begin(import->store);
	import->in_chunk = r == 0;
	import->chunk_began_ns = clock_mono_ns();
	return r;
}

static int end_chunk(struct import *import)
{
	if (!import->in_chunk)
		return 0;
	import->in_chunk = false;
	return store_commit(import->store);
}

int attendee_import_pause(struct import *import)
{
	return end_chunk(import);
}

static int next_chunk(struct import *import)
{
	const int r = end_chunk(import);
	chunk_give_way();
	return r;
}

struct clearing {
	struct store *store;
	int64_t generation, before_ms;
};

static int run_clearing(const struct clearing *clearing, enum statement which)
{
	sqlite3_stmt *row = statement_use(clearing->store, which);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, clearing->generation);
	sqlite3_bind_int64(row, 2, clearing->before_ms);
	return statement_run(clearing->store, row);
}

static int clear_rows(void *context)
{
	const struct clearing *clearing = context;
	int r = run_clearing(clearing, ST_IMPORT_CLEAR_ROWS);
	if (r == 0 && sqlite3_changes(clearing->store->db) > 0)
		return 1;
	return r == 0 ? run_clearing(clearing, ST_IMPORT_CLEAR) : r;
}

static int clear(struct store *store, int64_t generation, int64_t before_ms)
{
	struct clearing clearing = { store, generation, before_ms };
	return chunk_run(store, clear_rows, &clearing);
}

static int add_generation(struct store *store, const char *source, int64_t wall_ms, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_GENERATION_ADD);
	if (!row)
		return -EIO;
	const char *slash = strrchr(source, '/');
	bind_text(row, 1, slash ? slash + 1 : source);
	sqlite3_bind_int64(row, 2, wall_ms);
	const int r = statement_run(store, row);
	*ret = sqlite3_last_insert_rowid(store->db);
	return r;
}

int attendee_import_begin(
	struct import **ret, struct store *store, const char *source, int64_t wall_ms)
{
	struct import *import = calloc(1, sizeof *import);
	if (!import)
		return -ENOMEM;
	import->store = store;
	import->wall_ms = wall_ms;
	int r = import_lock(store, &import->lock_fd);
	if (r == 0)
		r = attendee_import_resume(store);
	if (r == 0)
		r = clear(store, -1, wall_ms - ABANDONED_AFTER_MS);
	if (r == 0)
		r = import_before_clear(store, -1);
	if (r == 0)
		r = stamp_note(store, wall_ms);
	if (r == 0)
		r = add_generation(store, source, wall_ms, &import->generation);
	if (r == 0)
		r = chunk_hurry(store);
	if (r < 0) {
		destroy(import);
		return r;
	}
	*ret = import;
	return 0;
}

/* @alias: known under another name, which this spelling does not replace. */
static int stage_organisation(struct import *import, const struct attendee_row *from,
	const char *organisation, bool alias)
{
	const struct attendee *attendee = &from->attendee;
	sqlite3_stmt *row = statement_use(import->store, ST_IMPORT_ORGANISATION);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, import->generation);
	const char *const texts[] = { organisation, alias ? "" : attendee->organisation,
		attendee->organisation_kind, attendee->education_level, attendee->cluster,
		attendee->region, attendee->growth, from->kvk, from->town };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		bind_text(row, (int)i + 2, texts[i]);
	return statement_run(import->store, row);
}

static int stage_attendee(struct import *import, const struct attendee_row *row, const char *id,
	const char *organisation)
{
	sqlite3_stmt *insert = statement_use(import->store, ST_IMPORT_ROW);
	if (!insert)
		return -EIO;
	sqlite3_bind_int64(insert, 1, import->generation);
	bind_text(insert, 2, id);
	bind_text(insert, 3, row->attendee.given_name);
	bind_text(insert, 4, row->attendee.family_name);
	bind_text_or_null(insert, 5, organisation);
	bind_text(insert, 6, row->attendee.email);
	bind_text(insert, 7, row->attendee.language);
	bind_text(insert, 8, row->attendee.sessions);
	if (row->has_badge)
		bind_key(insert, 9, &row->key);
	sqlite3_bind_int64(insert, 10, row->line);
	return statement_run(import->store, insert);
}

/* What is there now, under the import's number. */
static int note_before(struct import *import, const struct attendee_row *row, const char *id,
	const char *organisation)
{
	int r = import_before_note(import->store, ST_BEFORE_ATTENDEE, import->generation, id);
	if (r == 0 && organisation[0])
		r = import_before_note(
			import->store, ST_BEFORE_ORGANISATION, import->generation, organisation);
	return r == 0 && row->has_badge
		       ? import_before_badge(import->store, import->generation, &row->key)
		       : r;
}

int attendee_import_row(struct import *import, const struct attendee_row *row)
{
	char organisation[ID_TEXT_SIZE] = "", id[ID_TEXT_SIZE];
	int r = begin_chunk(import);
	if (r == 0)
		r = attendee_row_whose(import->store, row, id);
	if (r == 0 && row->attendee.organisation[0]) {
		bool alias;
		r = organisation_resolve(
			import->store, row->attendee.organisation, row->kvk, organisation, &alias);
		if (r == 0)
			r = stage_organisation(import, row, organisation, alias);
	}
	if (r == 0)
		r = note_before(import, row, id, organisation);
	if (r == 0)
		r = stage_attendee(import, row, id, organisation);
	if (r < 0)
		return r;
	if (clock_mono_ns() - import->chunk_began_ns >= CHUNK_MS * 1000000LL)
		return next_chunk(import);
	return 0;
}

static int count_changes(struct import *import, struct import_counts *ret)
{
	sqlite3_stmt *row = statement_use(import->store, ST_IMPORT_COUNT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, import->generation);
	const int r = statement_step(import->store, row);
	if (r == 1) {
		ret->added = sqlite3_column_int64(row, 0);
		ret->changed = sqlite3_column_int64(row, 1);
		ret->same = sqlite3_column_int64(row, 2) - ret->added - ret->changed;
		ret->moved = sqlite3_column_int64(row, 3);
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

/* A list that was read whole, on its way to where everybody looks; @upto ends the next rows. */
struct flip {
	struct store *store;
	int64_t generation, wall_ms;
	char upto[ID_TEXT_SIZE];
};

static sqlite3_stmt *use_for(const struct flip *flip, enum statement which)
{
	sqlite3_stmt *row = statement_use(flip->store, which);
	if (!row)
		return NULL;
	sqlite3_bind_int64(row, 1, flip->generation);
	if (sqlite3_bind_parameter_count(row) > 1)
		sqlite3_bind_int64(row, 2, flip->wall_ms);
	if (sqlite3_bind_parameter_count(row) > 2)
		bind_text(row, 3, flip->upto);
	return row;
}

static int run_all(const struct flip *flip, const enum statement *steps, size_t count)
{
	int r = 0;
	for (size_t i = 0; i < count && r == 0; i++)
		r = statement_run(flip->store, use_for(flip, steps[i]));
	return r;
}

/* The last of the next rows: 1, or 0 when none are left. */
static int find_next(struct flip *flip, enum statement which)
{
	sqlite3_stmt *row = statement_use(flip->store, which);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, flip->generation);
	sqlite3_bind_int(row, 2, FLIP_ROWS);
	int r = statement_step(flip->store, row);
	if (r == 1)
		column_copy(flip->upto, sizeof flip->upto, row, 0);
	sqlite3_reset(row);
	return r == 1 ? flip->upto[0] != '\0' : r;
}

static int flip_organisations(void *context)
{
	static const enum statement steps[] = { ST_IMPORT_ORGANISATIONS,
		ST_IMPORT_ORGANISATIONS_DONE };
	struct flip *flip = context;
	const int found = find_next(flip, ST_IMPORT_NEXT_ORGANISATIONS);
	const int r = found == 1 ? run_all(flip, steps, 2) : found;
	return r < 0 ? r : found;
}

static int put_people(struct store *store, const void *context)
{
	static const enum statement steps[] = { ST_IMPORT_ATTENDEES, ST_IMPORT_CREDIT,
		ST_IMPORT_END_LINK, ST_IMPORT_LINK, ST_IMPORT_ATTENDEES_DONE };
	(void)store;
	return run_all(context, steps, sizeof steps / sizeof steps[0]);
}

static int flip_people(void *context)
{
	struct flip *flip = context;
	const int found = find_next(flip, ST_IMPORT_NEXT_ATTENDEES);
	if (found != 1)
		return found;
	int r = statement_run(flip->store, use_for(flip, ST_IMPORT_DROP_FORGOTTEN));
	if (r < 0)
		return r;
	sqlite3_stmt *badges = use_for(flip, ST_IMPORT_BADGES);
	r = badges ? counter_around_keys(flip->store, badges, put_people, flip) : -EIO;
	return r < 0 ? r : 1;
}

static int flip_all(struct flip *flip)
{
	int r = chunk_run(flip->store, flip_organisations, flip);
	if (r == 0)
		r = chunk_run(flip->store, flip_people, flip);
	return r == 0 ? clear(flip->store, flip->generation, 0) : r;
}

int attendee_import_resume(struct store *store)
{
	struct flip flip = { .store = store };
	int r = 0;
	while (r == 0) {
		sqlite3_stmt *row = statement_use(store, ST_GENERATION_DECIDED);
		r = statement_step(store, row);
		if (r == 1) {
			flip.generation = sqlite3_column_int64(row, 0);
			flip.wall_ms = sqlite3_column_int64(row, 1);
		}
		sqlite3_reset(row);
		if (r != 1)
			return r;
		r = flip_all(&flip);
	}
	return r;
}

/* From here on the list is in, whatever happens. */
static int decide(struct import *import, int64_t people)
{
	const int whole = import_before_is_whole(import->store, import->generation, people);
	int r = whole < 0 ? whole : store_begin(import->store);
	if (r < 0)
		return r;
	sqlite3_stmt *row = statement_use(import->store, ST_GENERATION_FINISH);
	if (row) {
		sqlite3_bind_int64(row, 1, import->generation);
		sqlite3_bind_int64(row, 2, import->wall_ms);
	}
	r = row ? statement_run(import->store, row) : -EIO;
	if (r == 0 && whole)
		r = import_before_keep(import->store, import->generation, import->wall_ms, people);
	if (r == 0)
		return store_commit(import->store);
	store_rollback(import->store);
	return r;
}

int attendee_import_finish(struct import *import, struct import_counts *ret)
{
	struct import_counts counts = { 0 };
	int r = end_chunk(import);
	if (r == 0)
		r = count_changes(import, &counts);
	if (r == 0)
		r = chunk_settle(import->store);
	if (r == 0)
		r = decide(import, counts.added + counts.changed + counts.same);
	if (r < 0) {
		attendee_import_abandon(import);
		return r;
	}
	r = attendee_import_resume(import->store);
	destroy(import);
	if (r == 0)
		*ret = counts;
	return r;
}

void attendee_import_abandon(struct import *import)
{
	if (!import)
		return;
	if (import->in_chunk)
		store_rollback(import->store);
	clear(import->store, import->generation, 0);
	destroy(import);
}
