/* Asks the handler, and makes of what it answered the bytes that go out. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/seal.h"
#include "web/cookie.h"
#include "web/escape.h"
#include "web/frame.h"
#include "web/health.h"
#include "web/login.h"
#include "web/template.h"
#include "web/visit.h"

static int render_json(struct response *response)
{
	char *text = json_dumps(response->data, JSON_COMPACT);
	const unsigned status = response->status;
	if (!text)
		return -ENOMEM;
	respond_bytes(response, "application/json", text, strlen(text));
	response->status = status;
	return 0;
}

static int render_html(const struct request *request, struct response *response)
{
	const char *missing = NULL;
	const char *stream = json_string_value(json_object_get(response->data, "stream"));
	json_t *page = frame_json(request, stream ? stream : "");
	if (!page || json_object_set_new(response->data, "page", page) < 0)
		return -ENOMEM;
	struct text_out out = { 0 };
	const int r = template_render(
		response->template_name, response->data, request->language, &out, &missing);
	if (r == -ENOKEY)
		log_warn("web: %s.html shows %s, which %s did not give", response->template_name,
			missing, request->path);
	else if (r < 0) {
		text_out_finish(&out);
		return r;
	}
	size_t length;
	const unsigned status = response->status;
	char *text = text_out_take(&out, &length);
	respond_bytes(response, "text/html; charset=utf-8", text, length);
	response->status = status;
	return text ? 0 : -ENOMEM;
}

static int render(const struct request *request, struct response *response)
{
	return request->shape == SHAPE_JSON ? render_json(response)
					    : render_html(request, response);
}

/* What the words of an error page are called: "e404.h", and which status has none of its own. */
static unsigned told_as(unsigned status)
{
	static const unsigned told[] = { 400, 401, 403, 404, 405, 409, 410, 413, 415, 429, 500,
		503 };
	for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
		if (told[i] == status)
			return status;
	return status < 500 ? 400 : 500;
}

/* Where what was refused can be tried anew: the page of the form a file came from, or the page
 * itself. */
static const char *again_of(const struct request *request)
{
	const char *path = request->path ? request->path : "";
	const char *form = route_form(path);
	return form ? form : request->method == METHOD_GET ? path : "";
}

static int wait_s(const struct response *response)
{
	for (size_t i = 0; i < response->header_count; i++)
		if (strcmp(response->headers[i].name, "Retry-After") == 0)
			return request_number(response->headers[i].value, 1, 86400, 10);
	return 10;
}

/* Of a picture that can not be had: when there was one; else null. */
static json_t *pictured_json(const struct request *request, const struct response *response)
{
	const int64_t wall_ms = strcmp(response->fault_key, "picture") == 0
					? health_pictured_ms(request->site->health)
					: 0;
	return wall_ms ? json_time(wall_ms) : json_null();
}

static json_t *fault_json(const struct request *request, const struct response *response)
{
	char code[8] = "";
	if (response->status == 500)
		snprintf(code, sizeof code, "%04X", random_below(0x10000));
	if (code[0])
		log_error("web: fault %s at %s %s", code, method_name(request->method),
			request->path ? request->path : "?");
	const char *path = request->path ? request->path : "";
	return json_pack("{s:i, s:b, s:s, s:s, s:o, s:o, s:s, s:s, s:i, s:i, s:s}", "code",
		told_as(response->status), "expired", strcmp(response->fault_key, "expired") == 0,
		"reason", response->fault_key, "fault", code, "time", json_time(clock_wall_ms()),
		"pictured", pictured_json(request, response), "back", "", "again",
		again_of(request), "wait", wait_s(response), "limit",
		request->route ? (int)(request->route->body_limit / 1024 / 1024) : 0, "of",
		strcmp(path, "/people/import") == 0      ? "people"
		: strcmp(path, "/programme/import") == 0 ? "programme"
							 : "");
}

static int fault_as_text(
	const struct request *request, struct response *response, const json_t *data)
{
	char key[32], text[512];
	const unsigned status = response->status;
	const char *pictured = json_string_value(json_object_get(data, "pictured"));
	const char *code = json_string_value(json_object_get(data, "fault"));
	snprintf(key, sizeof key, "e%u.h", told_as(status));
	const size_t length = (size_t)snprintf(text, sizeof text, "%u %s%s%s\n", status,
		web_word(request->language, key), code && code[0] ? " " : "", code ? code : "");
	if (status == 503)
		snprintf(text + length, sizeof text - length, "%s\n%s%s",
			web_word(request->language, strcmp(response->fault_key, "watchers") == 0
							    ? "live.full"
							    : "e503.b"),
			pictured ? pictured : "", pictured ? "\n" : "");
	return respond_text(response, status, text);
}

