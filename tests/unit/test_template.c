#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

#include "web/template.h"
#include "web/template_filter.h"

int test_template(void);

/* Template "t" made of the steps of a row; "part" for partials; a few words. */
static const struct web_word words[] = {
	{ "kind.edu", { { "school", NULL }, { "college", NULL } } },
	{ "left", { { "nog 1 plek", "nog {n} plekken" }, { "1 place left", "{n} places left" } } },
	{ "of", { { "<b>{n}</b> van {n2}", NULL }, { "<b>{n}</b> of {n2}", NULL } } },
};
static const struct template_step part[] = {
	{ STEP_TEXT, "(", NULL, FILTER_NONE, 0 },
	{ STEP_VALUE, NULL, "name", FILTER_NONE, 0 },
	{ STEP_TEXT, ")", NULL, FILTER_NONE, 0 },
	{ STEP_STOP, NULL, NULL, FILTER_NONE, 0 },
};

#define T(text)                                       \
	{                                             \
		STEP_TEXT, text, NULL, FILTER_NONE, 0 \
	}
#define V(path)                                        \
	{                                              \
		STEP_VALUE, NULL, path, FILTER_NONE, 0 \
	}
#define F(path, filter)                           \
	{                                         \
		STEP_VALUE, NULL, path, filter, 0 \
	}
#define S(path, end)                                       \
	{                                                  \
		STEP_SECTION, NULL, path, FILTER_NONE, end \
	}
#define SE(path, text, end)                                \
	{                                                  \
		STEP_SECTION, text, path, FILTER_NONE, end \
	}
#define U(path, end)                                      \
	{                                                 \
		STEP_UNLESS, NULL, path, FILTER_NONE, end \
	}
#define UE(path, text, end)                               \
	{                                                 \
		STEP_UNLESS, text, path, FILTER_NONE, end \
	}
#define E()                                          \
	{                                            \
		STEP_END, NULL, NULL, FILTER_NONE, 0 \
	}
#define P()                                                \
	{                                                  \
		STEP_PARTIAL, "part", NULL, FILTER_NONE, 0 \
	}
#define M(number)                                             \
	{                                                     \
		STEP_MESSAGE, NULL, NULL, FILTER_NONE, number \
	}
#define MO(prefix, path)                                      \
	{                                                     \
		STEP_MESSAGE_OF, prefix, path, FILTER_NONE, 0 \
	}
#define A(place, path)                                     \
	{                                                  \
		STEP_ARGUMENT, place, path, FILTER_NONE, 0 \
	}
#define STOP()                                        \
	{                                             \
		STEP_STOP, NULL, NULL, FILTER_NONE, 0 \
	}

