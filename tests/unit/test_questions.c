#include "tests/unit/check.h"

#include <stdio.h>
#include <string.h>

#include "web/questions.h"

int test_questions(void);

#define FAULTS 300
#define DOUBTS 60

/* A list of which each line before @FAULTS is faulty, but for the @mended first ones, and the next
 * are doubtful. */
static json_t *page_of(const char *from, unsigned mended, char ret_from[QUESTION_PLACE_SIZE])
{
	struct questions questions;
	json_t *data = json_object();

	questions_init(&questions, from, NULL);
	for (unsigned line = 2 + mended; line < 2 + FAULTS + DOUBTS; line++) {
		struct question_list *list =
			line < 2 + FAULTS ? &questions.faults : &questions.doubts;
		if (questions_meet(list, NULL, line, 500 + line % 7 * 300))
			questions_show(list,
				json_pack("{s:i, s:[i]}", "line", (int)line, "lines", (int)line));
	}
	if (!questions_into(&questions, data, ret_from)) {
		json_decref(data);
		data = NULL;
	}
	questions_finish(&questions);
	return data;
}

static unsigned line_at(const json_t *page, size_t at)
{
	const json_t *faults = json_object_get(page, "problems");
	const size_t count = json_array_size(faults);
	const json_t *question =
		at < count ? json_array_get(faults, at)
			   : json_array_get(json_object_get(page, "doubts"), at - count);

	return (unsigned)json_integer_value(json_object_get(question, "line"));
}

static size_t size_of(const json_t *page)
{
	return json_array_size(json_object_get(page, "problems")) +
	       json_array_size(json_object_get(page, "doubts"));
}

static void keep_way(const json_t *page, const char *way, char ret[QUESTION_PLACE_SIZE])
{
	snprintf(ret, QUESTION_PLACE_SIZE, "%s", json_string_value(json_object_get(page, way)));
}

static void pages_in_a_row_show_each_question_once(void **state)
{
	(void)state;
	char place[QUESTION_PLACE_SIZE] = "", again[QUESTION_PLACE_SIZE] = "";
	unsigned line = 2;
	int pages = 0;

	do {
		json_t *page = page_of(place, 0, again);
		assert_non_null(page);
		assert_in_range(size_of(page), 1, QUESTIONS_A_PAGE);
		assert_int_equal(
			json_integer_value(json_object_get(page, "questions")), FAULTS + DOUBTS);
		assert_int_equal(
			json_integer_value(json_object_get(page, "shown_first")), line - 1);
		for (size_t i = 0; i < size_of(page); i++)
			assert_int_equal(line_at(page, i), line++);
		keep_way(page, "next", place);
		json_decref(page);
		pages++;
	} while (place[0]);
	assert_int_equal(line, 2 + FAULTS + DOUBTS);
	assert_in_range(pages, 15, 60);
}

static void the_way_back_shows_each_question_too(void **state)
{
	(void)state;
	char place[QUESTION_PLACE_SIZE], again[QUESTION_PLACE_SIZE] = "";
	unsigned line = 2 + FAULTS + DOUBTS;

	assert_null(page_of("w9999", 0, again)); /* nothing is left there: the last page is named */
	snprintf(place, sizeof place, "%s", again);
	do {
		json_t *page = page_of(place, 0, again);
		assert_non_null(page);
		/* Where there is room, some of the page after it show twice. */
		assert_true(line_at(page, size_of(page) - 1) >= line - 1);
		assert_true(line_at(page, 0) < line);
		line = line_at(page, 0);
		keep_way(page, "previous", place);
		json_decref(page);
	} while (place[0]);
	assert_int_equal(line, 2);
}

static void what_is_mended_moves_nothing_past_a_page(void **state)
{
	(void)state;
	char next[QUESTION_PLACE_SIZE], again[QUESTION_PLACE_SIZE] = "";
	json_t *page = page_of("", 0, again);
	const unsigned last = line_at(page, size_of(page) - 1);

	keep_way(page, "next", next);
	json_decref(page);
	page = page_of(next, last - 2, again); /* all of that page but the last one */
	assert_int_equal(line_at(page, 0), last + 1);
	assert_int_equal(json_integer_value(json_object_get(page, "shown_first")), 2);
	assert_string_equal(json_string_value(json_object_get(page, "previous")), "0");
	json_decref(page);
}

static void equal_questions_are_one(void **state)
{
	(void)state;
	struct questions questions;
	char again[QUESTION_PLACE_SIZE] = "";
	json_t *data = json_object();

	questions_init(&questions, "", NULL);
	for (unsigned line = 2; line < 1002; line++)
		if (questions_meet(&questions.faults, line % 2 ? "odd" : "even", line, 100))
			questions_show(&questions.faults,
				json_pack("{s:i, s:[i]}", "line", (int)line, "lines", (int)line));
	assert_int_equal(questions_lines(&questions.faults), 1000);
	assert_true(questions_into(&questions, data, again));
	assert_int_equal(json_integer_value(json_object_get(data, "questions")), 2);
	assert_int_equal(json_array_size(json_object_get(
				 json_array_get(json_object_get(data, "problems"), 1), "lines")),
		500);
	questions_finish(&questions);
	json_decref(data);
}

/* "no-kind" is settled by a later line: a page that loses a question to that is read once more. */
static void a_page_with_a_gap_is_read_again(void **state)
{
	(void)state;
	struct questions questions;
	char again[QUESTION_PLACE_SIZE] = "", key[16];
	json_t *data = json_object();

	questions_init(&questions, "w3", NULL);
	for (unsigned line = 2; line < 100; line++) {
		snprintf(key, sizeof key, "%u", line);
		if (questions_meet(&questions.doubts, key, line, 100))
			questions_show(&questions.doubts,
				json_pack("{s:i, s:[i]}", "line", (int)line, "lines", (int)line));
	}
	questions_drop(&questions.doubts, "90"); /* of another page */
	questions_drop(&questions.doubts, "nobody");
	assert_int_equal(questions_lines(&questions.doubts), 97);
	assert_false(questions.doubts.torn);
	questions_drop(&questions.doubts, "5");
	assert_int_equal(questions_lines(&questions.doubts), 96);
	assert_false(questions_into(&questions, data, again));
	assert_string_equal(again, "w3");
	questions_finish(&questions);
	json_decref(data);
}

static void a_place_that_is_none_is_the_beginning(void **state)
{
	(void)state;
	static const char *const places[] = { "", "0", "x", "-3", "w", "999999999999", "12a" };

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		char again[QUESTION_PLACE_SIZE] = "";
		json_t *page = page_of(places[i], 0, again);
		assert_non_null(page);
		assert_int_equal(line_at(page, 0), strcmp(places[i], "w") == 0 ? 2 + FAULTS : 2);
		json_decref(page);
	}
}

int test_questions(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_in_a_row_show_each_question_once),
		cmocka_unit_test(the_way_back_shows_each_question_too),
		cmocka_unit_test(what_is_mended_moves_nothing_past_a_page),
		cmocka_unit_test(equal_questions_are_one),
		cmocka_unit_test(a_page_with_a_gap_is_read_again),
		cmocka_unit_test(a_place_that_is_none_is_the_beginning),
	};
	return cmocka_run_group_tests_name("questions", tests, NULL, NULL);
}
