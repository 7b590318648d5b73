/* Tokens with which programs do what the page does. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/form.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/hub.h"
#include "web/routes.h"

#define DAY_MS (24 * 3600 * 1000LL)

static const struct {
	const char *name;
	enum role role;
	bool read_only;
} scopes[] = {
	{ "read", ROLE_VIEWER, true },
	{ "names", ROLE_ORGANISER, true },
	{ "all", ROLE_ORGANISER, false },
};

static const char *state_of(const struct api_token *token)
{
	if (token->revoked_ms)
		return "revoked";
	return token->expires_ms <= clock_wall_ms() ? "expired" : "works";
}

static int take_token(void *context, const struct api_token *token)
{
	json_array_append_new(
		context, json_pack("{s:I, s:s, s:s, s:b, s:s, s:o, s:o, s:s}", "id",
				 (json_int_t)token->id, "name", token->name, "role",
				 role_name(token->role), "read_only", token->read_only, "made_by",
				 token->made_by, "made", json_time(token->made_ms), "expires",
				 json_time(token->expires_ms), "state", state_of(token)));
	return 0;
}

static int show(struct request *request, struct response *response, unsigned status, json_t *form,
	const char *fresh)
{
	json_t *list = json_array();
	struct moment now;
	clock_read(&now);
	const int r = api_token_each(request->stores.write, &now, take_token, list);
	if (r < 0) {
		json_decref(list);
		json_decref(form);
		return r;
	}
	json_object_set_new(form, "list_count", json_integer((json_int_t)json_array_size(list)));
	json_object_set_new(form, "list", list);
	json_object_set_new(form, "fresh", json_string(fresh));
	return respond_page(response, status, "tokens", form);
}

static const char *const fields[] = { "name", NULL };

int page_tokens(struct request *request, struct response *response)
{
	struct form form;
	form_init(&form, request, fields);
	return show(request, response, 200, form.data, "");
}

static int make(struct request *request, char ret_token[TOKEN_SIZE])
{
	const int64_t now_ms = clock_wall_ms();
	int64_t id;
	struct api_token token = { .made_ms = now_ms, .role = ROLE_VIEWER, .read_only = true };
	for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
		if (strcmp(scopes[i].name, request_field(request, "scope")) == 0) {
			token.role = scopes[i].role;
			token.read_only = scopes[i].read_only;
		}
	}
	token.expires_ms =
		now_ms + DAY_MS * request_number(request_field(request, "days"), 1, 365, 30);
	utf8_clip(token.name, sizeof token.name, request_field(request, "name"));
	utf8_clip(token.made_by, sizeof token.made_by, request->owner.who);
	const int r = api_token_make(request->stores.write, &token, ret_token, &id);
	return r < 0 ? r : audit_note(request, "token-made", token.name, "");
}

/* 200, not 303: the token is shown in this answer and never again. */
int page_token_make(struct request *request, struct response *response)
{
	struct form form;
	char token[TOKEN_SIZE];
	form_init(&form, request, fields);
	if (!request_field(request, "name")[0]) {
		form_fault(&form, "name", "required", 0, 0);
		return show(request, response, 422, form.data, "");
	}
	const int r = make(request, token);
	if (r < 0) {
		form_finish(&form);
		return r;
	}
	return show(request, response, 200, form.data, token);
}

int page_token_revoke(struct request *request, struct response *response)
{
	const int64_t id = strtoll(request->parameters[0], NULL, 10);
	int r = api_token_revoke(request->stores.write, id, clock_wall_ms());
	if (r == -ENOENT)
		return respond_fault(response, 404, "");
	if (r == 0)
		r = audit_note(request, "token-revoked", request->parameters[0], "");
	hub_end_all(request->site->hub);
	return r < 0 ? r : respond_see_other(response, "/settings/tokens");
}