/* clang-format off */
static const struct {
	const char *sentence;
	struct template_step steps[10];
	const char *data, *want;
	int want_return;
} rows[] = {
	{ "text is itself", { T("<p>"), STOP() }, "{}", "<p>", 0 },
	{ "a value is escaped", { V("a"), STOP() }, "{\"a\": \"<b>&\\\"'\"}", "&lt;b&gt;&amp;&quot;&#39;", 0 },
	{ "a number", { V("a"), STOP() }, "{\"a\": -42}", "-42", 0 },
	{ "null is nothing", { V("a"), STOP() }, "{\"a\": null}", "", 0 },
	{ "an absent value is told, the rest stands", { T("x"), V("a"), T("y"), STOP() }, "{}", "xy", -ENOKEY },
	{ "a path goes inside", { V("a.b"), STOP() }, "{\"a\": {\"b\": 1}}", "1", 0 },
	{ "a path that ends early is absent", { V("a.b"), STOP() }, "{\"a\": 1}", "", -ENOKEY },
	{ "once per item, with its keys first", { S("l", 3), V("n"), V("m"), E(), STOP() },
	  "{\"m\": 9, \"n\": 8, \"l\": [{\"n\": 1}, {\"n\": 2, \"m\": 3}]}", "1923", 0 },
	{ "an item that is a text", { S("l", 2), V("."), E(), STOP() }, "{\"l\": [\"a\", \"b\"]}", "ab", 0 },
	{ "an empty list is nothing", { S("l", 2), T("x"), E(), U("l", 5), T("none"), E(), STOP() }, "{\"l\": []}", "none", 0 },
	{ "sections may nest", { S("l", 4), S("k", 3), V("."), E(), E(), STOP() },
	  "{\"l\": [{\"k\": [1, 2]}, {\"k\": [3]}]}", "123", 0 },
	{ "an object is entered", { S("o", 2), V("n"), E(), STOP() }, "{\"n\": 1, \"o\": {\"n\": 2}}", "2", 0 },
	{ "an empty object is nothing", { U("o", 2), T("x"), E(), STOP() }, "{\"o\": {}}", "x", 0 },
	{ "a text is something", { S("a", 2), T("x"), E(), STOP() }, "{\"a\": \"0\"}", "x", 0 },
	{ "0 is nothing", { S("a", 2), T("x"), E(), U("a", 5), T("y"), E(), STOP() }, "{\"a\": 0}", "y", 0 },
	{ "false is nothing", { S("a", 2), T("x"), E(), STOP() }, "{\"a\": false}", "", 0 },
	{ "what is not there is nothing", { S("a", 2), T("x"), E(), U("a", 5), T("y"), E(), STOP() }, "{}", "y", 0 },
	{ "equal", { SE("a", "x", 2), T("1"), E(), SE("a", "y", 5), T("2"), E(), STOP() }, "{\"a\": \"x\"}", "1", 0 },
	{ "an absent value equals nothing, and is told", { SE("a", "x", 2), T("1"), E(), T("2"), STOP() }, "{}", "2", -ENOKEY },
	{ "equal as a number", { SE("a", "404", 2), T("1"), E(), STOP() }, "{\"a\": 404}", "1", 0 },
	{ "unequal", { UE("a", "x", 2), T("1"), E(), UE("a", "y", 5), T("2"), E(), STOP() }, "{\"a\": \"x\"}", "2", 0 },
	{ "a partial sees what is around it", { S("l", 2), P(), E(), STOP() }, "{\"l\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}", "(a)(b)", 0 },
	{ "a message", { M(1), STOP() }, "{\"n\": 3}", "nog 3 plekken", 0 },
	{ "a message for one", { M(1), STOP() }, "{\"n\": 1}", "nog 1 plek", 0 },
	{ "a message for one that was bound", { M(1), A("n", "left"), STOP() }, "{\"left\": 1, \"n\": 5}", "nog 1 plek", 0 },
	{ "a message keeps its own markup and escapes what fills it", { M(2), A("n2", "x"), STOP() },
	  "{\"n\": \"<i>\", \"x\": 5}", "<b>&lt;i&gt;</b> van 5", 0 },
	{ "a place without a value is told", { M(2), STOP() }, "{\"n\": 1}", "<b>1</b> van ", -ENOKEY },
	{ "a message named by a value", { MO("kind.", "k"), STOP() }, "{\"k\": \"edu\"}", "school", 0 },
	{ "a value without a message stands as it is", { MO("kind.", "k"), STOP() }, "{\"k\": \"<x>\"}", "&lt;x&gt;", 0 },
	{ "a filter", { F("a", FILTER_NUMBER), STOP() }, "{\"a\": 1284}", "1.284", 0 },
};
/* clang-format on */

static void each_step_does_what_its_row_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct web_template templates[] = { { "part", part },
			{ "t", rows[i].steps } };
		const struct template_set set = { templates, 2, words, COUNT_OF(words), NULL, 0 };
		struct text_out out = { 0 };
		const char *missing = NULL;
		json_t *data = json_loads(rows[i].data, 0, NULL);
		size_t length;

		CHECK_ROW(rows[i].sentence, data != NULL);
		const int r = template_render_from(&set, "t", data, LANGUAGE_NL, &out, &missing);
		char *text = text_out_take(&out, &length);
		CHECK_ROW(rows[i].sentence, r == rows[i].want_return);
		CHECK_ROW(rows[i].sentence, (missing != NULL) == (r == -ENOKEY));
		CHECK_ROW(rows[i].sentence, strcmp(text, rows[i].want) == 0);
		CHECK_ROW(rows[i].sentence, strlen(text) == length);
		free(text);
		json_decref(data);
	}
}

static void sections_as_deep_as_a_visitor_likes_are_cut(void **state)
{
	(void)state;
	static const struct template_step steps[] = { S("a", 2),
		{ STEP_PARTIAL, "t", NULL, FILTER_NONE, 0 }, E(), T("."), STOP() };
	const struct web_template templates[] = { { "t", steps } };
	const struct template_set set = { templates, 1, words, COUNT_OF(words), NULL, 0 };
	struct text_out out = { 0 };
	json_t *data = json_pack("{s:[{s:i}]}", "a", "b", 1);

	assert_int_equal(template_render_from(&set, "t", data, LANGUAGE_NL, &out, NULL), 0);
	assert_true(out.length > 5 && out.length < 100);
	text_out_finish(&out);
	json_decref(data);
}

