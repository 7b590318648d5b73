#include "web/login.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/escape.h"
#include "web/guard.h"
#include "web/limits.h"
#include "web/routes.h"

/* Never kept: secrets ("pw", "pw2", "backup_pw", "current"), and what belongs to the form itself.
 */
static bool is_kept(const char *name)
{
	static const char *const never[] = { "csrf", "username", "current", "code" };
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
		if (strcmp(name, never[i]) == 0)
			return false;
	return !strstr(name, "pw");
}

static json_t *kept_json(const struct request *request)
{
	json_t *list = json_array();
	for (size_t i = 0; i < request->fields.count; i++) {
		const struct pair *field = &request->fields.list[i];
		if (is_kept(field->name))
			json_array_append_new(list, json_pack("{s:s, s:s}", "name", field->name,
							    "value", field->value));
	}
	return list;
}

static void write_next(char *ret, size_t size, const struct request *request)
{
	char name[128], value[512];
	int at = snprintf(ret, size, "%s", request->path);
	for (size_t i = 0; i < request->query.count && at >= 0 && (size_t)at < size; i++) {
		escape_query(name, sizeof name, request->query.list[i].name);
		escape_query(value, sizeof value, request->query.list[i].value);
		at += snprintf(ret + at, size - (size_t)at, "%c%s=%s", i ? '&' : '?', name, value);
	}
	if (at < 0 || (size_t)at >= size)
		snprintf(ret, size, "/live");
}

const char *login_part_of_day(void)
{
	struct calendar now;
	const int64_t now_ms = clock_wall_ms();
	calendar_of(&now, now_ms, clock_utc_offset_min(now_ms));
	return now.hour < 12 ? "morning" : now.hour < 18 ? "afternoon" : "evening";
}

int login_ask_again(struct request *request, struct response *response)
{
	char next[LOCATION_SIZE];
	const bool post = request->method == METHOD_POST, sends_file = request->route->body_limit;
	if (sends_file)
		snprintf(next, sizeof next, "%s", route_form(request->path));
	else
		write_next(next, sizeof next, request);
	json_t *data = json_pack("{s:s, s:s, s:b, s:o, s:s, s:{s:s, s:s}, s:{}}", "part_of_day",
		login_part_of_day(), "next", next, "expired",
		post || request->session_token[0] != '\0', "keep",
		post ? kept_json(request) : json_array(), "replay", post && !sends_file ? "1" : "",
		"form", "who", "", "pw", "", "fault");
	return respond_page(response, 401, "login", data);
}

int login_begin(struct request *request, struct response *response, enum role role, const char *who)
{
	struct moment now;
	char token[SECRET_TOKEN_SIZE];
	struct session_owner owner = { .role = role };
	clock_read(&now);
	utf8_clip(owner.who, sizeof owner.who, who);
	const int r = session_begin(request->stores.write, &owner, &now, SESSION_MS, token);
	if (r < 0)
		return r;
	request->owner = owner;
	memcpy(request->session_token, token, sizeof token);
	/* Forms that were open before belong to nobody now. */
	secret_draw_token(request->browser_token);
	request->browser_is_new = true;
	guard_write_form_token(request);
	if (role == ROLE_ORGANISER)
		limits_known(request->site->limits, TRIAL_PASSWORD, request->address,
			request->browser_token);
	respond_session(response, token, SESSION_MS);
	return 0;
}

int login_too_often(struct response *response, int wait_s)
{
	char seconds[16];
	snprintf(seconds, sizeof seconds, "%d", wait_s);
	respond_fault(response, 429, "often");
	return respond_header(response, "Retry-After", seconds);
}
