#include "store/account.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/stamp.h"
#include "store/store_private.h"

static const char *const role_names[ROLE_COUNT] = {
	[ROLE_NONE] = "none",
	[ROLE_SETUP] = "setup",
	[ROLE_VIEWER] = "viewer",
	[ROLE_ORGANISER] = "organiser",
};

const char *role_name(enum role role)
{
	return role_names[role];
}

bool role_from_name(enum role *ret, const char *name)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (strcmp(role_names[i], name) == 0) {
			*ret = (enum role)i;
			return true;
		}
	}
	return false;
}

int account_password_hash(struct store *store, enum role role, char ret[SECRET_HASH_SIZE])
{
	sqlite3_stmt *row = statement_use(store, ST_PASSWORD_LOAD);
	if (!row)
		return -EIO;
	bind_text(row, 1, role_name(role));
	const int r = statement_step(store, row);
	if (r >= 0)
		ret[0] = '\0';
	if (r == 1)
		column_copy(ret, SECRET_HASH_SIZE, row, 0);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

static int save_password(struct store *store, enum role role, const char *hash, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_PASSWORD_SAVE);
	if (!row)
		return -EIO;
	bind_text(row, 1, role_name(role));
	bind_text(row, 2, hash);
	sqlite3_bind_int64(row, 3, wall_ms);
	return statement_run(store, row);
}

