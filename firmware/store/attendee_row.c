#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/seal.h"
#include "core/text.h"
#include "store/attendee.h"
#include "store/badge.h"
#include "store/organisation.h"
#include "store/privacy.h"
#include "store/store_private.h"

#define FULL_NAME_SIZE (2 * NAME_SIZE)
#define SEED_SIZE (FULL_NAME_SIZE + ORGANISATION_SIZE + 64)

void attendee_row_of(struct attendee_row *ret, const struct attendee_line *line, unsigned number,
	const struct venue_key *key)
{
	struct attendee *to = &ret->attendee;
	*ret = (struct attendee_row){ .has_badge = line->identity.kind != IDENTITY_NONE,
		.line = number };
	if (ret->has_badge)
		seal_badge(&ret->key, key, &line->identity);
	const struct {
		char *field;
		size_t size;
		enum attendee_column column;
	} fields[] = {
		{ to->given_name, sizeof to->given_name, COLUMN_GIVEN_NAME },
		{ to->family_name, sizeof to->family_name, COLUMN_FAMILY_NAME },
		{ to->organisation, sizeof to->organisation, COLUMN_ORGANISATION },
		{ to->organisation_kind, sizeof to->organisation_kind, COLUMN_ORGANISATION_KIND },
		{ to->education_level, sizeof to->education_level, COLUMN_EDUCATION_LEVEL },
		{ to->cluster, sizeof to->cluster, COLUMN_CLUSTER },
		{ to->region, sizeof to->region, COLUMN_REGION },
		{ to->growth, sizeof to->growth, COLUMN_GROWTH },
		{ to->email, sizeof to->email, COLUMN_EMAIL },
		{ to->language, sizeof to->language, COLUMN_LANGUAGE },
		{ to->sessions, sizeof to->sessions, COLUMN_SESSIONS },
		{ ret->kvk, sizeof ret->kvk, COLUMN_KVK },
		{ ret->town, sizeof ret->town, COLUMN_TOWN },
	};
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		utf8_clip(fields[i].field, fields[i].size, line->values[fields[i].column]);
}

static bool is_named(const struct attendee *person)
{
	return person->given_name[0] || person->family_name[0];
}

static void name_of(char ret[FULL_NAME_SIZE], const struct attendee *person)
{
	snprintf(ret, FULL_NAME_SIZE, "%s%s%s", person->given_name,
		person->given_name[0] && person->family_name[0] ? " " : "", person->family_name);
}

static void badge_seed(char ret[SEED_SIZE], const struct attendee_row *row)
{
	char key[BADGE_KEY_TEXT_SIZE], name[FULL_NAME_SIZE];
	badge_key_text(&row->key, key);
	name_of(name, &row->attendee);
	snprintf(ret, SEED_SIZE, "%s%s%s", key, name[0] ? " " : "", name);
}

/* The @number-th id of a seed: the first, or one in place of those that were forgotten. */
static void id_of(char ret[ID_TEXT_SIZE], const char *seed, unsigned number)
{
	char name[SEED_SIZE], folded[SEED_SIZE];
	text_fold(folded, sizeof folded, seed);
	if (number < 2)
		snprintf(name, sizeof name, "%s", folded);
	else
		snprintf(name, sizeof name, "%.*s#%u", SEED_SIZE - 16, folded, number);
	uuid_of_name(ret, "attendee", name);
}

/* Whoever imports the same person again, here or on another kiosk, gets the same id. */
static void seed_of(char ret[SEED_SIZE], const struct attendee_row *row)
{
	char organisation[ORGANISATION_KEY_SIZE];
	const struct attendee *attendee = &row->attendee;
	organisation_key(organisation, attendee->organisation);
	if (attendee->email[0])
		snprintf(ret, SEED_SIZE, "email %s", attendee->email);
	else if (row->has_badge)
		badge_seed(ret, row);
	else
		snprintf(ret, SEED_SIZE, "name %s %s, %s", attendee->given_name,
			attendee->family_name, organisation);
}

void attendee_row_id(char ret[ID_TEXT_SIZE], const struct attendee_row *row)
{
	char seed[SEED_SIZE];
	seed_of(seed, row);
	id_of(ret, seed, 1);
}

