#include "store/setting.h"

#include <errno.h>

#include "store/store_private.h"

int setting_get(struct store *store, const char *name, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_SETTING_GET);
	if (!row)
		return -EIO;
	bind_text(row, 1, name);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r == 1 ? 0 : r == 0 ? -ENOENT : r;
}

int setting_set(struct store *store, const char *name, int64_t value)
{
	sqlite3_stmt *row = statement_use(store, ST_SETTING_SET);
	if (!row)
		return -EIO;
	bind_text(row, 1, name);
	sqlite3_bind_int64(row, 2, value);
	return statement_run(store, row);
}
