/**
 * The page's server in this process, over plain http on a port of its own, with a fresh data
 * directory, one organiser and one viewer signed in. One per process.
 */
#ifndef WEB_HARNESS_H
#define WEB_HARNESS_H

#include <stdbool.h>
#include <stddef.h>

#include "store/account.h"
#include "web/server.h"

#define REPLY_BYTES (1024 * 1024)
#define BROWSER "a-browser-that-was-here-before-000000000000"

struct harness {
	char directory[64];
	int port;
	char sessions[ROLE_COUNT][SECRET_TOKEN_SIZE]; /* of each role but ROLE_NONE */
	char form_token[SECRET_TOKEN_SIZE];           /* of BROWSER */
	char read_token[TOKEN_SIZE];                  /* a program's: organiser, looking only */
	struct store *store;
	struct server *server;
};

int harness_start(struct harness *ret, bool with_thread); /* 0 or -errno */
void harness_stop(struct harness *harness);

struct reply {
	int status; /* 0: the connection was closed without an answer */
	size_t length;
	char text[REPLY_BYTES]; /* head and body, with a NUL */
};
/* Sends bytes as they are and reads until the other side closes. */
void harness_send(
	const struct harness *harness, const char *bytes, size_t length, struct reply *ret);
/* One request. @role's cookies, ROLE_NONE for none; @extra: more header lines, each with its end;
 * @form NULL for no body. */
void harness_ask(const struct harness *harness, const char *method, const char *path,
	enum role role, const char *extra, const char *form, struct reply *ret);
/* The value of a header, "" when it is not there; in a buffer that the next call uses again. */
const char *reply_header(const struct reply *reply, const char *name);
int harness_connect(const struct harness *harness); /* a socket, or -errno */

#endif
