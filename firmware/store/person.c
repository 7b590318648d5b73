#include "store/person.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "core/text.h"
#include "store/organisation.h"
#include "store/stamp.h"
#include "store/store_private.h"

#define TAPS_AT_ONCE 250

static void key_of(sqlite3_stmt *row, int column, struct badge_key *ret)
{
	if (sqlite3_column_bytes(row, column) == BADGE_KEY_BYTES)
		memcpy(ret->bytes, sqlite3_column_blob(row, column), BADGE_KEY_BYTES);
}

/* Corrects the time of a tap whose boot, monotonic time and grade stand from @column on. Whether it
 * can be relied on. */
static bool correct_time(
	sqlite3_stmt *row, int column, const struct anchors *anchors, int64_t *wall_ms)
{
	struct moment raw = { .mono_ms = sqlite3_column_int64(row, column + 1),
		.wall_ms = *wall_ms,
		.grade = (enum clock_grade)sqlite3_column_int(row, column + 2) };
	if (sqlite3_column_bytes(row, column) == BOOT_ID_BYTES)
		memcpy(raw.boot.bytes, sqlite3_column_blob(row, column), BOOT_ID_BYTES);
	return clock_is_trusted(clock_repair(&raw, anchors->list, anchors->count, wall_ms, NULL));
}

static void fill_person(sqlite3_stmt *row, struct person_row *ret)
{
	*ret = (struct person_row){
		.id = column_text(row, 0),
		.given_name = column_text(row, 1),
		.family_name = column_text(row, 2),
		.organisation_id = column_text(row, 3),
		.organisation = column_text(row, 4),
		.organisation_kind = column_text(row, 5),
		.cluster = column_text(row, 6),
		.email = column_text(row, 7),
		.has_badge = sqlite3_column_type(row, 8) == SQLITE_BLOB,
		.blocked = sqlite3_column_int(row, 9) != 0,
		.origin = column_text(row, 11),
	};
	key_of(row, 8, &ret->key);
}

