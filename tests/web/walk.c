/* Walks all routes, as somebody who may not, from somewhere it may not, and with what is no
 * request. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/check.h"
#include "web/harness.h"
#include "web/routes.h"

static struct harness harness;
static struct reply reply;

static char journal[64] = "/tmp/incheckpaal-walk.XXXXXX";

/* What the page says of itself is kept, and looked at in the end. */
static int set_up(void **state)
{
	const int fd = mkstemp(journal);
	(void)state;
	if (fd < 0 || dup2(fd, STDERR_FILENO) < 0)
		return -1;
	close(fd);
	return harness_start(&harness, true);
}

static int tear_down(void **state)
{
	(void)state;
	harness_stop(&harness);
	return unlink(journal);
}

/* A path of the route; what stands for {…} is in nobody's file. */
static const char *path_of(const struct route *route)
{
	static char path[256];
	char *out = path;
	for (const char *c = route->pattern; *c; c++) {
		if (*c == '{') {
			*out++ = '1';
			c = strchr(c, '}');
		} else {
			*out++ = *c;
		}
	}
	*out = '\0';
	return path;
}

static const char *good_form(void)
{
	static char form[128];
	snprintf(form, sizeof form, "csrf=%s", harness.form_token);
	return form;
}

/* Every route once; @form NULL: none with a GET, the good one with a POST. */
static void ask_route(
	const struct route *route, enum role role, const char *extra, const char *form)
{
	const bool post = route->method == METHOD_POST;
	harness_ask(&harness, method_name(route->method), path_of(route), role, extra,
		post ? form ? form : good_form() : NULL, &reply);
}

static int64_t changes(void)
{
	return store_data_version(harness.store);
}

/* Who signs in with the cookie @browser, "" for the harness's; @ret_browser: the one it got. */
static int sign_in(const char *browser, const char *password, char ret_browser[SECRET_TOKEN_SIZE])
{
	char request[1024], form[256], token[SECRET_TOKEN_SIZE];
	uint8_t digest[SECRET_DIGEST_BYTES];
	secret_digest(digest, "form", browser);
	secret_write_digest(token, digest);
	const int size = snprintf(form, sizeof form, "csrf=%s&who=Eva&pw=%s", token, password);
	const int length = snprintf(request, sizeof request,
		"POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: "
		"__Host-browser=%s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %d\r\n\r\n%s",
		browser, size, form);
	harness_send(&harness, request, (size_t)length, &reply);
	const char *cookie = strstr(reply.text, "__Host-browser=");
	if (ret_browser && cookie)
		snprintf(ret_browser, SECRET_TOKEN_SIZE, "%s", cookie + strlen("__Host-browser="));
	return reply.status;
}

#define RIGHT "vier+gewone+woorden"
#define WRONG "niet+het+goede+woord"
static char owner[SECRET_TOKEN_SIZE]; /* the cookie of a browser that signed in */

static void nobody_gets_in_without_a_session(void **state)
{
	const int64_t before = changes();
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		if (routes[i].role == ROLE_NONE)
			continue;
		ask_route(&routes[i], ROLE_NONE, "", NULL);
		CHECK_ROW(routes[i].pattern,
			reply.status == (routes[i].role == ROLE_SETUP ? 403 : 401));
	}
	assert_int_equal(changes(), before);
}

static void a_lesser_role_is_refused(void **state)
{
	const int64_t before = changes();
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		const struct route *route = &routes[i];
		if (route->role == ROLE_ORGANISER) {
			ask_route(route, ROLE_VIEWER, "", NULL);
			CHECK_ROW(route->pattern, reply.status == 403);
		}
		if (route->role > ROLE_SETUP) {
			ask_route(route, ROLE_SETUP, "", NULL);
			CHECK_ROW(route->pattern, reply.status == 401);
		}
		if (route->role == ROLE_SETUP) {
			ask_route(route, ROLE_ORGANISER, "", NULL);
			CHECK_ROW(route->pattern, reply.status == 403);
		}
	}
	assert_int_equal(changes(), before);
}

