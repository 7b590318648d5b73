/**
 * Who asks, and may they: before a handler runs. Each check that fails fills the response (its
 * status is then not 0) and the handler does not run.
 */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include "web/response.h"
#include "web/routes.h"

/* What the browser says of where a request comes from; NULL for what it did not say. */
struct origin {
	const char *host, *origin, *site, *mode;
};

/* Session or token: fills request->owner and form_token. @authorization NULL for none. */
void guard_identify(struct request *request, const char *authorization);
/* Cross-site requests, roles. */
void guard_head(struct request *request, const struct origin *origin, struct response *response);
/* The form token, which comes with the body. */
void guard_body(struct request *request, struct response *response);

/* After the browser_token changed. */
void guard_write_form_token(struct request *request);

/* Pure: may a request from there be served? */
bool origin_is_ours(const struct origin *origin, enum method method);

/* Writes a line in the audit log, as who asks. 0 or -errno. */
int audit_note(struct request *request, const char *act, const char *object, const char *reason);

#endif