/* 1, or 0 when nobody has the address. */
static int find_by_mail(struct store *store, const struct attendee_row *row, char ret[ID_TEXT_SIZE])
{
	sqlite3_stmt *find = statement_use(store, ST_PERSON_OF_MAIL);
	char first[ID_TEXT_SIZE];
	if (!find)
		return -EIO;
	attendee_row_id(first, row);
	bind_text(find, 1, row->attendee.email);
	bind_text(find, 2, first);
	const int r = statement_step(store, find);
	if (r == 1)
		column_copy(ret, ID_TEXT_SIZE, find, 0);
	sqlite3_reset(find);
	return r;
}

/* The id that a badge alone gives: of a row without a name, and of any from before names counted.
 */
static void id_of_badge(char ret[ID_TEXT_SIZE], const struct attendee_row *row)
{
	char key[BADGE_KEY_TEXT_SIZE];
	badge_key_text(&row->key, key);
	id_of(ret, key, 1);
}

static bool is_bearer(
	const struct attendee *person, const struct attendee_row *row, const char *badge_alone)
{
	char one[FULL_NAME_SIZE], other[FULL_NAME_SIZE];
	if (person->email[0])
		return false;
	if (!is_named(&row->attendee))
		return true;
	if (!is_named(person))
		return strcmp(person->id, badge_alone) == 0;
	name_of(one, person);
	name_of(other, &row->attendee);
	return text_equal_folded(one, other);
}

/* 1 when the badge of a row without e-mail is, or was, of who is called so; else 0. */
static int find_bearer(struct store *store, const struct attendee_row *row, char ret[ID_TEXT_SIZE])
{
	struct badge_owner owner = { .known = false };
	struct attendee before = { .id = "" };
	char badge_alone[ID_TEXT_SIZE];
	id_of_badge(badge_alone, row);
	int r = badge_find_owner(store, &row->key, &owner);
	if (r == 0 && owner.known && is_bearer(&owner.attendee, row, badge_alone)) {
		memcpy(ret, owner.attendee.id, ID_TEXT_SIZE);
		return 1;
	}
	if (r == 0)
		r = attendee_by_id(store, badge_alone, &before);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (!is_bearer(&before, row, badge_alone))
		return 0;
	memcpy(ret, before.id, ID_TEXT_SIZE);
	return 1;
}

/* Forgotten, and not only because the list that named them was put back. */
static bool is_gone(struct store *store, const char *id)
{
	sqlite3_stmt *row = statement_use(store, ST_IS_GONE);
	if (!row)
		return false;
	bind_text(row, 1, id);
	const bool gone = statement_step(store, row) == 1;
	sqlite3_reset(row);
	return gone;
}

int attendee_row_whose(struct store *store, const struct attendee_row *row, char ret[ID_TEXT_SIZE])
{
	char seed[SEED_SIZE];
	unsigned number = 1;
	const int r = row->attendee.email[0] ? find_by_mail(store, row, ret)
		      : row->has_badge       ? find_bearer(store, row, ret)
					     : 0;
	if (r != 0)
		return r < 0 ? r : 0;
	seed_of(seed, row);
	id_of(ret, seed, number);
	while (is_gone(store, ret))
		id_of(ret, seed, ++number);
	return 0;
}

/* When who has this id was forgotten; INT64_MIN for nobody. */
static int64_t forgotten_at(struct store *store, const char *id)
{
	int64_t at_ms = INT64_MIN;
	sqlite3_stmt *row = statement_use(store, ST_IS_FORGOTTEN);
	if (!row)
		return at_ms;
	bind_text(row, 1, id);
	if (statement_step(store, row) == 1)
		at_ms = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return at_ms;
}

bool attendee_row_is_forgotten(
	struct store *store, const struct attendee_row *row, int64_t since_ms)
{
	char seed[SEED_SIZE], id[ID_TEXT_SIZE];
	int64_t at_ms = INT64_MIN;
	unsigned number = 1;
	seed_of(seed, row);
	do {
		id_of(id, seed, number++);
		at_ms = forgotten_at(store, id);
	} while (at_ms != INT64_MIN && at_ms < since_ms);
	return at_ms != INT64_MIN;
}

bool attendee_forgotten_since(struct store *store, int64_t since_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_FORGOTTEN_SINCE);
	if (!row)
		return false;
	sqlite3_bind_int64(row, 1, since_ms);
	const bool found = statement_step(store, row) == 1;
	sqlite3_reset(row);
	return found;
}