static void another_site_can_send_nothing(void **state)
{
	static const char *const from[] = { "Sec-Fetch-Site: cross-site\r\n",
		"Sec-Fetch-Site: same-site\r\n", "Origin: https://elsewhere.example\r\n",
		"Sec-Fetch-Site: cross-site\r\nOrigin: null\r\n" };
	const int64_t before = changes();
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		for (size_t j = 0; j < COUNT_OF(from) && routes[i].method == METHOD_POST; j++) {
			ask_route(&routes[i], ROLE_ORGANISER, from[j], NULL);
			CHECK_ROW(routes[i].pattern, reply.status == 403);
		}
		if (routes[i].method == METHOD_GET) {
			ask_route(&routes[i], ROLE_ORGANISER,
				"Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", NULL);
			CHECK_ROW(routes[i].pattern, reply.status == 403);
		}
	}
	assert_int_equal(changes(), before);
}

static void a_form_without_its_token_changes_nothing(void **state)
{
	static const char *const forms[] = { "csrf=", "x=1", "csrf=an-old-one",
		"csrf=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	const int64_t before = changes();
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		for (size_t j = 0; j < COUNT_OF(forms) && routes[i].method == METHOD_POST; j++) {
			ask_route(&routes[i], ROLE_ORGANISER, "", forms[j]);
			CHECK_ROW(routes[i].pattern, reply.status == 403);
		}
	}
	assert_int_equal(changes(), before);
}

static void a_token_that_only_looks_does_not_act(void **state)
{
	char good[128];
	(void)state;
	snprintf(good, sizeof good, "Authorization: Bearer %s\r\n", harness.read_token);
	const int64_t before = changes();
	for (size_t i = 0; i < route_count; i++) {
		if (routes[i].role <= ROLE_SETUP || routes[i].method != METHOD_POST)
			continue;
		ask_route(&routes[i], ROLE_NONE, good, NULL);
		CHECK_ROW(routes[i].pattern, reply.status == 403);
		ask_route(&routes[i], ROLE_NONE, "Authorization: Bearer ip_guessed\r\n", NULL);
		CHECK_ROW(routes[i].pattern, reply.status == 401);
	}
	assert_int_equal(changes(), before);
	harness_ask(&harness, "GET", "/live", ROLE_NONE, good, NULL, &reply);
	assert_int_equal(reply.status, 200);
}

static void another_method_is_told_which(void **state)
{
	static const char *const methods[] = { "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE",
		"PROPFIND", "BREW" };
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		for (size_t j = 0; j < COUNT_OF(methods); j++) {
			harness_ask(&harness, methods[j], path_of(&routes[i]), ROLE_ORGANISER, "",
				NULL, &reply);
			CHECK_ROW(routes[i].pattern, reply.status == 405);
			CHECK_ROW(routes[i].pattern, strstr(reply_header(&reply, "Allow"),
							     method_name(routes[i].method)));
		}
	}
}

static void every_answer_has_its_headers(void **state)
{
	static const struct {
		const char *name, *value;
	} rows[] = {
		{ "Content-Security-Policy",
			"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
			"connect-src 'self'; form-action 'self'; base-uri 'none'; "
			"frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
		{ "Permissions-Policy", "camera=(), microphone=(), geolocation=()" },
	};
	static const enum role roles[] = { ROLE_NONE, ROLE_ORGANISER };
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		const bool lasts = routes[i].handle == page_asset;
		for (size_t j = 0; j < COUNT_OF(roles) && !strstr(routes[i].pattern, "stream");
			j++) {
			ask_route(&routes[i], roles[j], "", "csrf=");
			for (size_t k = 0; k < COUNT_OF(rows); k++)
				CHECK_ROW(routes[i].pattern,
					strcmp(reply_header(&reply, rows[k].name), rows[k].value) ==
						0);
			CHECK_ROW(routes[i].pattern,
				strcmp(reply_header(&reply, "Cache-Control"),
					lasts ? "max-age=3600" : "no-store") == 0);
		}
	}
}

/* How many cookies the reply sets; each for our own pages alone and out of a script's reach. */
static int cookies_set(void)
{
	static const char set[] = "\r\nSet-Cookie: ";
	int count = 0;
	for (const char *at = strstr(reply.text, set); at; at = strstr(at + 1, set), count++) {
		char line[512];
		const char *value = at + strlen(set);
		snprintf(line, sizeof line, "%.*s", (int)strcspn(value, "\r"), value);
		CHECK_ROW(line, strncmp(line, "__Host-", 7) == 0);
		CHECK_ROW(line, strstr(line, "; Path=/; Secure; HttpOnly; SameSite=Strict; "));
		CHECK_ROW(line, !strstr(line, "Domain"));
	}
	return count;
}

