#include "store/access_code.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/seal.h"
#include "store/store_private.h"

#define CODE_LETTERS 8

/* Without 0, 1, I and O: what is read aloud or copied by hand stays what it was. */
static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

struct stored_code {
	uint8_t salt[DIGEST_BYTES], digest[DIGEST_BYTES];
	struct boot_id boot;
	int64_t until_ms;
	int wrong;
	bool used;
};

/* 1 when there is one. */
static int load(struct store *store, struct stored_code *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_CODE_LOAD);
	const int r = statement_step(store, row);
	if (r == 1) {
		memcpy(ret->salt, sqlite3_column_blob(row, 0), DIGEST_BYTES);
		memcpy(ret->digest, sqlite3_column_blob(row, 1), DIGEST_BYTES);
		memcpy(ret->boot.bytes, sqlite3_column_blob(row, 2), BOOT_ID_BYTES);
		ret->until_ms = sqlite3_column_int64(row, 3);
		ret->wrong = sqlite3_column_int(row, 4);
		ret->used = sqlite3_column_int(row, 5) != 0;
	}
	sqlite3_reset(row);
	return r;
}

static int save(struct store *store, const struct stored_code *code)
{
	sqlite3_stmt *row = statement_use(store, ST_CODE_SAVE);
	if (!row)
		return -EIO;
	sqlite3_bind_blob(row, 1, code->salt, DIGEST_BYTES, SQLITE_STATIC);
	sqlite3_bind_blob(row, 2, code->digest, DIGEST_BYTES, SQLITE_STATIC);
	sqlite3_bind_blob(row, 3, code->boot.bytes, BOOT_ID_BYTES, SQLITE_STATIC);
	sqlite3_bind_int64(row, 4, code->until_ms);
	sqlite3_bind_int(row, 5, code->wrong);
	sqlite3_bind_int(row, 6, code->used);
	return statement_run(store, row);
}

int access_code_draw(struct store *store, const struct moment *now, char ret[ACCESS_CODE_SIZE])
{
	struct stored_code code = { .boot = now->boot, .until_ms = now->mono_ms + ACCESS_CODE_MS };
	char letters[CODE_LETTERS + 1] = "";
	for (size_t i = 0; i < CODE_LETTERS; i++)
		letters[i] = alphabet[random_below(sizeof alphabet - 1)];
	for (size_t i = 0; i < DIGEST_BYTES; i++)
		code.salt[i] = (uint8_t)random_below(256);
	seal_chain(code.digest, code.salt, letters, CODE_LETTERS);
	const int r = save(store, &code);
	if (r == 0)
		snprintf(ret, ACCESS_CODE_SIZE, "%.4s-%.4s", letters, letters + 4);
	return r;
}

static struct access_status judge(const struct stored_code *code, const struct moment *now)
{
	struct access_status status = { .state = ACCESS_LIVE };
	if (code->used)
		status.state = ACCESS_USED;
	else if (code->wrong >= ACCESS_CODE_TRIES)
		status.state = ACCESS_EXHAUSTED;
	else if (!boot_id_equal(&code->boot, &now->boot) || now->mono_ms >= code->until_ms)
		status.state = ACCESS_EXPIRED;
	if (status.state == ACCESS_LIVE) {
		status.left_ms = code->until_ms - now->mono_ms;
		status.tries_left = ACCESS_CODE_TRIES - code->wrong;
	}
	return status;
}

int access_code_status(struct store *store, const struct moment *now, struct access_status *ret)
{
	struct stored_code code = { .used = false };
	const int r = load(store, &code);
	if (r >= 0)
		*ret = r == 1 ? judge(&code, now) : (struct access_status){ .state = ACCESS_NONE };
	return r < 0 ? r : 0;
}

/* False when @typed can not be a code. */
static bool plain_letters(char ret[CODE_LETTERS], const char *typed)
{
	size_t count = 0;
	for (; *typed; typed++) {
		if (*typed == '-' || *typed == ' ')
			continue;
		const char letter = (char)toupper((unsigned char)*typed);
		if (count == CODE_LETTERS || !strchr(alphabet, letter))
			return false;
		ret[count++] = letter;
	}
	return count == CODE_LETTERS;
}

static bool matches(const struct stored_code *code, const char *typed)
{
	char letters[CODE_LETTERS];
	uint8_t digest[DIGEST_BYTES];
	if (!plain_letters(letters, typed))
		return false;
	seal_chain(digest, code->salt, letters, CODE_LETTERS);
	return memcmp(digest, code->digest, DIGEST_BYTES) == 0;
}

/* Within a transaction, so that a code is granted to one of two who type it at once. */
static int try_code(struct store *store, const struct moment *now, const char *typed,
	bool *ret_granted, struct access_status *ret_status)
{
	struct stored_code code = { .used = false };
	int r = load(store, &code);
	*ret_granted = false;
	*ret_status = (struct access_status){ .state = ACCESS_NONE };
	if (r < 1)
		return r;
	if (judge(&code, now).state == ACCESS_LIVE) {
		*ret_granted = code.used = matches(&code, typed);
		code.wrong += !code.used;
		r = save(store, &code);
	}
	*ret_status = judge(&code, now);
	return r < 0 ? r : 0;
}

int access_code_try(struct store *store, const struct moment *now, const char *typed,
	bool *ret_granted, struct access_status *ret_status)
{
	bool granted;
	struct access_status status;
	int r = store_begin(store);
	if (r < 0)
		return r;
	r = try_code(store, now, typed, &granted, &status);
	if (r == 0)
		r = store_commit(store);
	if (r < 0) {
		store_rollback(store);
		return r;
	}
	*ret_granted = granted;
	if (ret_status)
		*ret_status = status;
	return 0;
}
