#include "store/audit.h"

#include <errno.h>

#include "store/store_private.h"

int audit_add(struct store *store, const struct audit_entry *entry)
{
	sqlite3_stmt *row = statement_use(store, ST_AUDIT_ADD);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, entry->wall_ms);
	sqlite3_bind_int(row, 2, (int)entry->grade);
	bind_text(row, 3, entry->who);
	bind_text(row, 4, role_name(entry->role));
	bind_text(row, 5, entry->act);
	bind_text(row, 6, entry->object);
	bind_text(row, 7, entry->reason);
	return statement_run(store, row);
}

static void read_entry(struct audit_entry *ret, sqlite3_stmt *row)
{
	*ret = (struct audit_entry){
		.id = sqlite3_column_int64(row, 0),
		.wall_ms = sqlite3_column_int64(row, 1),
		.grade = (enum clock_grade)sqlite3_column_int(row, 2),
	};
	column_copy(ret->who, sizeof ret->who, row, 3);
	role_from_name(&ret->role, column_text(row, 4));
	column_copy(ret->act, sizeof ret->act, row, 5);
	column_copy(ret->object, sizeof ret->object, row, 6);
	column_copy(ret->reason, sizeof ret->reason, row, 7);
}

int audit_each(struct store *store, const struct audit_filter *filter, int limit,
	int (*row)(void *context, const struct audit_entry *entry), void *context)
{
	sqlite3_stmt *each = statement_use(store, ST_AUDIT_EACH);
	if (!each)
		return -EIO;
	sqlite3_bind_int64(each, 1, filter->from_ms);
	sqlite3_bind_int64(each, 2, filter->to_ms);
	bind_text_or_null(each, 3, filter->who ? filter->who : "");
	bind_text_or_null(each, 4, filter->act ? filter->act : "");
	sqlite3_bind_int64(each, 5, filter->before_id);
	sqlite3_bind_int(each, 6, limit);
	bind_text_or_null(each, 7, filter->object ? filter->object : "");
	int r;
	while ((r = statement_step(store, each)) == 1) {
		struct audit_entry entry;
		read_entry(&entry, each);
		r = row(context, &entry);
		if (r != 0)
			break;
	}
	sqlite3_reset(each);
	return r;
}

int audit_each_who(struct store *store, int (*row)(void *context, const char *who), void *context)
{
	sqlite3_stmt *each = statement_use(store, ST_AUDIT_WHO);
	int r;
	while ((r = statement_step(store, each)) == 1) {
		r = row(context, column_text(each, 0));
		if (r != 0)
			break;
	}
	sqlite3_reset(each);
	return r;
}