static void every_cookie_is_ours_alone(void **state)
{
	static const char stranger[] =
		"GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
	(void)state;
	harness_send(&harness, stranger, strlen(stranger), &reply);
	assert_int_equal(cookies_set(), 1);
	assert_int_equal(sign_in(BROWSER, RIGHT, owner), 303);
	assert_int_equal(cookies_set(), 2);
	assert_string_not_equal(owner, BROWSER);
	harness_ask(&harness, "GET", "/login", ROLE_NONE, "", NULL, &reply);
	assert_int_equal(cookies_set(), 0); /* it has one */
}

/* What is not in here is for organisers: a row of the table that lets in more has to say so twice.
 */
static void only_these_are_for_others_too(void **state)
{
	static const struct {
		const char *pattern;
		enum role role;
	} rows[] = {
		{ "/", ROLE_NONE },
		{ "/start", ROLE_NONE },
		{ "/login", ROLE_NONE },
		{ "/keys/export.pub", ROLE_NONE },
		{ "/openapi.json", ROLE_NONE },
		{ "/app.css", ROLE_NONE },
		{ "/live.js", ROLE_NONE },
		{ "/favicon.svg", ROLE_NONE },
		{ "/start/password", ROLE_SETUP },
		{ "/logout", ROLE_VIEWER },
		{ "/live", ROLE_VIEWER },
		{ "/live/stream", ROLE_VIEWER },
		{ "/downloads", ROLE_VIEWER },
		{ "/downloads/attendance", ROLE_VIEWER },
		{ "/downloads/{file}", ROLE_VIEWER },
		{ "/verify", ROLE_VIEWER },
		{ "/kiosks", ROLE_VIEWER },
		{ "/people/import/template.csv", ROLE_VIEWER },
		{ "/programme", ROLE_VIEWER },
		{ "/programme.csv", ROLE_VIEWER },
		{ "/programme.ics", ROLE_VIEWER },
		{ "/programme/schedule.json", ROLE_VIEWER },
		{ "/reports/clusters", ROLE_VIEWER },
		{ "/reports/clusters.csv", ROLE_VIEWER },
		{ "/reports/clusters.xlsx", ROLE_VIEWER },
		{ "/reports/clusters.json", ROLE_VIEWER },
	};
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		enum role wanted = ROLE_ORGANISER;
		for (size_t j = 0; j < COUNT_OF(rows); j++)
			if (strcmp(rows[j].pattern, routes[i].pattern) == 0)
				wanted = rows[j].role;
		CHECK_ROW(routes[i].pattern, routes[i].role == wanted);
	}
}

/* What can be read without changing anything by those who look on is in the description, with what
 * else is answered there; what a browser alone shows is not. */
static void what_can_be_read_is_described(void **state)
{
	static const char *const shown[] = { "/", "/start", "/login", "/programme", "/openapi.json",
		"/app.css", "/live.js", "/favicon.svg" };
	json_t *document = json_load_file("ui/organiser/openapi.json", 0, NULL);
	const json_t *paths = json_object_get(document, "paths");
	size_t found = 0;
	(void)state;
	assert_non_null(paths);
	for (size_t i = 0; i < route_count; i++) {
		const json_t *path = json_object_get(paths, routes[i].pattern);
		const json_t *answers = json_object_get(json_object_get(path, "get"), "responses");
		bool is_shown = routes[i].role == ROLE_SETUP || routes[i].role == ROLE_ORGANISER;
		for (size_t j = 0; j < COUNT_OF(shown); j++)
			is_shown |= strcmp(routes[i].pattern, shown[j]) == 0;
		if (routes[i].method != METHOD_GET)
			continue;
		CHECK_ROW(routes[i].pattern, answers || is_shown);
		found += answers != NULL;
		CHECK_ROW(routes[i].pattern,
			!answers || (routes[i].role != ROLE_NONE) ==
					    (json_object_get(answers, "401") != NULL));
		CHECK_ROW(routes[i].pattern,
			!answers || (routes[i].role == ROLE_ORGANISER) ==
					    (json_object_get(answers, "403") != NULL));
	}
	assert_int_equal(found, json_object_size(paths));
	json_decref(document);
}

