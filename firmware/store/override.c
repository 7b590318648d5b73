#include "store/override.h"

#include <errno.h>
#include <string.h>

#include "store/store_private.h"

int override_load(struct store *store, struct overrides *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_OVERRIDE_EACH);
	struct overrides found;
	int r = -EIO;

	memset(&found, 0, sizeof found);
	while (row && found.count < OVERRIDABLE_COUNT && (r = statement_step(store, row)) == 1) {
		struct override *to = &found.rows[found.count];
		if (!overridable_is(column_text(row, 0), column_text(row, 1)))
			continue;
		column_copy(to->section, sizeof to->section, row, 0);
		column_copy(to->name, sizeof to->name, row, 1);
		column_copy(to->value, sizeof to->value, row, 2);
		column_copy(to->origin, sizeof to->origin, row, 3);
		found.count++;
	}
	sqlite3_reset(row);
	if (r < 0)
		return r;
	*ret = found;
	return 0;
}

int override_put(struct store *store, const char *section, const char *name, const char *value,
	const char *origin, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_OVERRIDE_PUT);
	if (!row)
		return -EIO;
	bind_text(row, 1, section);
	bind_text(row, 2, name);
	bind_text(row, 3, value);
	bind_text(row, 4, origin);
	sqlite3_bind_int64(row, 5, wall_ms);
	return statement_run(store, row);
}

int override_drop(struct store *store, const char *section, const char *name)
{
	sqlite3_stmt *row = statement_use(store, ST_OVERRIDE_DROP);
	if (!row)
		return -EIO;
	bind_text(row, 1, section);
	bind_text(row, 2, name);
	return statement_run(store, row);
}

void options_init(struct options *ret, const struct config *file)
{
	memset(ret, 0, sizeof *ret);
	ret->file = file;
	ret->now = *file;
	ret->version = -1;
}

/* What was chosen and does not fit the file, or this version, does not hold, part by part. */
static void settle(struct options *options)
{
	options->now = *options->file;
	options->fault = (struct said){ 0 };
	overrides_apply(&options->chosen, &options->now, &options->fault);
}

int options_refresh(struct options *options, struct store *store, bool force)
{
	struct overrides chosen;
	const int64_t version = store_data_version(store);
	if (!force && version == options->version)
		return 0;
	const int r = override_load(store, &chosen);
	if (r < 0)
		return r;
	options->version = version;
	if (memcmp(&chosen, &options->chosen, sizeof chosen) == 0)
		return 0;
	options->chosen = chosen;
	settle(options);
	return 1;
}
