#include <stdlib.h>
#include <string.h>

#include "base/seal.h"
#include "check.h"
#include "web/cookie.h"
#include "web/escape.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/limits.h"
#include "web/redirect.h"
#include "web/routes.h"

int test_web_parts(void);

static void a_cookie_is_found_whole_or_not(void **state)
{
	static const struct {
		const char *sentence, *header, *want;
	} rows[] = {
		{ "alone", "name=abc", "abc" },
		{ "after others", "x=1; name=abc; y=2", "abc" },
		{ "not as the end of a longer name", "myname=abc", NULL },
		{ "not as the begin of a longer name", "names=abc", NULL },
		{ "not cut off", "name=0123456789", NULL },
		{ "empty", "name=", "" },
		{ "without a header", NULL, NULL },
		{ "a header of semicolons", ";;; ;", NULL },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char value[8] = "before";
		const bool found = cookie_find(value, sizeof value, rows[i].header, "name");
		CHECK_ROW(rows[i].sentence, found == (rows[i].want != NULL));
		CHECK_ROW(rows[i].sentence, strcmp(value, found ? rows[i].want : "before") == 0);
	}
}

static void letters_of_a_url_are_read_once(void **state)
{
	static const struct {
		const char *sentence, *text, *want;
	} rows[] = {
		{ "plain", "abc", "abc" },
		{ "an escaped letter", "%41b%63", "Abc" },
		{ "a percent itself is not read again", "%2541", "%41" },
		{ "NUL", "a%00b", NULL },
		{ "no digits", "%zz", NULL },
		{ "the end after a percent", "ab%4", NULL },
		{ "nothing", "", "" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[16];
		strcpy(text, rows[i].text);
		const bool good = unescape(text);
		CHECK_ROW(rows[i].sentence, good == (rows[i].want != NULL));
		if (good)
			CHECK_ROW(rows[i].sentence, strcmp(text, rows[i].want) == 0);
	}
	char query[16];
	escape_query(query, sizeof query, "a b&é~");
	assert_string_equal(query, "a%20b%26%C3%A9~");
	escape_query(query, 8, "aaaaa&&");
	assert_string_equal(query, "aaaaa");
}

static void only_a_path_of_this_kiosk_is_local(void **state)
{
	static const struct {
		const char *path;
		bool local;
	} rows[] = { { "/live", true }, { "/live?day=1&x=%20", true }, { "", false },
		{ "live", false }, { "//elsewhere.example", false }, { "/\\elsewhere", false },
		{ "https://elsewhere.example", false }, { "/a\r\nSet-Cookie: x", false },
		{ "/é", false }, { "/a b", false } };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(rows[i].path, path_is_local(rows[i].path) == rows[i].local);
}

static void another_site_gets_nothing_done(void **state)
{
	static const struct {
		const char *sentence;
		struct origin origin;
		bool get, post;
	} rows[] = {
		{ "an old browser says nothing", { "k:1", NULL, NULL, NULL }, true, true },
		{ "our own page", { "k:1", "https://k:1", "same-origin", "navigate" }, true, true },
		{ "typed in the bar", { "k:1", NULL, "none", "navigate" }, true, true },
		{ "a link elsewhere", { "k:1", NULL, "cross-site", "navigate" }, true, false },
		{ "a picture elsewhere", { "k:1", NULL, "cross-site", "no-cors" }, false, false },
		{ "a sister site", { "k:1", NULL, "same-site", "cors" }, false, false },
		{ "another origin", { "k:1", "https://x", "same-origin", NULL }, true, false },
		{ "another port", { "k:1", "https://k:2", NULL, NULL }, true, false },
		{ "plain http", { "k:1", "http://k:1", NULL, NULL }, true, false },
		{ "our own form, without referrer", { "k:1", "null", "same-origin", "navigate" },
			true, true },
		{ "the same in an old browser", { "k:1", "null", NULL, NULL }, true, true },
		{ "a sandbox elsewhere", { "k:1", "null", "cross-site", "navigate" }, true, false },
		{ "no host", { NULL, "https://k", NULL, NULL }, true, false },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		CHECK_ROW(rows[i].sentence,
			origin_is_ours(&rows[i].origin, METHOD_GET) == rows[i].get);
		CHECK_ROW(rows[i].sentence,
			origin_is_ours(&rows[i].origin, METHOD_POST) == rows[i].post);
	}
}

static void a_path_finds_its_row(void **state)
{
	static const struct {
		const char *sentence;
		enum method method;
		const char *path, *pattern;
		unsigned allow;
	} rows[] = {
		{ "a whole path", METHOD_GET, "/live", "/live", 1U << METHOD_GET },
		{ "the root", METHOD_GET, "/", "/", 1U << METHOD_GET },
		{ "no such path", METHOD_GET, "/liv", NULL, 0 },
		{ "a slash too many", METHOD_GET, "/live/", NULL, 0 },
		{ "another method", METHOD_POST, "/live", NULL, 1U << METHOD_GET },
		{ "both methods", METHOD_POST, "/login", "/login", 3 },
		{ "up and away", METHOD_GET, "/../etc/passwd", NULL, 0 },
		{ "nothing at all", METHOD_GET, "", NULL, 0 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *parameters[PARAMETERS_MAX] = { NULL };
		unsigned allow;
		const struct route *route =
			route_find(rows[i].method, rows[i].path, parameters, &allow);
		CHECK_ROW(rows[i].sentence, (route != NULL) == (rows[i].pattern != NULL));
		if (route)
			CHECK_ROW(rows[i].sentence, strcmp(route->pattern, rows[i].pattern) == 0);
		CHECK_ROW(rows[i].sentence, allow == rows[i].allow);
	}
}

static void what_changes_something_is_a_post_and_has_a_role(void **state)
{
	(void)state;
	for (size_t i = 0; i < route_count; i++) {
		const struct route *route = &routes[i];
		const bool first_visit = strcmp(route->pattern, "/start") == 0 ||
					 strcmp(route->pattern, "/login") == 0;
		CHECK_ROW(route->pattern, route->handle != NULL && route->pattern[0] == '/');
		if (route->method == METHOD_POST)
			CHECK_ROW(route->pattern, route->role != ROLE_NONE || first_visit);
		else
			CHECK_ROW(route->pattern, route->body_limit == 0);
	}
}

static void five_tries_then_one_in_a_while(void **state)
{
	struct limits *limits = limits_create();
	(void)state;
	assert_non_null(limits);
	for (int left = 4; left >= 0; left--)
		assert_int_equal(
			limits_take(limits, TRIAL_PASSWORD, "192.0.2.1", "stranger", 1000), left);
	assert_int_equal(limits_take(limits, TRIAL_PASSWORD, "192.0.2.1", "stranger", 1000), -30);
	assert_int_equal(limits_take(limits, TRIAL_PASSWORD, "192.0.2.1", "stranger", 30000), -1);
	assert_int_equal(limits_take(limits, TRIAL_PASSWORD, "192.0.2.1", "stranger", 31000), 0);
	/* Another address, and the kiosk's code, have counts of their own. */
	assert_int_equal(limits_take(limits, TRIAL_PASSWORD, "192.0.2.2", "stranger", 31000), 4);
	assert_int_equal(limits_take(limits, TRIAL_CODE, "192.0.2.1", "stranger", 31000), 4);
	limits_destroy(limits);
}

static void the_owner_is_never_locked_out(void **state)
{
	struct limits *limits = limits_create();
	(void)state;
	assert_non_null(limits);
	limits_known(limits, TRIAL_PASSWORD, "192.0.2.9", "owner");
	for (int i = 0; i < 100; i++)
		limits_take(limits, TRIAL_PASSWORD, "192.0.2.1", "stranger", 1000);
	assert_true(limits_take(limits, TRIAL_PASSWORD, "192.0.2.1", "owner", 1000) >= 0);
	/* Many addresses push out the oldest, not the owner's browser. */
	for (int i = 0; i < 2000; i++) {
		char address[32];
		snprintf(address, sizeof address, "2001:db8:%x::", i);
		limits_take(limits, TRIAL_PASSWORD, address, "stranger", 2000 + i);
	}
	assert_true(limits_take(limits, TRIAL_PASSWORD, "192.0.2.1", "owner", 5000) >= 0);
	limits_destroy(limits);
}

static void the_first_of_two_holds(void **state)
{
	struct pairs pairs = { 0 };
	(void)state;
	assert_true(pairs_add(&pairs, "role", "viewer") && pairs_add(&pairs, "other", "x") &&
		    pairs_add(&pairs, "role", "organiser"));
	assert_string_equal(pairs_get(&pairs, "role"), "viewer");
	assert_null(pairs_get(&pairs, "rol"));
	pairs_finish(&pairs);
}

static void the_name_of_a_file_stays_in_its_header(void **state)
{
	struct response response = { .fd = -1 };
	(void)state;
	assert_int_equal(respond_as_attachment(&response, "log \"x\"; a/..\r\nX: \xc3\xa9.csv"), 0);
	assert_string_equal(response.headers[0].name, "Content-Disposition");
	assert_string_equal(
		response.headers[0].value, "attachment; filename=\"log--x---a-..--X----.csv\"");
	response_finish(&response);
}

static void a_password_is_long_and_not_everybodys(void **state)
{
	static const struct {
		const char *password, *trouble;
	} rows[] = {
		{ "", "required" },
		{ "veertien teken", "pw.short" },
		{ "vijftien tekens", NULL },
		{ "vier gewone woorden", NULL },
		{ "één twee drie v", NULL },
		{ "aaaaaaaaaaaaaaaaaaaa", "pw.common" },
		{ "123456789012345678", "pw.common" },
		{ "incheckpaalincheckpaal1", "pw.common" },
		{ "Wachtwoord0123456789", "pw.common" },
	};
	int letters;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *trouble = password_trouble(rows[i].password, &letters);
		CHECK_ROW(rows[i].password, (trouble == NULL) == (rows[i].trouble == NULL));
		if (trouble)
			CHECK_ROW(rows[i].password, strcmp(trouble, rows[i].trouble) == 0);
	}
	assert_string_equal(password_trouble("éééééééééééééé", &letters), "pw.short");
	assert_int_equal(letters, 14);
}

static void plain_http_leads_home_only(void **state)
{
	static const struct {
		const char *host, *path;
		int port;
		const char *want;
	} rows[] = {
		{ "kiosk.local", "/live", 443, "https://kiosk.local/live" },
		{ "kiosk.local:80", "/", 8443, "https://kiosk.local:8443/" },
		{ "[::1]:80", "/x", 443, "https://[::1]/x" },
		{ "192.0.2.1", "/a\r\nb", 443, "https://192.0.2.1/" },
		{ "evil.example/x", "/", 443, NULL },
		{ "a b", "/", 443, NULL },
		{ "", "/", 443, NULL },
		{ NULL, "/", 443, NULL },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char location[64];
		const bool good = redirect_location(
			location, sizeof location, rows[i].host, rows[i].port, rows[i].path);
		CHECK_ROW(rows[i].path, good == (rows[i].want != NULL));
		if (good)
			CHECK_ROW(rows[i].path, strcmp(location, rows[i].want) == 0);
	}
}

static void a_password_holds_for_its_hash_alone(void **state)
{
	char hash[SECRET_HASH_SIZE];
	(void)state;
	assert_int_equal(secret_hash_password(hash, "vier gewone woorden"), 0);
	assert_true(secret_password_holds(hash, "vier gewone woorden"));
	assert_false(secret_password_holds(hash, "vier gewone woordem"));
	assert_false(secret_password_holds("", "vier gewone woorden"));
	assert_false(secret_password_holds("vier gewone woorden", "vier gewone woorden"));
}

int test_web_parts(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cookie_is_found_whole_or_not),
		cmocka_unit_test(letters_of_a_url_are_read_once),
		cmocka_unit_test(only_a_path_of_this_kiosk_is_local),
		cmocka_unit_test(another_site_gets_nothing_done),
		cmocka_unit_test(a_path_finds_its_row),
		cmocka_unit_test(what_changes_something_is_a_post_and_has_a_role),
		cmocka_unit_test(five_tries_then_one_in_a_while),
		cmocka_unit_test(the_owner_is_never_locked_out),
		cmocka_unit_test(the_first_of_two_holds),
		cmocka_unit_test(the_name_of_a_file_stays_in_its_header),
		cmocka_unit_test(a_password_is_long_and_not_everybodys),
		cmocka_unit_test(plain_http_leads_home_only),
		cmocka_unit_test(a_password_holds_for_its_hash_alone),
	};
	seal_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