/* Whatever an organiser looks at, in both languages and shapes: no fault of ours. */
static void every_page_is_whole(void **state)
{
	static const char *const extras[] = { "Accept: text/html\r\nCookie: lang=nl\r\n",
		"Accept: text/html\r\nAccept-Language: en\r\n", "Accept: application/json\r\n" };
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		if (routes[i].method != METHOD_GET || strstr(routes[i].pattern, "stream"))
			continue;
		for (size_t j = 0; j < COUNT_OF(extras); j++) {
			ask_route(&routes[i],
				routes[i].role == ROLE_SETUP ? ROLE_SETUP : ROLE_ORGANISER,
				extras[j], NULL);
			CHECK_ROW(routes[i].pattern, reply.status != 500 && reply.status != 0);
			CHECK_ROW(routes[i].pattern, strstr(reply.text, "{{") == NULL);
		}
	}
}

/* Whoever reads the answer finds words in it: a page with a heading, or a line of text. */
static bool says_why(void)
{
	const char *body = strstr(reply.text, "\r\n\r\n");
	return body && (strstr(body, "<h1>") || strlen(body + 4) > 12);
}

static void what_is_no_request_is_told_so(void **state)
{
	static const struct {
		const char *sentence, *method, *path, *extra, *form;
		int want;
	} rows[] = {
		{ "bytes that are no text in a path", "GET", "/people/\xff", "", NULL, 400 },
		{ "the same where nothing is", "GET", "/nix\xed\xa0\x80", "", NULL, 400 },
		{ "an escape in a path", "GET", "/nix\x1b[2J", "", NULL, 400 },
		{ "no text in a name of the query", "GET", "/live?\xff=1", "", NULL, 400 },
		{ "up and away", "GET", "/../../etc/passwd", "", NULL, 404 },
		{ "escaped slashes", "GET", "/%2e%2e%2fetc%2fpasswd", "", NULL, 404 },
		{ "a NUL in the path", "GET", "/live%00", "", NULL, 404 },
		{ "a NUL in a query", "GET", "/live?a=%00", "", NULL, 400 },
		{ "half a percent", "GET", "/live?a=%4", "", NULL, 400 },
		{ "bad UTF-8 in a query", "GET", "/live?a=%ff", "", NULL, 400 },
		{ "a surrogate", "GET", "/live?a=%ed%a0%80", "", NULL, 400 },
		{ "bad UTF-8 in a form", "POST", "/login", "", "who=%ff", 400 },
		{ "a NUL in a form", "POST", "/login", "", "who=a%00b", 400 },
		{ "a bell in a form", "POST", "/login", "", "who=%07", 400 },
		{ "a path that is not there", "GET", "/nix", "", NULL, 404 },
		{ "a body where none is read", "POST", "/login",
			"Content-Type: application/pdf\r\nContent-Length: 1\r\n\r\nx", NULL, 415 },
		{ "said to be too long", "POST", "/login",
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
			"99999999\r\n",
			NULL, 413 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].want == 413)
			continue; /* below: the body has to come */
		harness_ask(&harness, rows[i].method, rows[i].path, ROLE_ORGANISER, rows[i].extra,
			rows[i].form, &reply);
		CHECK_ROW(rows[i].sentence, reply.status == rows[i].want);
		CHECK_ROW(rows[i].sentence, says_why());
	}
}

