#include <errno.h>
#include <string.h>

#include "store/chunk.h"
#include "store/counter.h"
#include "store/merge_private.h"
#include "store/privacy.h"

/* A tap of any log, which may not be here yet. */
struct tap_name {
	char log_id[ID_TEXT_SIZE];
	int64_t seq;
};

static int key_of_tap(struct store *store, const struct tap_name *tap, struct badge_key *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_MERGE_TAP_KEY);
	if (!row)
		return -EIO;
	bind_text(row, 1, tap->log_id);
	sqlite3_bind_int64(row, 2, tap->seq);
	const int r = statement_step(store, row);
	if (r == 1)
		memcpy(ret->bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
	sqlite3_reset(row);
	return r;
}

/* Runs @row, which changes what @tap counts for; a tap that is not here counts for nothing yet. */
static int change_tap(struct store *store, const struct tap_name *tap, sqlite3_stmt *row)
{
	struct badge_key key;
	const int here = key_of_tap(store, tap, &key);
	int r = here < 0 ? here : here ? counter_leave(store, &key) : 0;
	if (r == 0)
		r = statement_run(store, row);
	return r == 0 && here ? counter_enter(store, &key) : r;
}

struct correction {
	struct tap_name tap;
	int64_t made_ms;
	char reason[512];
};

static int add_correction(struct store *store, const struct correction *correction)
{
	sqlite3_stmt *row = statement_use(store, ST_MERGE_CORRECTION_ADD);
	if (!row)
		return -EIO;
	bind_text(row, 1, correction->tap.log_id);
	sqlite3_bind_int64(row, 2, correction->tap.seq);
	sqlite3_bind_int64(row, 3, correction->made_ms);
	bind_text(row, 4, correction->reason);
	return change_tap(store, &correction->tap, row);
}

/* 1 and the seq of what stands in the tap's place, 0 for nothing, or -errno. */
static int find_replaced(struct store *store, const struct tap_name *tap, int64_t *ret_seq)
{
	struct badge_key key;
	const int here = key_of_tap(store, tap, &key);
	if (here != 1)
		return here;
	sqlite3_stmt *row = statement_use(store, ST_MERGE_REPLACED);
	if (!row)
		return -EIO;
	bind_key(row, 1, &key);
	bind_text(row, 2, tap->log_id);
	sqlite3_bind_int64(row, 3, tap->seq);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret_seq = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r;
}

/* Whoever takes a tap back does not know that it was counted anew meanwhile, perhaps twice. */
static int correct_replaced(struct store *store, struct correction *correction)
{
	int r;
	if (strcmp(correction->reason, REASON_CLOCK) == 0)
		return 0;
	while ((r = find_replaced(store, &correction->tap, &correction->tap.seq)) == 1) {
		r = add_correction(store, correction);
		if (r < 0)
			return r;
	}
	return r;
}

struct corrections {
	struct store *store;
	int64_t count;
};

static int take_correction(void *context)
{
	struct corrections *taking = context;
	struct correction correction = { .made_ms = 0 };
	sqlite3_stmt *row = statement_use(taking->store, ST_MERGE_CORRECTION_NEXT);
	int r = statement_step(taking->store, row);
	if (r != 1)
		return r;
	column_copy(correction.tap.log_id, sizeof correction.tap.log_id, row, 0);
	correction.tap.seq = sqlite3_column_int64(row, 1);
	correction.made_ms = sqlite3_column_int64(row, 2);
	column_copy(correction.reason, sizeof correction.reason, row, 3);
	sqlite3_reset(row);

	taking->count++;
	r = add_correction(taking->store, &correction);
	if (r == 0)
		r = correct_replaced(taking->store, &correction);
	return r < 0 ? r : 1;
}

int merge_corrections(struct store *store, int64_t *ret_count)
{
	struct corrections taking = { .store = store };
	const int r = chunk_run(store, take_correction, &taking);
	*ret_count = taking.count;
	return r;
}

struct credits {
	struct store *store;
	struct tap_name last;
};

