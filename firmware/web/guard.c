#include "web/guard.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/text.h"
#include "store/audit.h"

/* Whoever knows the cookie knows the token of its forms; nobody else does, and none is stored. The
 * cookie outlives the session, so that a form left open for a day can still be sent, after signing
 * in. */
void guard_write_form_token(struct request *request)
{
	uint8_t digest[SECRET_DIGEST_BYTES];
	secret_digest(digest, "form", request->browser_token);
	secret_write_digest(request->form_token, digest);
}

void guard_identify(struct request *request, const char *authorization)
{
	static const char bearer[] = "Bearer ";
	struct moment now;
	clock_read(&now);
	int r = -ENOENT;
	if (authorization && strncasecmp(authorization, bearer, sizeof bearer - 1) == 0)
		r = api_token_find(request->stores.read, authorization + sizeof bearer - 1, &now,
			&request->owner);
	else if (request->session_token[0])
		r = session_find(
			request->stores.read, request->session_token, &now, &request->owner);
	if (r < 0 && r != -ENOENT)
		log_warn("web: sessions can not be read: %s", store_words(request->stores.read));
	guard_write_form_token(request);
}

static bool same_host(const char *origin, const char *host)
{
	static const char scheme[] = "https://";
	return host && strncasecmp(origin, scheme, sizeof scheme - 1) == 0 &&
	       strcasecmp(origin + sizeof scheme - 1, host) == 0;
}

bool origin_is_ours(const struct origin *origin, enum method method)
{
	const bool ours = !origin->site || strcmp(origin->site, "same-origin") == 0 ||
			  strcmp(origin->site, "none") == 0;
	/* A link on another site may lead here; a picture, script or form of it may not. */
	const bool follows_link = origin->mode && strcmp(origin->mode, "navigate") == 0;
	if (method == METHOD_GET)
		return ours || follows_link;
	/* Our own pages ask for no referrer, and their forms then come from "null". */
	const bool unsaid = !origin->origin || strcmp(origin->origin, "null") == 0;
	return ours && (unsaid || same_host(origin->origin, origin->host));
}

static bool may(const struct request *request)
{
	const enum role needed = request->route->role, has = request->owner.role;
	if (request->owner.read_only && request->method != METHOD_GET)
		return false;
	if (needed == ROLE_SETUP)
		return has == ROLE_SETUP;
	return needed == ROLE_NONE || has >= needed;
}

void guard_head(struct request *request, const struct origin *origin, struct response *response)
{
	if (!origin_is_ours(origin, request->method))
		respond_fault(response, 403, "expired");
	else if (may(request))
		return;
	else if (request->route->role == ROLE_SETUP || request->owner.role > ROLE_SETUP)
		respond_fault(response, 403, request->route->role == ROLE_SETUP ? "code" : "");
	else if (request->method == METHOD_GET || request->route->body_limit)
		respond_fault(response, 401, "");
	/* else the form is read first: what was typed is kept while somebody signs in again; a file
	 * is not, and takes none of the medium */
}

void guard_body(struct request *request, struct response *response)
{
	/* A program shows its token with each request; no other site can make it do so. */
	const bool form = request->method == METHOD_POST && !request->owner.by_token;
	if (form && !secret_equal(request->form_token, request_field(request, "csrf")))
		respond_fault(response, 403, "expired");
	else if (!may(request))
		respond_fault(response, 401, "");
}

int audit_note(struct request *request, const char *act, const char *object, const char *reason)
{
	struct moment now;
	clock_read(&now);
	struct audit_entry entry = {
		.wall_ms = now.wall_ms, .grade = now.grade, .role = request->owner.role
	};
	utf8_clip(entry.who, sizeof entry.who, request->owner.who);
	utf8_clip(entry.act, sizeof entry.act, act);
	utf8_clip(entry.object, sizeof entry.object, object);
	utf8_clip(entry.reason, sizeof entry.reason, reason);
	const int r = audit_add(request->stores.write, &entry);
	if (r < 0)
		log_error("web: the audit log can not be written: %s",
			store_words(request->stores.write));
	return r;
}