/* More than a form may bring, whole and broken off: told so, and nothing of it is kept. */
static void an_upload_too_big_or_cut_off_changes_nothing(void **state)
{
	enum { SIZE = UPLOAD_LIMIT_BYTES + 1024 * 1024 };
	char *bytes = malloc(SIZE + 2048);
	(void)state;
	assert_non_null(bytes);
	const int length = snprintf(bytes, 2048,
		"POST /people/import HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: "
		"__Host-browser=" BROWSER "; __Host-session=%s\r\nContent-Type: "
		"multipart/form-data; boundary=edge\r\nContent-Length: %d\r\n\r\n--edge\r\n"
		"Content-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n--edge\r\n"
		"Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nnaam\n",
		harness.sessions[ROLE_ORGANISER], SIZE, harness.form_token);
	memset(bytes + length, 'a', SIZE);
	const int64_t before = changes();
	const int fd = harness_connect(&harness);
	assert_true(fd >= 0 && send(fd, bytes, (size_t)length, MSG_NOSIGNAL) == length);
	close(fd);
	harness_send(&harness, bytes, SIZE + (size_t)length, &reply);
	assert_int_equal(reply.status, 413);
	assert_true(says_why());
	assert_int_equal(changes(), before);
	free(bytes);
	harness_ask(&harness, "GET", "/people/import", ROLE_ORGANISER, "", NULL, &reply);
	assert_int_equal(reply.status, 200);
}

/* Nobody said how much comes, so it is counted while it does: a file, and a text beside one. */
static void what_comes_in_pieces_is_counted_too(void **state)
{
	static const struct {
		const char *sentence, *part;
		size_t size;
	} rows[] = {
		{ "a file", "file\"; filename=\"a.csv", UPLOAD_LIMIT_BYTES + 1024 * 1024 },
		{ "a text", "note", 1024 * 1024 },
	};
	const int64_t before = changes();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *bytes = malloc(rows[i].size + 2048), part[256];
		assert_non_null(bytes);
		const int head = snprintf(part, sizeof part,
			"--edge\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n",
			rows[i].part);
		int length = snprintf(bytes, 2048,
			"POST /people/import HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: "
			"__Host-browser=" BROWSER "; __Host-session=%s\r\nContent-Type: "
			"multipart/form-data; boundary=edge\r\nTransfer-Encoding: "
			"chunked\r\n\r\n%zx\r\n%s",
			harness.sessions[ROLE_ORGANISER], rows[i].size + (size_t)head, part);
		memset(bytes + length, 'a', rows[i].size);
		memcpy(bytes + length + rows[i].size, "\r\n0\r\n\r\n", 7);
		harness_send(&harness, bytes, (size_t)length + rows[i].size + 7, &reply);
		free(bytes);
		CHECK_ROW(rows[i].sentence, reply.status == 413);
		CHECK_ROW(rows[i].sentence, says_why());
	}
	assert_int_equal(changes(), before);
}

static void too_much_is_told_so(void **state)
{
	static char big[400 * 1024];
	char head[256], path[1600];
	(void)state;
	const size_t size = 300 * 1024;
	const int length = snprintf(head, sizeof head,
		"POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n",
		size);
	memset(big, 'a', sizeof big);
	memcpy(big, head, (size_t)length);
	harness_send(&harness, big, (size_t)length + size, &reply);
	assert_int_equal(reply.status, 413);
	assert_true(says_why());

	/* The same without saying how much comes. */
	const int at = snprintf(big, 512,
		"POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
		"application/x-www-form-urlencoded\r\nTransfer-Encoding: "
		"chunked\r\n\r\n%zx\r\nwho=",
		size);
	memset(big + at, 'a', size - 4);
	memcpy(big + at + size - 4, "\r\n0\r\n\r\n", 7);
	harness_send(&harness, big, (size_t)at + size - 4 + 7, &reply);
	assert_int_equal(reply.status, 413);
	assert_true(says_why());

	memset(path, 'a', sizeof path);
	path[0] = '/';
	path[sizeof path - 1] = '\0';
	harness_ask(&harness, "GET", path, ROLE_NONE, "", NULL, &reply);
	assert_int_equal(reply.status, 414);
	assert_true(strlen(strstr(reply.text, "\r\n\r\n")) > 8);

	memset(big, 'a', 60000);
	memcpy(big, "X-Long: ", 8);
	strcpy(big + 60000, "\r\n");
	harness_ask(&harness, "GET", "/login", ROLE_NONE, big, NULL, &reply);
	assert_true(reply.status == 431 || reply.status == 413 || reply.status == 414);
	harness_ask(&harness, "GET", "/login", ROLE_NONE, "", NULL, &reply);
	assert_int_equal(reply.status, 200);
}