static int answer_fault(struct request *request, struct response *response)
{
	const unsigned status = response->status;
	if (status == 401) {
		respond_header(response, "WWW-Authenticate", "Bearer realm=\"Incheckpaal\"");
		if (request->shape == SHAPE_HTML)
			return login_ask_again(request, response);
	}
	json_t *data = fault_json(request, response);
	if (!data)
		return -ENOMEM;
	if (request->shape != SHAPE_TEXT)
		return respond_page(response, status, "error", data);
	const int r = fault_as_text(request, response, data);
	json_decref(data);
	return r;
}

static unsigned status_of(int trouble)
{
	return trouble == -EBUSY || trouble == -ENOSPC || trouble == -ETIMEDOUT ? 503 : 500;
}

/* Without memory for a page there is still this. */
static void last_resort(struct response *response)
{
	static const char words[] = "500 Incheckpaal\n";
	respond_static(response, "text/plain; charset=utf-8", words, sizeof words - 1);
	response->status = 500;
}

void serve_fault(struct visit *visit)
{
	struct request *request = &visit->request;
	struct response *response = &visit->response;
	if ((response->status == 429 || response->status == 503) &&
		!response_has_header(response, "Retry-After"))
		respond_header(response, "Retry-After", "10");
	int r = response->fault_key ? answer_fault(request, response) : 0;
	if (r == 0 && response->kind == BODY_PAGE)
		r = render(request, response);
	if (r < 0) {
		log_error("web: can not answer %s: %s", request->path ? request->path : "?",
			strerror(-r));
		last_resort(response);
	}
}

static void log_trouble(const struct request *request, int trouble)
{
	const char *words = store_words(request->stores.write);
	if (!words[0])
		words = store_words(request->stores.read);
	log_error("web: %s %s: %s %s", method_name(request->method), request->route->pattern,
		strerror(-trouble), words);
}

/* What a link on the page that was asked for can lead back to. */
static const char *page_of(struct request *request)
{
	unsigned allow;
	const char *form = route_form(request->path);
	if (!path_is_local(request->path))
		return "/";
	request->route = route_find(METHOD_GET, request->path, request->parameters, &allow);
	return request->route || !allow ? request->path : form ? form : "/live";
}

bool serve_language(struct request *request, struct response *response)
{
	char cookie[64], query[LOCATION_SIZE / 2] = "";
	const char *lang = request_query(request, "lang");
	if (request->method != METHOD_GET || (strcmp(lang, "nl") != 0 && strcmp(lang, "en") != 0))
		return false;
	snprintf(cookie, sizeof cookie,
		COOKIE_LANGUAGE "=%s; Path=/; Secure; SameSite=Lax; Max-Age=31536000", lang);
	size_t at = 0;
	for (size_t i = 0; i < request->query.count; i++) {
		char name[64], value[256];
		const struct pair *pair = &request->query.list[i];
		if (strcmp(pair->name, "lang") == 0)
			continue;
		escape_query(name, sizeof name, pair->name);
		escape_query(value, sizeof value, pair->value);
		const int more = snprintf(
			query + at, sizeof query - at, "%c%s=%s", at ? '&' : '?', name, value);
		if (more < 0 || at + (size_t)more >= sizeof query)
			break;
		at += (size_t)more;
	}
	query[at] = '\0';
	respond_header(response, "Set-Cookie", cookie);
	return respond_see_other(response, "%s%s", page_of(request), query) == 0;
}

void serve(struct visit *visit)
{
	struct request *request = &visit->request;
	struct response *response = &visit->response;
	/* What can not be read holds as it did. */
	options_refresh(request->stores.options, request->stores.read, false);
	const int r = request->route->handle(request, response);
	if (r < 0) {
		log_trouble(request, r);
		respond_fault(response, status_of(r),
			status_of(r) == 500 ? ""
			: r == -ENOSPC      ? "full"
					    : "busy");
	}
	serve_fault(visit);
}
