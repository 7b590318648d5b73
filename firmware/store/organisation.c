#include "store/organisation.h"

#include <errno.h>
#include <string.h>

#include "base/seal.h"
#include "core/text.h"
#include "store/store_private.h"

static void fill(sqlite3_stmt *row, struct organisation *ret)
{
	*ret = (struct organisation){ .people = sqlite3_column_int64(row, 10),
		.to_check = sqlite3_column_int(row, 11) != 0 };
	column_copy(ret->id, sizeof ret->id, row, 0);
	column_copy(ret->name, sizeof ret->name, row, 1);
	column_copy(ret->kind, sizeof ret->kind, row, 2);
	column_copy(ret->education_level, sizeof ret->education_level, row, 3);
	column_copy(ret->cluster, sizeof ret->cluster, row, 4);
	column_copy(ret->region, sizeof ret->region, row, 5);
	column_copy(ret->growth, sizeof ret->growth, row, 6);
	column_copy(ret->kvk, sizeof ret->kvk, row, 7);
	column_copy(ret->town, sizeof ret->town, row, 8);
	column_copy(ret->same_as, sizeof ret->same_as, row, 9);
}

/* The only text that @which answers to @text: 1, or 0 for none. */
static int look_up(
	struct store *store, enum statement which, const char *text, char ret[ID_TEXT_SIZE])
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	bind_text(row, 1, text);
	const int r = statement_step(store, row);
	if (r == 1)
		column_copy(ret, ID_TEXT_SIZE, row, 0);
	sqlite3_reset(row);
	return r;
}

int organisation_resolve(struct store *store, const char *name, const char *kvk,
	char ret_id[ID_TEXT_SIZE], bool *ret_alias)
{
	char key[ORGANISATION_KEY_SIZE], named[ID_TEXT_SIZE], known[ID_TEXT_SIZE];
	if (organisation_key(key, name) == 0)
		utf8_clip(key, sizeof key, name); /* a name of signs alone is its own key */
	uuid_of_name(named, "organisation", key);
	int r = kvk[0] ? look_up(store, ST_ORGANISATION_BY_KVK, kvk, known) : 0;
	if (r == 0)
		r = look_up(store, ST_ORGANISATION_BY_ALIAS, key, known);
	if (r < 0)
		return r;
	memcpy(ret_id, r == 1 ? known : named, ID_TEXT_SIZE);
	*ret_alias = strcmp(ret_id, named) != 0;
	return 0;
}

static int load(struct store *store, const char *id, struct organisation *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_ORGANISATION_LOAD);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	const int r = statement_step(store, row);
	if (r == 1)
		fill(row, ret);
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int organisation_find(struct store *store, const char *who, struct organisation *ret)
{
	char id[ID_TEXT_SIZE], kvk[KVK_SIZE] = "";
	bool alias;
	int r = load(store, who, ret);
	if (r != -ENOENT)
		return r;
	kvk_read(kvk, who);
	r = organisation_resolve(store, who, kvk, id, &alias);
	return r == 0 ? load(store, id, ret) : r;
}

int organisation_each(struct store *store,
	int (*take)(void *context, const struct organisation *organisation), void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_ORGANISATION_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct organisation organisation;
		fill(row, &organisation);
		r = take(context, &organisation);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

static int run(struct store *store, enum statement which, const char *one, const char *other,
	int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	if (one)
		bind_text(row, 1, one);
	if (other)
		bind_text(row, 2, other);
	if (wall_ms)
		sqlite3_bind_int64(row, 3, wall_ms);
	return statement_run(store, row);
}

/* In one transaction: the statement, and what all merges together then say. */
static int change_merges(struct store *store, enum statement which, const char *one,
	const char *into, int64_t wall_ms)
{
	int r = store_begin(store);
	if (r == 0)
		r = run(store, which, one, into, wall_ms);
	if (r == 0 && sqlite3_changes(store->db) == 0)
		r = -ENOENT;
	if (r == 0)
		r = run(store, ST_ORGANISATION_ROOTS, NULL, NULL, 0);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int organisation_merge(struct store *store, const char *one, const char *into, int64_t wall_ms)
{
	char root[ID_TEXT_SIZE];
	struct organisation merged;
	int r = load(store, one, &merged);
	if (r < 0 || merged.same_as[0])
		return r < 0 ? r : -EEXIST;
	r = look_up(store, ST_ORGANISATION_ROOT, into, root);
	if (r <= 0)
		return r < 0 ? r : -ENOENT;
	if (strcmp(root, one) == 0)
		return -ELOOP;
	return change_merges(store, ST_ORGANISATION_MERGE, one, into, wall_ms);
}

int organisation_split(struct store *store, const char *one, int64_t wall_ms)
{
	return change_merges(store, ST_ORGANISATION_SPLIT, one, NULL, wall_ms);
}

int organisation_alias(struct store *store, const char *organisation, const char *name)
{
	char key[ORGANISATION_KEY_SIZE], id[ID_TEXT_SIZE];
	struct organisation other;
	bool alias;
	int r = organisation_resolve(store, name, "", id, &alias);
	if (r < 0)
		return r;
	if (strcmp(id, organisation) == 0)
		return 0;
	r = load(store, id, &other);
	if (r != -ENOENT)
		return r == 0 ? -EEXIST : r;
	if (organisation_key(key, name) == 0)
		return -EINVAL;
	sqlite3_stmt *row = statement_use(store, ST_ORGANISATION_ALIAS);
	if (!row)
		return -EIO;
	bind_text(row, 1, key);
	bind_text(row, 2, organisation);
	bind_text(row, 3, name);
	return statement_run(store, row);
}

int organisation_distinct(struct store *store, const char *one, const char *other, int64_t wall_ms)
{
	const bool in_order = strcmp(one, other) < 0;
	const int r = run(store, ST_ORGANISATION_DISTINCT, in_order ? one : other,
		in_order ? other : one, wall_ms);
	return r == 0 && sqlite3_changes(store->db) == 0 ? -EEXIST : r;
}

int organisation_describe(
	struct store *store, const struct organisation *organisation, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_ORGANISATION_DESCRIBE);
	if (!row)
		return -EIO;
	const char *const texts[] = { organisation->id, organisation->kind,
		organisation->education_level, organisation->cluster, organisation->region,
		organisation->growth, organisation->town };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		bind_text(row, (int)i + 1, texts[i]);
	sqlite3_bind_int64(row, 8, wall_ms);
	const int r = statement_run(store, row);
	return r < 0 ? r : sqlite3_changes(store->db) == 1 ? 0 : -ENOENT;
}