static void half_a_request_changes_nothing(void **state)
{
	static const char *const halves[] = { "GET /li", "POST /login HTTP/1.1\r\nHost: x\r\n",
		"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: "
		"application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nwho=",
		"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; "
		"boundary=edge\r\nContent-Length: 999\r\n\r\n--edge\r\nContent-Disposition: "
		"form-data; "
		"name=\"f\"; filename=\"a.csv\"\r\n\r\nhalf",
		"\x16\x03\x01\x02\x00\x01", "\r\n\r\n\r\n", "GET / HTTP/9.9\r\n\r\n" };
	const int64_t before = changes();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(halves); i++) {
		const int fd = harness_connect(&harness);
		assert_true(fd >= 0);
		assert_true(send(fd, halves[i], strlen(halves[i]), MSG_NOSIGNAL) >= 0);
		close(fd);
	}
	harness_ask(&harness, "GET", "/login", ROLE_NONE, "", NULL, &reply);
	assert_int_equal(reply.status, 200);
	assert_int_equal(changes(), before);
}

static void many_that_say_nothing_keep_nobody_out(void **state)
{
	enum { MANY = 500 };
	static int fds[MANY];
	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		fds[i] = harness_connect(&harness);
		assert_true(fds[i] >= 0);
		assert_true(send(fds[i], "GET /", 5, MSG_NOSIGNAL) == 5);
	}
	for (size_t i = 0; i < 20; i++) {
		harness_ask(&harness, "GET", "/live", ROLE_ORGANISER, "", NULL, &reply);
		assert_int_equal(reply.status, 200);
	}
	for (size_t i = 0; i < MANY; i++)
		close(fds[i]);
}

static void a_ninth_watcher_waits(void **state)
{
	char request[512];
	int fds[9];
	(void)state;
	const int length = snprintf(request, sizeof request,
		"GET /live/stream HTTP/1.1\r\nHost: x\r\nCookie: __Host-session=%s\r\n\r\n",
		harness.sessions[ROLE_VIEWER]);
	for (size_t i = 0; i < COUNT_OF(fds); i++) {
		char answer[64] = "";
		fds[i] = harness_connect(&harness);
		assert_true(send(fds[i], request, (size_t)length, MSG_NOSIGNAL) == length);
		assert_true(recv(fds[i], answer, sizeof answer - 1, 0) > 0);
		assert_int_equal(strncmp(answer, i < 8 ? "HTTP/1.1 200" : "HTTP/1.1 503", 12), 0);
	}
	for (size_t i = 0; i < COUNT_OF(fds); i++)
		close(fds[i]);
}

/* How many bytes of files without a name lie in the data directory. */
static off_t bytes_kept(void)
{
	char link[64], target[256];
	struct stat state;
	off_t sum = 0;
	for (int fd = 3; fd < 256; fd++) {
		snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
		const ssize_t length = readlink(link, target, sizeof target - 1);
		target[length > 0 ? length : 0] = '\0';
		if (strstr(target, harness.directory) && strstr(target, "(deleted)") &&
			stat(link, &state) == 0) /* by its link: the descriptor is the page's */
			sum += state.st_size;
	}
	return sum;
}

enum { HALF = 1024 * 1024 };

/* Sends half of a file of two megabytes to @path. */
static int half_a_file(const char *path, enum role role, const char *length_of_all)
{
	char *bytes = malloc(HALF + 2048);
	assert_non_null(bytes);
	const size_t length =
		HALF +
		(size_t)snprintf(bytes, 2048,
			"POST %s HTTP/1.1\r\nHost: x\r\nCookie: __Host-browser=" BROWSER
			"; __Host-session=%s\r\nContent-Type: multipart/form-data; "
			"boundary=edge\r\n%s\r\n\r\n--edge\r\nContent-Disposition: form-data; "
			"name=\"file\"; filename=\"a.csv\"\r\n\r\n",
			path, harness.sessions[role], length_of_all);
	memset(bytes + length - HALF, 'a', HALF);
	const int fd = harness_connect(&harness);
	assert_true(fd >= 0);
	for (size_t sent = 0; sent < length;) {
		const ssize_t more = send(fd, bytes + sent, length - sent, MSG_NOSIGNAL);
		assert_true(more > 0);
		sent += (size_t)more;
	}
	free(bytes);
	return fd;
}