static void values_read_as_each_language_writes_them(void **state)
{
	(void)state;
	static const char moment[] = "2025-06-11T09:05:07.123+02:00";
	static const struct {
		const char *sentence;
		double number; /* where @text is NULL */
		const char *text;
		enum template_filter filter;
		const char *want[2];
	} table[] = {
		{ "small numbers", 999, NULL, FILTER_NUMBER, { "999", "999" } },
		{ "thousands", 1284, NULL, FILTER_NUMBER, { "1.284", "1,284" } },
		{ "millions below zero", -1234567, NULL, FILTER_NUMBER,
			{ "-1.234.567", "-1,234,567" } },
		{ "more than anyone counts", 1e300, NULL, FILTER_NUMBER, { "", "" } },
		{ "a decimal", -1.84, NULL, FILTER_DECIMAL, { "-1,8", "-1.8" } },
		{ "a share", 0.153, NULL, FILTER_PERCENT, { "15\u00a0%", "15%" } },
		{ "a clock", 0, moment, FILTER_CLOCK, { "09:05:07", "09:05:07" } },
		{ "a time", 0, moment, FILTER_TIME, { "09:05", "09:05" } },
		{ "a date", 0, moment, FILTER_DATE, { "11 juni 2025", "11 June 2025" } },
		{ "a day", 0, moment, FILTER_DAY,
			{ "woensdag 11 juni 2025", "Wednesday 11 June 2025" } },
		{ "a day of the week", 0, moment, FILTER_WEEKDAY,
			{ "woensdag 11 juni", "Wednesday 11 June" } },
		{ "a date and time", 0, moment, FILTER_WHEN, { "11 juni 09:05", "11 June 09:05" } },
		{ "a date for a field", 0, moment, FILTER_ISO_DAY, { "2025-06-11", "2025-06-11" } },
		{ "no time at all", 0, "gisteren", FILTER_TIME, { "", "" } },
		{ "a text is no number", 0, "12", FILTER_NUMBER, { "", "" } },
		{ "a number is no time", 12, NULL, FILTER_TIME, { "", "" } },
		{ "a text without a filter", 0, "12", FILTER_NONE, { "12", "12" } },
		{ "a fraction without a filter", 0.25, NULL, FILTER_NONE, { "0.25", "0.25" } },
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		json_t *value =
			table[i].text ? json_string(table[i].text) : json_real(table[i].number);

		for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
			char text[FILTER_TEXT_SIZE];

			template_filter(text, sizeof text, value, table[i].filter, language);
			CHECK_ROW(table[i].sentence, strcmp(text, table[i].want[language]) == 0);
		}
		json_decref(value);
	}
}

static void an_unsure_time_is_marked(void **state)
{
	(void)state;
	char text[FILTER_TEXT_SIZE];

	template_filter(text, sizeof text, json_false(), FILTER_MARK, LANGUAGE_NL);
	assert_string_equal(text, "±\u00a0");
	template_filter(text, sizeof text, json_true(), FILTER_MARK, LANGUAGE_NL);
	assert_string_equal(text, "");
}

static void a_text_grows_and_is_handed_over(void **state)
{
	(void)state;
	struct text_out out = { 0 };
	size_t length;
	char *text = text_out_take(&out, &length);

	assert_string_equal(text, "");
	free(text);
	for (int i = 0; i < 10000; i++)
		text_out_add_text(&out, "abc");
	text = text_out_take(&out, &length);
	assert_int_equal(length, 30000);
	assert_int_equal(strlen(text), 30000);
	assert_null(out.data);
	free(text);
}

static void every_page_stands_without_any_data(void **state)
{
	(void)state;
	json_t *nothing = json_object();

	for (size_t i = 0; i < organiser_pages.template_count; i++) {
		struct text_out out = { 0 };
		const int r = template_render(
			organiser_pages.templates[i].name, nothing, LANGUAGE_EN, &out, NULL);

		assert_true(r == 0 || r == -ENOKEY);
		text_out_finish(&out);
	}
	assert_int_equal(
		template_render("no-such", nothing, LANGUAGE_EN, &(struct text_out){ 0 }, NULL),
		-ENOENT);
	json_decref(nothing);
}

static void words_are_found_by_key(void **state)
{
	(void)state;
	assert_string_equal(web_word(LANGUAGE_NL, "e404.h"), "Deze pagina is er niet");
	assert_string_equal(web_word(LANGUAGE_EN, "e404.h"), "This page does not exist");
	assert_string_equal(web_word(LANGUAGE_EN, "no.such"), "no.such");
}

int test_template(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_does_what_its_row_says),
		cmocka_unit_test(sections_as_deep_as_a_visitor_likes_are_cut),
		cmocka_unit_test(values_read_as_each_language_writes_them),
		cmocka_unit_test(an_unsure_time_is_marked),
		cmocka_unit_test(a_text_grows_and_is_handed_over),
		cmocka_unit_test(every_page_stands_without_any_data),
		cmocka_unit_test(words_are_found_by_key),
	};
	return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
