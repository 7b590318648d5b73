/**
 * Who may use the organiser's page: two shared passwords, sessions, and tokens for programs.
 *
 * What lets somebody in is kept as a hash only. A session ends after its length by the clock that
 * can not be set (in the boot it began), and by the wall clock in another boot. STORE_WRITE for
 * what changes, any mode for what reads. Functions return 0 or -errno as store.h says.
 */
#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H

#include "base/secret.h"
#include "core/clock_repair.h"
#include "store/store.h"

/* What a route asks for, and what somebody has. A setup session followed the kiosk's own code and
 * may choose the password, nothing else. */
enum role { ROLE_NONE, ROLE_SETUP, ROLE_VIEWER, ROLE_ORGANISER, ROLE_COUNT };
const char *role_name(enum role role); /* "none", "setup", "viewer", "organiser" */
bool role_from_name(enum role *ret, const char *name);

#define WHO_SIZE 96
#define TOKEN_NAME_SIZE 64
#define SESSION_MS (8 * 3600 * 1000LL)
#define SETUP_MS (10 * 60 * 1000LL)
#define TOKEN_PREFIX "ip_" /* so that a leaked one is recognised */
#define TOKEN_SIZE (SECRET_TOKEN_SIZE + 3)

/* "" when none was set. */
int account_password_hash(struct store *store, enum role role, char ret[SECRET_HASH_SIZE]);
/* Sets it, and ends all sessions of that role. With @hash "" the role can no longer sign in. */
int account_set_password(struct store *store, enum role role, const char *hash, int64_t wall_ms);

struct session_owner {
	enum role role;
	char who[WHO_SIZE]; /* as typed at sign-in; of a token: its name */
	bool by_token;
	bool read_only; /* a token that may look, not act */
};

/* Draws the token that the browser keeps; its hash is stored. Sessions that are over go. */
int session_begin(struct store *store, const struct session_owner *owner, const struct moment *now,
	int64_t length_ms, char ret_token[SECRET_TOKEN_SIZE]);
/* -ENOENT when there is no such session, or it is over. */
int session_find(struct store *store, const char *token, const struct moment *now,
	struct session_owner *ret);
int session_end(struct store *store, const char *token);
int session_end_all(struct store *store, enum role role); /* ROLE_NONE: of everybody */
int session_count(struct store *store, int64_t *ret);

struct api_token {
	int64_t id;
	char name[TOKEN_NAME_SIZE]; /* what it is for */
	enum role role;
	bool read_only;
	char made_by[WHO_SIZE];
	int64_t made_ms, expires_ms, revoked_ms; /* revoked 0: not */
};
/* @token: name, role, read_only, made_by, made_ms (now), expires_ms. Shown once: @ret_token. How
 * long it works counts from when it was really made (stamp.h), as soon as that is known. */
int api_token_make(struct store *store, const struct api_token *token, char ret_token[TOKEN_SIZE],
	int64_t *ret_id);
int api_token_find(struct store *store, const char *token, const struct moment *now,
	struct session_owner *ret);
int api_token_revoke(struct store *store, int64_t id, int64_t wall_ms); /* -ENOENT */
int api_token_each(struct store *store, const struct moment *now,
	int (*row)(void *context, const struct api_token *token), void *context);

#endif