int person_each(struct store *store, enum person_sort sort,
	int (*take)(void *context, const struct person_row *person), void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_PERSON_EACH);
	int r;
	if (!row)
		return -EIO;
	sqlite3_bind_int(row, 1, (int)sort);
	while ((r = statement_step(store, row)) == 1) {
		struct person_row person;
		fill_person(row, &person);
		r = take(context, &person);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

static void fill_tap(sqlite3_stmt *row, const struct anchors *anchors, struct person_tap *ret)
{
	*ret = (struct person_tap){
		.seq = sqlite3_column_int64(row, 0),
		.wall_ms = sqlite3_column_int64(row, 1),
		.direction = (enum direction)sqlite3_column_int(row, 3),
		.counts = sqlite3_column_int(row, 4) != 0,
		.by_hand = strcmp(column_text(row, 8), "by-hand") == 0,
		.kiosk = column_text(row, 5),
		.session = column_text(row, 6),
		.undone = sqlite3_column_type(row, 9) != SQLITE_NULL,
		.undone_reason = column_text(row, 9),
		.undone_ms = sqlite3_column_int64(row, 10),
		.who = column_text(row, 11),
		.reason = column_text(row, 12),
		.undone_who = column_text(row, 13),
		.log_id = column_text(row, 14),
	};
	verdict_from_name(&ret->verdict, column_text(row, 2));
	key_of(row, 7, &ret->key);
	ret->sure = correct_time(row, 15, anchors, &ret->wall_ms);
}

void person_id_key(const char *attendee, struct badge_key *ret)
{
	char text[UUID_TEXT_SIZE], digits[BADGE_KEY_TEXT_SIZE] = "";
	size_t length = 0;
	uuid_of_name(text, "by hand", attendee);
	for (const char *c = text; *c; c++)
		if (*c != '-' && length < sizeof digits - 1)
			digits[length++] = *c;
	badge_key_from_text(ret, digits);
}

/* Up to where a log was read, by the times as they are read now. */
struct place {
	int64_t at_ms, seq;
	char log_id[ID_TEXT_SIZE];
};

/* The next taps, older than @after, which moves on; *@ret_count says how many. */
static int take_some(struct store *store, const char *attendee, const struct anchors *anchors,
	struct place *after, int (*take)(void *context, const struct person_tap *tap),
	void *context, int *ret_count)
{
	struct badge_key by_id = { .bytes = { 0 } };
	const struct place from = *after;
	sqlite3_stmt *row = statement_use(store, ST_PERSON_TAPS);
	int r;
	*ret_count = 0;
	if (!row)
		return -EIO;
	person_id_key(attendee, &by_id);
	bind_text(row, 1, attendee);
	bind_key(row, 2, &by_id);
	sqlite3_bind_int64(row, 3, from.at_ms);
	sqlite3_bind_int64(row, 4, from.seq);
	bind_text(row, 5, from.log_id);
	sqlite3_bind_int(row, 6, TAPS_AT_ONCE);
	while ((r = statement_step(store, row)) == 1) {
		struct person_tap tap;
		fill_tap(row, anchors, &tap);
		*after = (struct place){ .at_ms = sqlite3_column_int64(row, 18), .seq = tap.seq };
		utf8_clip(after->log_id, sizeof after->log_id, tap.log_id);
		++*ret_count;
		r = take(context, &tap);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int person_tap_each(struct store *store, const char *attendee,
	int (*take)(void *context, const struct person_tap *tap), void *context)
{
	struct place after = { .at_ms = INT64_MAX };
	struct anchors anchors = { .list = NULL };
	int count = TAPS_AT_ONCE, r = anchors_load(store, &anchors);
	while (r == 0 && count == TAPS_AT_ONCE)
		r = take_some(store, attendee, &anchors, &after, take, context, &count);
	free(anchors.list);
	return r;
}

int person_badge(
	struct store *store, const char *attendee, struct badge_key *ret, int64_t *ret_since_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_PERSON_BADGE);
	if (!row)
		return -EIO;
	bind_text(row, 1, attendee);
	const int r = statement_step(store, row);
	if (r == 1) {
		key_of(row, 0, ret);
		if (ret_since_ms)
			*ret_since_ms = sqlite3_column_int64(row, 1);
	}
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int person_entry_key(struct store *store, const char *attendee, struct badge_key *ret)
{
	const int r = person_badge(store, attendee, ret, NULL);
	if (r != -ENOENT)
		return r;
	person_id_key(attendee, ret);
	return 0;
}

/* Who has the e-mail address, but for @person; "" for nobody. */
static int owner_of_email(
	struct store *store, const struct attendee *person, char ret[ID_TEXT_SIZE])
{
	struct attendee other;
	ret[0] = '\0';
	if (!person->email[0])
		return 0;
	const int r = attendee_find(store, person->email, &other);
	if (r == 0 && strcmp(other.id, person->id) != 0)
		utf8_clip(ret, ID_TEXT_SIZE, other.id);
	return r == -ENOENT ? 0 : r;
}

/* The texts and then the time of the change. */
static int run_texts(struct store *store, enum statement which, const char *const *texts, int count,
	int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	for (int i = 0; i < count; i++)
		bind_text_or_null(row, i + 1, texts[i]);
	sqlite3_bind_int64(row, count + 1, wall_ms);
	return statement_run(store, row);
}

static int save_both(struct store *store, const struct attendee *person)
{
	const int64_t wall_ms = clock_wall_ms();
	char organisation[ID_TEXT_SIZE] = "";
	if (person->organisation[0]) {
		const char *const texts[] = { organisation, person->organisation };
		bool alias;
		int r = organisation_resolve(store, person->organisation, "", organisation, &alias);
		if (r == 0)
			r = run_texts(store, ST_PERSON_ORGANISATION, texts, 2, wall_ms);
		if (r < 0)
			return r;
	}
	const char *const texts[] = { person->id, person->given_name, person->family_name,
		organisation, person->email, person->language };
	const int r = run_texts(store, ST_PERSON_SAVE, texts, 6, wall_ms);
	if (r == 0 && sqlite3_changes(store->db) == 0)
		return -ENOENT;
	return r == 0 ? stamp_note(store, wall_ms) : r;
}

int person_save(struct store *store, struct attendee *person)
{
	char other[ID_TEXT_SIZE];
	int r = owner_of_email(store, person, other);
	if (r == 0 && other[0]) {
		utf8_clip(person->id, sizeof person->id, other);
		return -EEXIST;
	}
	if (r == 0 && !person->id[0])
		uuid_draw(person->id, clock_wall_ms());
	if (r == 0)
		r = store_begin(store);
	if (r < 0)
		return r;
	r = save_both(store, person);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int hand_note_add(struct store *store, const char *log_id, int64_t seq, enum hand_act act,
	const char *who, const char *reason, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_HAND_NOTE);
	if (!row)
		return -EIO;
	bind_text(row, 1, log_id);
	sqlite3_bind_int64(row, 2, seq);
	bind_text(row, 3, act == HAND_ENTERED ? "entered" : "undone");
	bind_text(row, 4, who);
	bind_text(row, 5, reason);
	sqlite3_bind_int64(row, 6, wall_ms);
	return statement_run(store, row);
}