int account_set_password(struct store *store, enum role role, const char *hash, int64_t wall_ms)
{
	int r = store_begin(store);
	if (r < 0)
		return r;
	r = save_password(store, role, hash, wall_ms);
	if (r == 0)
		r = session_end_all(store, role);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

static int end_those_over(struct store *store, const struct moment *now)
{
	sqlite3_stmt *row = statement_use(store, ST_WEB_SESSION_SWEEP);
	if (!row)
		return -EIO;
	sqlite3_bind_blob(row, 1, now->boot.bytes, BOOT_ID_BYTES, SQLITE_STATIC);
	sqlite3_bind_int64(row, 2, now->mono_ms);
	sqlite3_bind_int64(row, 3, now->wall_ms);
	return statement_run(store, row);
}

static void digest_of(uint8_t ret[SECRET_DIGEST_BYTES], const char *token)
{
	secret_digest(ret, "session", token);
}

static int insert_session(struct store *store, const struct session_owner *owner,
	const struct moment *now, int64_t length_ms, const char *token)
{
	uint8_t digest[SECRET_DIGEST_BYTES];
	sqlite3_stmt *row = statement_use(store, ST_WEB_SESSION_ADD);
	if (!row)
		return -EIO;
	digest_of(digest, token);
	sqlite3_bind_blob(row, 1, digest, sizeof digest, SQLITE_STATIC);
	bind_text(row, 2, role_name(owner->role));
	bind_text(row, 3, owner->who);
	sqlite3_bind_blob(row, 4, now->boot.bytes, BOOT_ID_BYTES, SQLITE_STATIC);
	sqlite3_bind_int64(row, 5, now->mono_ms);
	sqlite3_bind_int64(row, 6, now->wall_ms);
	sqlite3_bind_int64(row, 7, length_ms);
	return statement_run(store, row);
}

int session_begin(struct store *store, const struct session_owner *owner, const struct moment *now,
	int64_t length_ms, char ret_token[SECRET_TOKEN_SIZE])
{
	char token[SECRET_TOKEN_SIZE];
	secret_draw_token(token);
	int r = store_begin(store);
	if (r < 0)
		return r;
	r = end_those_over(store, now);
	if (r == 0)
		r = insert_session(store, owner, now, length_ms, token);
	if (r == 0)
		r = store_commit(store);
	if (r < 0)
		store_rollback(store);
	else
		memcpy(ret_token, token, sizeof token);
	return r;
}

/* The row of session_find, and whether its time is up. */
static bool is_over(sqlite3_stmt *row, const struct moment *now)
{
	const int64_t length_ms = sqlite3_column_int64(row, 5);
	const bool same_boot =
		memcmp(sqlite3_column_blob(row, 2), now->boot.bytes, BOOT_ID_BYTES) == 0;
	const int64_t age_ms = same_boot ? now->mono_ms - sqlite3_column_int64(row, 3)
					 : now->wall_ms - sqlite3_column_int64(row, 4);
	return age_ms < 0 || age_ms >= length_ms;
}

int session_find(
	struct store *store, const char *token, const struct moment *now, struct session_owner *ret)
{
	uint8_t digest[SECRET_DIGEST_BYTES];
	sqlite3_stmt *row = statement_use(store, ST_WEB_SESSION_FIND);
	if (!row)
		return -EIO;
	digest_of(digest, token);
	sqlite3_bind_blob(row, 1, digest, sizeof digest, SQLITE_STATIC);
	int r = statement_step(store, row);
	if (r == 0 || (r == 1 && is_over(row, now)))
		r = -ENOENT;
	if (r == 1) {
		struct session_owner owner = { .role = ROLE_NONE };
		role_from_name(&owner.role, column_text(row, 0));
		column_copy(owner.who, sizeof owner.who, row, 1);
		*ret = owner;
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

int session_end(struct store *store, const char *token)
{
	uint8_t digest[SECRET_DIGEST_BYTES];
	sqlite3_stmt *row = statement_use(store, ST_WEB_SESSION_END);
	if (!row)
		return -EIO;
	digest_of(digest, token);
	sqlite3_bind_blob(row, 1, digest, sizeof digest, SQLITE_STATIC);
	return statement_run(store, row);
}

int session_end_all(struct store *store, enum role role)
{
	sqlite3_stmt *row = statement_use(store, ST_WEB_SESSION_END_ALL);
	if (!row)
		return -EIO;
	bind_text_or_null(row, 1, role == ROLE_NONE ? "" : role_name(role));
	return statement_run(store, row);
}

int session_count(struct store *store, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_WEB_SESSION_COUNT);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

static void token_digest(uint8_t ret[SECRET_DIGEST_BYTES], const char *token)
{
	secret_digest(ret, "api token", token);
}

int api_token_make(struct store *store, const struct api_token *token, char ret_token[TOKEN_SIZE],
	int64_t *ret_id)
{
	char drawn[SECRET_TOKEN_SIZE], whole[TOKEN_SIZE];
	uint8_t digest[SECRET_DIGEST_BYTES];
	secret_draw_token(drawn);
	snprintf(whole, sizeof whole, TOKEN_PREFIX "%s", drawn);
	token_digest(digest, whole);

	int r = stamp_note(store, token->made_ms);
	sqlite3_stmt *row = statement_use(store, ST_TOKEN_ADD);
	if (r < 0 || !row)
		return r < 0 ? r : -EIO;
	sqlite3_bind_blob(row, 1, digest, sizeof digest, SQLITE_STATIC);
	bind_text(row, 2, token->name);
	bind_text(row, 3, role_name(token->role));
	sqlite3_bind_int(row, 4, token->read_only);
	bind_text(row, 5, token->made_by);
	sqlite3_bind_int64(row, 6, token->made_ms);
	sqlite3_bind_int64(row, 7, token->expires_ms);
	r = statement_run(store, row);
	if (r == 0) {
		memcpy(ret_token, whole, sizeof whole);
		*ret_id = sqlite3_last_insert_rowid(store->db);
	}
	return r;
}

static void bind_now(sqlite3_stmt *statement, const struct moment *now)
{
	sqlite3_bind_int64(statement, 2, now->wall_ms);
	sqlite3_bind_int(statement, 3, clock_is_trusted(now->grade));
}

int api_token_find(
	struct store *store, const char *token, const struct moment *now, struct session_owner *ret)
{
	uint8_t digest[SECRET_DIGEST_BYTES];
	sqlite3_stmt *row = statement_use(store, ST_TOKEN_FIND);
	if (!row)
		return -EIO;
	token_digest(digest, token);
	sqlite3_bind_blob(row, 1, digest, sizeof digest, SQLITE_STATIC);
	bind_now(row, now);
	const int r = statement_step(store, row);
	if (r == 1) {
		struct session_owner owner = { .by_token = true };
		column_copy(owner.who, sizeof owner.who, row, 0);
		role_from_name(&owner.role, column_text(row, 1));
		owner.read_only = sqlite3_column_int(row, 2) != 0;
		*ret = owner;
	}
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int api_token_revoke(struct store *store, int64_t id, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_TOKEN_REVOKE);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, id);
	sqlite3_bind_int64(row, 2, wall_ms);
	const int r = statement_run(store, row);
	return r == 0 && sqlite3_changes(store->db) == 0 ? -ENOENT : r;
}

int api_token_each(struct store *store, const struct moment *now,
	int (*row)(void *context, const struct api_token *token), void *context)
{
	sqlite3_stmt *each = statement_use(store, ST_TOKEN_EACH);
	int r;
	if (!each)
		return -EIO;
	bind_now(each, now);
	while ((r = statement_step(store, each)) == 1) {
		struct api_token token = {
			.id = sqlite3_column_int64(each, 0),
			.read_only = sqlite3_column_int(each, 3) != 0,
			.made_ms = sqlite3_column_int64(each, 5),
			.expires_ms = sqlite3_column_int64(each, 6),
			.revoked_ms = sqlite3_column_int64(each, 7),
		};
		column_copy(token.name, sizeof token.name, each, 1);
		role_from_name(&token.role, column_text(each, 2));
		column_copy(token.made_by, sizeof token.made_by, each, 4);
		r = row(context, &token);
		if (r != 0)
			break;
	}
	sqlite3_reset(each);
	return r;
}