static int take_credit(void *context)
{
	struct credits *taking = context;
	char attendee[ID_TEXT_SIZE] = "";
	sqlite3_stmt *row = statement_use(taking->store, ST_MERGE_CREDIT_NEXT);
	if (!row)
		return -EIO;
	const struct tap_name before = taking->last;
	bind_text(row, 1, before.log_id);
	sqlite3_bind_int64(row, 2, before.seq);
	const int r = statement_step(taking->store, row);
	if (r == 1) {
		column_copy(taking->last.log_id, sizeof taking->last.log_id, row, 0);
		taking->last.seq = sqlite3_column_int64(row, 1);
		column_copy(attendee, sizeof attendee, row, 2);
	}
	sqlite3_reset(row);
	if (r != 1)
		return r;

	row = statement_use(taking->store, ST_MERGE_CREDIT_PUT);
	if (!row)
		return -EIO;
	bind_text(row, 1, taking->last.log_id);
	sqlite3_bind_int64(row, 2, taking->last.seq);
	bind_text(row, 3, attendee);
	const int put = change_tap(taking->store, &taking->last, row);
	return put < 0 ? put : 1;
}

int merge_credits(struct store *store)
{
	struct credits taking = { .store = store };
	return chunk_run(store, take_credit, &taking);
}

struct links {
	struct store *store;
	struct badge_key last;
	bool begun;
};

/* The next badge of which the other knows a link that is not here: 1, 0 none left. */
static int next_badge(struct links *taking)
{
	sqlite3_stmt *row = statement_use(taking->store, ST_MERGE_LINK_NEXT);
	if (!row)
		return -EIO;
	const struct badge_key before = taking->last;
	sqlite3_bind_blob(row, 1, before.bytes, taking->begun ? BADGE_KEY_BYTES : 0, SQLITE_STATIC);
	const int r = statement_step(taking->store, row);
	if (r == 1)
		memcpy(taking->last.bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
	sqlite3_reset(row);
	taking->begun = true;
	return r;
}

/* A badge's links follow each other: one ends where the next begins, whoever knew of it, or when
 * somebody ended it. All that is kept of both is when which began, and was ended. */
static int join_links(struct store *store, const struct badge_key *key)
{
	static const enum statement steps[] = { ST_MERGE_LINK_COLLECT, ST_MERGE_LINK_DROP,
		ST_MERGE_LINK_PUT, ST_MERGE_LINK_DONE };
	int r = 0;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && r == 0; i++) {
		sqlite3_stmt *row = statement_use(store, steps[i]);
		if (!row)
			return -EIO;
		if (sqlite3_bind_parameter_count(row) > 0)
			bind_key(row, 1, key);
		r = statement_run(store, row);
	}
	return r;
}

static int take_links(void *context)
{
	struct links *taking = context;
	int r = next_badge(taking);
	if (r != 1)
		return r;
	r = counter_leave(taking->store, &taking->last);
	if (r == 0)
		r = join_links(taking->store, &taking->last);
	if (r == 0)
		r = counter_enter(taking->store, &taking->last);
	return r < 0 ? r : 1;
}

int merge_links(struct store *store)
{
	struct links taking = { .store = store };
	if (sqlite3_exec(store->db,
		    "CREATE TEMP TABLE IF NOT EXISTS joined_link (badge_key, attendee, from_ms, "
		    "listed, ended_ms)",
		    NULL, NULL, NULL) != SQLITE_OK)
		return statement_trouble(store);
	return chunk_run(store, take_links, &taking);
}

struct forgotten {
	struct store *store;
	char last[ID_TEXT_SIZE];
};

static int end_links(void *context)
{
	struct forgotten *taking = context;
	sqlite3_stmt *row = statement_use(taking->store, ST_MERGE_FORGOTTEN_NEXT);
	if (!row)
		return -EIO;
	char before[ID_TEXT_SIZE];
	memcpy(before, taking->last, sizeof before);
	bind_text(row, 1, before);
	const int r = statement_step(taking->store, row);
	if (r == 1)
		column_copy(taking->last, sizeof taking->last, row, 0);
	sqlite3_reset(row);
	if (r != 1)
		return r;
	const int ended = privacy_end_links(taking->store, taking->last);
	return ended < 0 ? ended : 1;
}

/* Notes go with the person whose tap they are about. */
static int take_notes(void *context)
{
	struct store *store = context;
	const int r = statement_run(store, statement_use(store, ST_MERGE_NOTES));
	return r < 0 ? r : statement_run(store, statement_use(store, ST_MERGE_NOTES_FORGET));
}

int merge_notes(struct store *store)
{
	return chunk_run(store, take_notes, store);
}

/* Who is forgotten on either side stays forgotten, and keeps the taps that came along. */
int merge_forgotten(struct store *store)
{
	struct forgotten taking = { .store = store };
	return chunk_run(store, end_links, &taking);
}
