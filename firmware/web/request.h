/**
 * What a browser asked, checked: every text in it is valid UTF-8 without control characters but
 * line breaks and tabs. All pointers live as long as the request.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arguments.h"
#include "base/file.h"
#include "store/account.h"
#include "store/override.h"

#define PARAMETERS_MAX 3
#define FORM_TOKEN_SIZE SECRET_TOKEN_SIZE
#define SPARE_BYTES \
	(64LL * 1024 * 1024) /* of the medium, for taps: no file of the page takes those */

/* Of the process; handlers only read it. */
struct site {
	const struct config *config; /* what the file says; see request_config */
	const struct arguments *arguments;
	bool own_certificate;
	struct hub *hub;       /* who watches; on the loop's thread only */
	struct limits *limits; /* wrong tries; any thread */
	struct health *health; /* of the kiosk; any thread */
	struct fleet *fleet;   /* the other kiosks; any thread */
};

struct day;
/* What belongs to the thread a handler runs on. Writes: short transactions, at most 20 ms each. */
struct stores {
	struct store *read, *write;
	struct day *day; /* of LANE_READ; NULL elsewhere */
	struct options *options;
};

enum method { METHOD_GET, METHOD_POST, METHOD_COUNT };
enum shape { SHAPE_HTML, SHAPE_JSON, SHAPE_TEXT }; /* what the client accepts */

struct upload {
	char name[64];      /* of the field */
	char filename[256]; /* as the browser called it; never a path to use */
	int fd;             /* an unnamed file, closed with the request */
	size_t length;
};

struct pair {
	char *name, *value;
};
struct pairs {
	struct pair *list;
	size_t count, capacity, bytes;
};

struct route;

struct request {
	const struct site *site;
	struct stores stores;
	const struct route *route;
	enum method method;
	enum shape shape;
	char *path;
	char *parameters[PARAMETERS_MAX]; /* what stood for {…} in the route, decoded */
	struct pairs query, fields;
	struct upload *uploads;
	size_t upload_count;
	struct session_owner owner;            /* role ROLE_NONE: nobody */
	char session_token[SECRET_TOKEN_SIZE]; /* "" without a session; of the cookie */
	char browser_token[SECRET_TOKEN_SIZE]; /* every browser has one, also before it signs in */
	bool browser_is_new;                   /* it must be told its token */
	char form_token[FORM_TOKEN_SIZE];      /* goes into every form */
	char address[64];                      /* of the client; for limits */
	enum language language;
	bool takes_gzip;
	char if_none_match[64]; /* "" for none */
	/* A handler sets it on a lane instead of an answer: the loop's thread asks the route's
	 * handler again, with its own stores. */
	bool onward;
};

/* The options that hold: what the file says and what was chosen over it. */
const struct config *request_config(const struct request *request);

/* "" when it was not given; the first when it was given more than once. */
const char *request_query(const struct request *request, const char *name);
const char *request_field(const struct request *request, const char *name);
/* Of several equal names: the @index-th value, NULL after the last. */
const char *request_field_at(const struct request *request, const char *name, size_t index);
/* NULL when no file of that name came. */
const struct upload *request_upload(const struct request *request, const char *name);
/* Its bytes, malloc; -errno. */
int upload_read(const struct upload *upload, struct bytes *ret);

/* Whole numbers of a query or field; @fallback when absent or no number from @least to @most. */
int request_number(const char *text, int least, int most, int fallback);

bool pairs_add(struct pairs *pairs, const char *name, const char *value); /* false: no memory */
const char *pairs_get(const struct pairs *pairs, const char *name);       /* NULL for none */
void pairs_finish(struct pairs *pairs);

void request_finish(struct request *request); /* what it owns */

#endif
