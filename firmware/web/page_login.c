#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "web/escape.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/hub.h"
#include "web/limits.h"
#include "web/login.h"
#include "web/routes.h"

static const char *const fields[] = { "who", NULL };
static const char keep_prefix[] = "keep.";

static const char *next_of(const char *given)
{
	return path_is_local(given) ? given : "/live";
}

static bool is_set_up(struct request *request)
{
	char hash[SECRET_HASH_SIZE];
	return account_password_hash(request->stores.read, ROLE_ORGANISER, hash) == 0 && hash[0];
}

int page_login(struct request *request, struct response *response)
{
	if (!is_set_up(request))
		return respond_see_other(response, "/start");
	json_t *data = json_pack("{s:s, s:s, s:b, s:[], s:s, s:{s:s, s:s}, s:{}}", "part_of_day",
		login_part_of_day(), "next", next_of(request_query(request, "next")), "expired", 0,
		"keep", "replay", "", "form", "who", "", "pw", "", "fault");
	return respond_page(response, 200, "login", data);
}

static json_t *kept_again(const struct request *request)
{
	json_t *list = json_array();
	for (size_t i = 0; i < request->fields.count; i++) {
		const struct pair *field = &request->fields.list[i];
		if (strncmp(field->name, keep_prefix, sizeof keep_prefix - 1) == 0)
			json_array_append_new(list, json_pack("{s:s, s:s}", "name",
							    field->name + sizeof keep_prefix - 1,
							    "value", field->value));
	}
	return list;
}

static int ask_again(struct request *request, struct response *response, struct form *form)
{
	json_object_set_new(form->data, "part_of_day", json_string(login_part_of_day()));
	json_object_set_new(
		form->data, "next", json_string(next_of(request_field(request, "next"))));
	json_object_set_new(form->data, "expired", json_false());
	json_object_set_new(form->data, "keep", kept_again(request));
	json_object_set_new(form->data, "replay", json_string(request_field(request, "replay")));
	return respond_page(response, 422, "login", form->data);
}

/* Both are tried, whichever is right: the time taken tells nothing. */
static int role_of_password(struct request *request, const char *password, enum role *ret)
{
	char organiser[SECRET_HASH_SIZE], viewer[SECRET_HASH_SIZE];
	int r = account_password_hash(request->stores.read, ROLE_ORGANISER, organiser);
	if (r == 0)
		r = account_password_hash(request->stores.read, ROLE_VIEWER, viewer);
	if (r < 0)
		return r;
	const bool is_organiser = secret_password_holds(organiser, password);
	const bool is_viewer = secret_password_holds(viewer, password);
	*ret = is_organiser ? ROLE_ORGANISER : is_viewer ? ROLE_VIEWER : ROLE_NONE;
	return 0;
}

/* The form that was sent when nobody was signed in any more: what it held takes the place of the
 * sign-in form's own fields. */
static bool take_kept_fields(struct request *request, struct pairs *ret)
{
	const size_t skip = sizeof keep_prefix - 1;
	for (size_t i = 0; i < request->fields.count; i++) {
		const struct pair *field = &request->fields.list[i];
		if (strncmp(field->name, keep_prefix, skip) == 0 &&
			!pairs_add(ret, field->name + skip, field->value))
			return false;
	}
	return true;
}

static bool may_replay(const struct request *request, const struct route *route)
{
	return route && route->role <= request->owner.role && route->role != ROLE_SETUP &&
	       route->handle != page_login_try && !route->body_limit &&
	       /* a stream belongs to the thread it began on */
	       route->lane != LANE_ASKED;
}

/* Sends the kept form on behalf of who just signed in. */
static int replay(struct request *request, struct response *response, const char *next)
{
	struct pairs kept = { 0 };
	unsigned allow;
	char *parameters[PARAMETERS_MAX] = { NULL }, *path = strdup(next);
	if (!path || !take_kept_fields(request, &kept)) {
		free(path);
		pairs_finish(&kept);
		return respond_see_other(response, "%s", next);
	}
	path[strcspn(path, "?")] = '\0';
	const struct route *route = route_find(METHOD_POST, path, parameters, &allow);
	if (!may_replay(request, route)) {
		for (size_t i = 0; i < PARAMETERS_MAX; i++)
			free(parameters[i]);
		pairs_finish(&kept);
		free(path);
		return route && route->role > request->owner.role
			       ? respond_fault(response, 403, "")
			       : respond_see_other(response, "%s", next);
	}
	free(request->path);
	request->path = path;
	request->route = route;
	memcpy(request->parameters, parameters, sizeof parameters);
	pairs_finish(&request->fields);
	request->fields = kept;
	return route->handle(request, response);
}

int page_login_try(struct request *request, struct response *response)
{
	struct form form;
	enum role role = ROLE_NONE;
	const char *password = request_field(request, "pw");
	if (!is_set_up(request))
		return respond_see_other(response, "/start");
	form_init(&form, request, fields);
	if (!request_field(request, "who")[0])
		form_fault(&form, "who", "required", 0, 0);
	if (!password[0])
		form_fault(&form, "pw", "required", 0, 0);
	if (form.faults)
		return ask_again(request, response, &form);
	const int left = limits_take(request->site->limits, TRIAL_PASSWORD, request->address,
		request->browser_token, clock_boot_ms());
	int r = left < 0 ? 0 : role_of_password(request, password, &role);
	if (left < 0 || r < 0) {
		form_finish(&form);
		return r < 0 ? r : login_too_often(response, -left);
	}
	if (role == ROLE_NONE) {
		audit_note(request, "sign-in-refused", request->address, "");
		form_fault(&form, "pw", "login", left, 0);
		return ask_again(request, response, &form);
	}
	form_finish(&form);
	if (role == ROLE_VIEWER)
		limits_give_back(request->site->limits, TRIAL_PASSWORD, request->address,
			request->browser_token);
	r = login_begin(request, response, role, request_field(request, "who"));
	if (r == 0)
		r = audit_note(request, "signed-in", role_name(role), "");
	if (r < 0)
		return r;
	char next[LOCATION_SIZE];
	snprintf(next, sizeof next, "%.500s", next_of(request_field(request, "next")));
	return request_field(request, "replay")[0] ? replay(request, response, next)
						   : respond_see_other(response, "%s", next);
}

int page_logout(struct request *request, struct response *response)
{
	int r = session_end(request->stores.write, request->session_token);
	if (r == 0)
		r = audit_note(request, "signed-out", "", "");
	if (r < 0)
		return r;
	hub_end_all(request->site->hub);
	respond_session(response, "", 0);
	return respond_see_other(response, "/login");
}

int page_logout_everywhere(struct request *request, struct response *response)
{
	int r = session_end_all(request->stores.write, ROLE_NONE);
	if (r == 0)
		r = audit_note(request, "signed-out-everywhere", "", "");
	if (r < 0)
		return r;
	hub_end_all(request->site->hub);
	respond_session(response, "", 0);
	return respond_see_other(response, "/login");
}
