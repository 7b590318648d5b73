/**
 * The server: libmicrohttpd over TLS, a plain port that only redirects, lanes for slow handlers,
 * one loop. Everything on the thread that calls server_run.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include <stdbool.h>

#include "web/certificate.h"
#include "web/request.h"

struct server;

struct server_options {
	struct certificate *certificate; /* borrowed; NULL: plain http, for fuzzing alone */
	int listen_fd, plain_fd;         /* taken; -1 for none */
	int signal_fd;                   /* readable: stop. Borrowed; -1 for none */
};

/* 0 or -errno after logging; the descriptors are then closed. @site's hub and the like are
 * borrowed. */
int server_create(
	struct server **ret, const struct site *site, const struct server_options *options);
void server_destroy(struct server *server); /* NULL is fine */

/* Until signal_fd is readable: false. True when another log was put in the place of ours, so that
 * all must begin anew. */
bool server_run(struct server *server);
/* One turn: waits at most @wait_ms. For tests that drive it. */
void server_turn(struct server *server, int wait_ms);

/* A listening socket; 0 or -errno. @address: "::", "0.0.0.0", a host name. */
int server_listen(int *ret_fd, const char *address, int port);

#endif
