#include "store/rehearsal.h"

#include <string.h>

#include "store/setting.h"
#include "store/store_private.h"

/* Inside a transaction; what the tap wrote is taken back before it can be committed. */
static int tap_and_undo(struct store *store, const struct tap_record *record)
{
	struct tap_stamp stamp;
	if (sqlite3_exec(store->db, "SAVEPOINT rehearsal", NULL, NULL, NULL) != SQLITE_OK)
		return statement_trouble(store);
	const int r = tap_log_append(store, record, &stamp);
	const int undone = sqlite3_exec(
		store->db, "ROLLBACK TO rehearsal; RELEASE rehearsal", NULL, NULL, NULL);
	/* What memory holds of the log and its numbers is the undone tap's. */
	store->chain_known = false;
	memset(store->known_numbers, 0, sizeof store->known_numbers);
	return r < 0 ? r : undone == SQLITE_OK ? 0 : statement_trouble(store);
}

int tap_log_rehearse(struct store *store, const struct tap_record *record)
{
	int r = store_begin(store);
	if (r < 0)
		return r;
	r = tap_and_undo(store, record);
	if (r == 0)
		r = setting_set(store, REHEARSED_SETTING, record->at.wall_ms);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}