/* Leaves the page the time to keep more than @kept. */
static bool keeps_more_than(off_t kept, int turns)
{
	for (; turns > 0 && bytes_kept() <= kept; turns--)
		harness_ask(&harness, "GET", "/login", ROLE_NONE, "", NULL, &reply);
	return bytes_kept() > kept;
}

/* Whoever is let in nowhere fills nothing: the taps go to the same medium. */
static void a_file_of_somebody_who_may_not_send_it_takes_no_room(void **state)
{
	static const char length[] = "Content-Length: 2097152";
	(void)state;
	const int known = half_a_file("/people/import", ROLE_ORGANISER, length);
	assert_true(keeps_more_than(HALF - 64, 5000));
	const off_t kept = bytes_kept();
	for (size_t i = 0; i < route_count; i++) {
		if (!routes[i].body_limit)
			continue;
		for (enum role role = ROLE_NONE; role < routes[i].role; role++) {
			const int fd = half_a_file(path_of(&routes[i]), role, length);
			CHECK_ROW(routes[i].pattern, !keeps_more_than(kept, 20));
			close(fd);
		}
		CHECK_ROW(routes[i].pattern, route_form(routes[i].pattern) != NULL);
	}
	/* Nor where no page of ours sends one. */
	const int fd =
		half_a_file("/logout", ROLE_ORGANISER, "Transfer-Encoding: chunked\r\n\r\n200000");
	assert_true(!keeps_more_than(kept, 20));
	close(fd);
	close(known);
}

/* Whoever knows the password of those who look on must not guess the organiser's in between. */
static void a_lesser_password_gives_no_tries(void **state)
{
	char hash[SECRET_HASH_SIZE], viewer[SECRET_TOKEN_SIZE];
	int wrong = 0, status = 0;
	(void)state;
	assert_int_equal(secret_hash_password(hash, "alleen maar meekijken"), 0);
	assert_int_equal(account_set_password(harness.store, ROLE_VIEWER, hash, 1), 0);
	assert_int_equal(sign_in(BROWSER, RIGHT, owner), 303);
	assert_int_equal(sign_in(BROWSER, "alleen+maar+meekijken", viewer), 303);
	while (status != 429 && wrong < 40) {
		status = sign_in(viewer, WRONG, NULL);
		wrong += status == 422;
		if (wrong % 3 == 0 && status != 429)
			status = sign_in(BROWSER, "alleen+maar+meekijken", viewer);
	}
	assert_int_equal(status, 429);
	assert_in_range(wrong, 4, 12);
	/* The one who knows both is not kept out by it. */
	assert_int_equal(sign_in(owner, RIGHT, owner), 303);
}

/* Who guesses the code of the kiosk's screen waits too; a new code does not give the tries back. */
static void codes_are_not_guessed_for_ever(void **state)
{
	char form[128];
	int tries = 0;
	(void)state;
	snprintf(form, sizeof form, "csrf=%s&code=K7M4PX9D", harness.form_token);
	do {
		harness_ask(&harness, "POST", "/start", ROLE_NONE, "", form, &reply);
		assert_true(reply.status == 422 || reply.status == 429);
	} while (reply.status == 422 && ++tries < 40);
	assert_in_range(tries, 1, 20);
	assert_true(atoi(reply_header(&reply, "Retry-After")) > 0);
}

/* An act that asks for the password again is no other place to guess it. */
static void a_question_for_the_password_counts_too(void **state)
{
	char form[256];
	int tries = 0;
	(void)state;
	snprintf(form, sizeof form, "csrf=%s&current=" WRONG "&pw=" RIGHT "s&pw2=" RIGHT "s",
		harness.form_token);
	do {
		harness_ask(
			&harness, "POST", "/settings/password", ROLE_ORGANISER, "", form, &reply);
		assert_true(reply.status == 422 || reply.status == 403 || reply.status == 429);
	} while (reply.status != 429 && ++tries < 40);
	assert_in_range(tries, 1, 20);
}

