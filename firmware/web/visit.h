/**
 * One request from its first line to its last byte. Shared by server.c, intake.c and outlet.c, the
 * files that know libmicrohttpd; loop's thread, but for what a lane does while @state is
 * VISIT_AWAY.
 */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include <microhttpd.h>

#include "web/response.h"
#include "web/routes.h"

struct server;

enum visit_state {
	VISIT_READING,  /* the body comes in */
	VISIT_REFUSED,  /* the answer is known; what else comes in is thrown away */
	VISIT_AWAY,     /* a lane has it, the connection is suspended */
	VISIT_ANSWERED, /* response is filled */
};

struct visit {
	struct server *server;
	struct MHD_Connection *connection;
	struct MHD_PostProcessor *body;
	enum visit_state state;
	size_t body_bytes, body_limit;
	struct request request;
	struct response response;
	struct visit *next, *previous; /* all visits */
};

/* intake.c: fills the request from the connection's head and refuses what can be refused before the
 * body: response and state say so. */
void intake_head(struct visit *visit, const char *method, const char *url);
/* Takes a piece of the body. */
void intake_body(struct visit *visit, const char *data, size_t length);
/* After the last piece. */
void intake_end(struct visit *visit);

/* serve.c: asks the handler, tells faults as pages, renders. Any lane's thread. */
void serve(struct visit *visit);
/* ?lang=en: remembers it and leads back without it, whoever asks and whatever is there. */
bool serve_language(struct request *request, struct response *response);
/* Only the last half of it: for an answer that no handler gave. */
void serve_fault(struct visit *visit);

/* outlet.c: hands the answer to libmicrohttpd. */
enum MHD_Result outlet_send(struct visit *visit);
struct outlet; /* the streams there are */
struct outlet *outlet_create(void);
void outlet_destroy(struct outlet *outlet); /* after the daemon */
/* Resumes the streams that are ready, with @all every one. Whether there were any: libmicrohttpd,
 * run by us, does not say that it has something to do then. */
bool outlet_wake(struct outlet *outlet, bool all);
struct outlet *server_outlet(struct server *server);

#endif
