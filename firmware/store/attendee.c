#include "store/attendee.h"

#include <errno.h>
#include <string.h>

#include "store/store_private.h"

void attendee_of_row(sqlite3_stmt *row, struct attendee *ret)
{
	*ret = (struct attendee){ .id = "" };
	column_copy(ret->id, sizeof ret->id, row, 0);
	column_copy(ret->given_name, sizeof ret->given_name, row, 1);
	column_copy(ret->family_name, sizeof ret->family_name, row, 2);
	column_copy(ret->organisation, sizeof ret->organisation, row, 3);
	column_copy(ret->organisation_kind, sizeof ret->organisation_kind, row, 4);
	column_copy(ret->education_level, sizeof ret->education_level, row, 5);
	column_copy(ret->cluster, sizeof ret->cluster, row, 6);
	column_copy(ret->region, sizeof ret->region, row, 7);
	column_copy(ret->growth, sizeof ret->growth, row, 8);
	column_copy(ret->email, sizeof ret->email, row, 9);
	column_copy(ret->language, sizeof ret->language, row, 10);
	column_copy(ret->sessions, sizeof ret->sessions, row, 11);
}

int attendee_by_id(struct store *store, const char *id, struct attendee *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_PERSON_FIND);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	const int r = statement_step(store, row);
	if (r == 1)
		attendee_of_row(row, ret);
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int attendee_origin(struct store *store, const char *id, struct attendee_origin *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_PERSON_ORIGIN);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	const int r = statement_step(store, row);
	if (r == 1) {
		column_copy(ret->kind, sizeof ret->kind, row, 0);
		column_copy(ret->file, sizeof ret->file, row, 1);
		ret->line = (unsigned)sqlite3_column_int64(row, 2);
		ret->wall_ms = sqlite3_column_int64(row, 3);
	}
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int attendee_find(struct store *store, const char *who, struct attendee *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_ATTENDEE_FIND);
	if (!row)
		return -EIO;
	bind_text(row, 1, who);
	struct attendee attendee;
	int r = statement_step(store, row);
	if (r == 1) {
		attendee_of_row(row, &attendee);
		r = statement_step(store, row);
		if (r == 0)
			*ret = attendee;
		else if (r == 1)
			r = -EEXIST;
	} else if (r == 0) {
		r = -ENOENT;
	}
	sqlite3_reset(row);
	return r;
}

int attendee_each(struct store *store, int (*take)(void *context, const struct attendee *attendee),
	void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_ATTENDEE_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct attendee attendee;
		attendee_of_row(row, &attendee);
		r = take(context, &attendee);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int attendee_count(struct store *store, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_ATTENDEE_COUNT);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}