/* More strangers at the door than may wait: the owner does not stand behind them. */
static void strangers_do_not_keep_the_owner_waiting(void **state)
{
	enum { MANY = 200 };
	static int fds[MANY];
	char request[512], answer[1536];
	int asked_to_wait = 0;
	(void)state;
	const int length = snprintf(request, sizeof request,
		"POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: "
		"__Host-browser=" BROWSER "\r\nContent-Type: "
		"application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n"
		"csrf=%s&who=Eva&pw=" WRONG,
		strlen("csrf=&who=Eva&pw=" WRONG) + strlen(harness.form_token), harness.form_token);
	assert_int_equal(sign_in(owner, RIGHT, owner), 303); /* all tries are there again */
	for (size_t i = 0; i < MANY; i++) {
		fds[i] = harness_connect(&harness);
		assert_true(send(fds[i], request, (size_t)length, MSG_NOSIGNAL) == length);
	}
	assert_int_equal(sign_in(owner, RIGHT, owner), 303);
	for (size_t i = 0; i < MANY; i++) {
		assert_true(
			recv(fds[i], answer, sizeof answer - 1, MSG_WAITALL) == sizeof answer - 1);
		answer[sizeof answer - 1] = '\0';
		asked_to_wait +=
			strncmp(answer + 9, "429", 3) == 0 && strstr(answer, "\r\nRetry-After: ");
		close(fds[i]);
	}
	assert_in_range(asked_to_wait, MANY - 20, MANY);
}

/* Each socket has two ends here. */
static bool may_open(rlim_t files)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_max < files)
		return false;
	limit.rlim_cur = files;
	return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

static bool is_open(int fd)
{
	char byte;
	return recv(fd, &byte, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

static void one_address_does_not_take_every_place(void **state)
{
	enum { MANY = 1300 };
	static int fds[MANY];
	(void)state;
	if (!may_open(2 * MANY + 256))
		skip();
	for (size_t i = 0; i < MANY; i++) {
		fds[i] = harness_connect(&harness);
		assert_true(fds[i] >= 0);
	}
	/* After a while it parts with all of them, who say nothing; the last goes before. */
	for (int i = 0; i < 200 && is_open(fds[0]) && is_open(fds[MANY - 1]); i++)
		usleep(10000);
	assert_false(is_open(fds[0]) && is_open(fds[MANY - 1]));
	for (size_t i = 0; i < MANY; i++)
		close(fds[i]);
}

static void no_page_lacks_what_it_shows(void **state)
{
	char line[512], first[512] = "";
	FILE *file = fopen(journal, "r");
	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof line, file))
		if (!first[0] && (strstr(line, "did not give") || strstr(line, "fault ")))
			strcpy(first, line);
	fclose(file);
	assert_string_equal(first, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_gets_in_without_a_session),
		cmocka_unit_test(a_lesser_role_is_refused),
		cmocka_unit_test(another_site_can_send_nothing),
		cmocka_unit_test(a_form_without_its_token_changes_nothing),
		cmocka_unit_test(a_token_that_only_looks_does_not_act),
		cmocka_unit_test(another_method_is_told_which),
		cmocka_unit_test(every_answer_has_its_headers),
		cmocka_unit_test(every_cookie_is_ours_alone),
		cmocka_unit_test(only_these_are_for_others_too),
		cmocka_unit_test(what_can_be_read_is_described),
		cmocka_unit_test(every_page_is_whole),
		cmocka_unit_test(what_is_no_request_is_told_so),
		cmocka_unit_test(too_much_is_told_so),
		cmocka_unit_test(an_upload_too_big_or_cut_off_changes_nothing),
		cmocka_unit_test(what_comes_in_pieces_is_counted_too),
		cmocka_unit_test(half_a_request_changes_nothing),
		cmocka_unit_test(many_that_say_nothing_keep_nobody_out),
		cmocka_unit_test(a_ninth_watcher_waits),
		cmocka_unit_test(a_file_of_somebody_who_may_not_send_it_takes_no_room),
		cmocka_unit_test(a_lesser_password_gives_no_tries),
		cmocka_unit_test(codes_are_not_guessed_for_ever),
		cmocka_unit_test(a_question_for_the_password_counts_too),
		cmocka_unit_test(strangers_do_not_keep_the_owner_waiting),
		cmocka_unit_test(one_address_does_not_take_every_place),
		cmocka_unit_test(no_page_lacks_what_it_shows),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
