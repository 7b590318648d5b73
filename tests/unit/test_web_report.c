/* What Live and the report draw of the figures: windows, the state of the clusters, the crossovers.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "web/behind.h"
#include "web/crossover.h"
#include "web/reached.h"
#include "web/standing.h"
#include "web/windows.h"

int test_web_report(void);

static const struct cluster_list clusters = {
	.all = { { .code = "a", .short_en = "A" }, { .code = "b", .short_en = "B" } }, .count = 2
};

static const char *word_at(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static int number_at(const json_t *object, const char *name)
{
	return (int)json_integer_value(json_object_get(object, name));
}

static void one_window_is_one_organisation(void **state)
{
	static const struct {
		int companies, education, goal;
		const char *shapes;
		int width, goal_x, last_x;
	} rows[] = {
		{ 0, 0, 3, "ooo", 52, 49, 33 },
		{ 2, 1, 5, "cceoo", 84, 81, 65 },
		{ 3, 0, 3, "ccc", 52, 49, 33 },
		{ 2, 2, 3, "ccee", 74, 49, 55 },
		{ 19, 1, 15, "ccccccccccccccccccce", 330, 241, 311 },
		{ 20, 1, 15, "cccccccccccccccccccm", 330, 241, 311 },
		{ 1, 0, 40, "cooooooooooooooooooo", 324, 321, 305 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct figures_involved involved = { .involved = rows[i].companies +
								       rows[i].education,
			.companies = rows[i].companies,
			.education = rows[i].education };
		json_t *windows = windows_json(&involved, rows[i].goal);
		char shapes[32] = "";
		size_t w;
		const json_t *window = NULL;
		json_array_foreach(windows, w, window) shapes[w] = word_at(window, "shape")[0];
		CHECK_ROW(rows[i].shapes, strcmp(shapes, rows[i].shapes) == 0);
		CHECK_ROW(rows[i].shapes,
			number_at(json_array_get(windows, json_array_size(windows) - 1), "x") ==
				rows[i].last_x);
		CHECK_ROW(rows[i].shapes, windows_width(&involved, rows[i].goal) == rows[i].width);
		CHECK_ROW(rows[i].shapes, windows_goal_x(rows[i].goal) == rows[i].goal_x);
		json_decref(windows);
	}
}

static void what_is_said_of_the_clusters_goes_by_what_is_left(void **state)
{
	static const struct {
		const char *sentence;
		int first, second; /* organisations of 15 */
		const char *near, *room;
		int near_left, reached;
	} rows[] = {
		{ "one is close, the other far", 14, 3, "One", "Two", 1, 0 },
		{ "both have as much to go", 5, 5, "", "", 0, 0 },
		{ "five to go is not close", 10, 15, "", "One", 0, 1 },
		{ "four to go is, and is not said twice", 15, 11, "Two", "", 4, 1 },
		{ "all there", 15, 20, "", "", 0, 2 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct figures_cluster all[] = {
			{ .code = "a", .name = { "Een", "One" }, .target = 15 },
			{ .code = "b", .name = { "Twee", "Two" }, .target = 15 }
		};
		all[0].by_rule.involved = rows[i].first;
		all[1].by_rule.involved = rows[i].second;
		const struct participation from = { .clusters = all,
			.cluster_count = 2,
			.in_clusters = { .persons = FIGURE_WITHHELD } };
		json_t *standing = standing_json(&from, &clusters, LANGUAGE_EN);
		CHECK_ROW(rows[i].sentence, strcmp(word_at(standing, "near"), rows[i].near) == 0);
		CHECK_ROW(rows[i].sentence, strcmp(word_at(standing, "room"), rows[i].room) == 0);
		CHECK_ROW(rows[i].sentence, number_at(standing, "near_left") == rows[i].near_left);
		CHECK_ROW(rows[i].sentence, number_at(standing, "reached") == rows[i].reached);
		assert_true(json_is_null(
			json_object_get(json_object_get(standing, "total"), "persons")));
		json_decref(standing);
	}
}

/* Tints begin at 8, 20, 40 and 75 % of the largest; nobody has none. */
static void a_cell_is_tinted_by_its_share_of_the_largest(void **state)
{
	static const struct {
		int64_t number;
		int tint;
	} rows[] = { { 0, 0 }, { FIGURE_WITHHELD, 0 }, { 1, 1 }, { 7, 1 }, { 8, 2 }, { 19, 2 },
		{ 20, 3 }, { 39, 3 }, { 40, 4 }, { 74, 4 }, { 75, 5 }, { 100, 5 } };
	struct figures_cluster all[] = { { .code = "a" }, { .code = "b" } };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		/* The last row is of organisations of no cluster: it takes no part. */
		int64_t matrix[] = { 100, rows[i].number, 0, 0, 900, 900 };
		const int64_t sum = rows[i].number > 0 ? rows[i].number : 0;
		const struct participation from = { .clusters = all,
			.cluster_count = 2,
			.crossover = matrix,
			.in_clusters = { .checkins = 1900 + sum } };
		json_t *crossover = crossover_json(&from, &clusters, LANGUAGE_EN);
		const json_t *row = json_array_get(json_object_get(crossover, "rows"), 0);
		const json_t *cells = json_object_get(row, "cells");
		const json_t *own = json_array_get(cells, 0), *cell = json_array_get(cells, 1);
		assert_true(json_is_true(json_object_get(own, "own")));
		assert_true(json_is_false(json_object_get(cell, "own")));
		assert_int_equal(number_at(cell, "tint"), rows[i].tint);
		assert_int_equal(json_is_null(json_object_get(cell, "number")),
			rows[i].number == FIGURE_WITHHELD);
		assert_int_equal(number_at(row, "sum"), 100 + sum);
		assert_int_equal(number_at(crossover, "all"), 100 + sum);
		assert_int_equal(number_at(crossover, "left_out"), 1800);
		assert_int_equal(
			(int)(1000 * json_real_value(json_object_get(crossover, "outside_own"))),
			(int)(1000.0 * (double)sum / (double)(100 + sum)));
		json_decref(crossover);
	}
}

static const char *two_at(const json_t *object, const char *name, char ret[3])
{
	const json_t *two = json_object_get(object, name);
	snprintf(ret, 3, "%s%s", word_at(two, "one"), word_at(two, "other"));
	return ret;
}

static void who_visits_and_who_seldom_meets_is_said_when_it_is_clear(void **state)
{
	static const struct {
		const char *sentence;
		int64_t matrix[9]; /* A, B and C at A, B and C */
		const char *visitors, *strangers;
	} rows[] = {
		{ "two go out, one stays", { 9, 9, 0, 7, 9, 2, 1, 0, 9 }, "AB", "AC" },
		{ "the largest comes first", { 9, 4, 0, 7, 9, 2, 1, 0, 9 }, "BA", "AC" },
		{ "the last two", { 9, 0, 0, 5, 9, 4, 5, 1, 9 }, "BC", "" },
		{ "three go as much", { 9, 1, 1, 1, 9, 1, 1, 1, 9 }, "", "" },
		{ "two are second", { 9, 5, 0, 1, 9, 0, 1, 0, 9 }, "", "BC" },
		{ "only one goes out", { 9, 3, 3, 0, 9, 0, 0, 0, 9 }, "", "BC" },
		{ "all keep to themselves", { 9, 0, 0, 0, 9, 0, 0, 0, 9 }, "", "" },
		{ "who was nowhere is no stranger", { 9, 8, 1, 7, 9, 3, 0, 0, 0 }, "BA", "" },
		{ "a quarter is seldom", { 9, 8, 1, 0, 9, 4, 1, 0, 9 }, "AB", "AC" },
		{ "more is not", { 9, 8, 2, 0, 9, 4, 1, 0, 9 }, "AB", "" },
		{ "nobody", { 0 }, "", "" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct figures_cluster all[] = { { .code = "a", .name = { "A", "A" } },
			{ .code = "b", .name = { "B", "B" } },
			{ .code = "c", .name = { "C", "C" } } };
		int64_t matrix[12] = { 0 };
		char two[3];
		memcpy(matrix, rows[i].matrix, sizeof rows[i].matrix);
		const struct participation from = {
			.clusters = all, .cluster_count = 3, .crossover = matrix
		};
		json_t *crossover = crossover_json(&from, &clusters, LANGUAGE_EN);
		CHECK_ROW(rows[i].sentence,
			strcmp(two_at(crossover, "visitors", two), rows[i].visitors) == 0);
		CHECK_ROW(rows[i].sentence,
			strcmp(two_at(crossover, "strangers", two), rows[i].strangers) == 0);
		json_decref(crossover);
	}
}

static void a_kiosk_is_behind_while_the_programme_is_on(void **state)
{
	enum { BEGINS = 1000, OPENS = 100000000, CLOSES = 200000000 };
	static const struct {
		const char *sentence;
		int64_t last_ms, now_ms;
		enum clock_grade grade;
		bool behind;
	} rows[] = {
		{ "a quarter ago", OPENS, OPENS + BEHIND_MS, CLOCK_NTP, true },
		{ "less", OPENS + 1, OPENS + BEHIND_MS, CLOCK_NTP, false },
		{ "the day before", BEGINS, OPENS + BEHIND_MS, CLOCK_NTP, true },
		{ "before the event", BEGINS - 1, OPENS + BEHIND_MS, CLOCK_NTP, false },
		{ "it only just began", BEGINS, OPENS + BEHIND_MS - 1, CLOCK_NTP, false },
		{ "it is over", OPENS, CLOSES, CLOCK_NTP, false },
		{ "by a clock that was not set", OPENS, OPENS + BEHIND_MS, CLOCK_NONE, false },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct peer peer = { .last_ms = rows[i].last_ms, .grade = rows[i].grade };
		const struct hours hours = { BEGINS, OPENS, CLOSES, rows[i].now_ms };
		CHECK_ROW(rows[i].sentence, peer_is_behind(&peer, &hours) == rows[i].behind);
	}
}

static void three_are_named_and_the_rest_is_counted(void **state)
{
	struct figures_organisation all[8] = { { .name = "" } };
	const struct participation from = { .organisations = all,
		.organisation_count = COUNT_OF(all),
		.by_rule = { .education = 2 } };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		all[i] = (struct figures_organisation){ .kind = "company",
			.growth = "scale-up",
			.region = "outside",
			.is_new = true,
			.involved_in = 1 };
		all[i].name[0] = (char)('A' + i);
	}
	strcpy(all[0].kind, "education");
	strcpy(all[0].education_level, "hbo");
	strcpy(all[1].region, "inside");
	all[2].is_new = false;
	all[3].involved_in = 0;
	all[4].growth[0] = '\0';
	json_t *also = reached_in_short(&from);
	const json_t *growers = json_object_get(also, "growers"),
		     *newcomers = json_object_get(also, "newcomers"),
		     *education = json_object_get(also, "education");
	assert_int_equal(number_at(education, "count"), 2);
	assert_int_equal(number_at(education, "hbo"), 1);
	assert_int_equal(number_at(education, "wo"), 0);
	assert_int_equal(number_at(growers, "count"), 6);
	assert_int_equal(number_at(growers, "more"), 3);
	assert_int_equal(number_at(newcomers, "count"), 4); /* E, F, G and H */
	assert_int_equal(number_at(newcomers, "more"), 1);
	const json_t *first = json_object_get(newcomers, "first");
	assert_int_equal(json_array_size(first), 3);
	assert_string_equal(word_at(json_array_get(first, 0), "name"), "E");
	assert_true(json_is_false(json_object_get(json_array_get(first, 0), "next")));
	assert_true(json_is_true(json_object_get(json_array_get(first, 1), "next")));
	json_decref(also);
}

int test_web_report(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_window_is_one_organisation),
		cmocka_unit_test(what_is_said_of_the_clusters_goes_by_what_is_left),
		cmocka_unit_test(a_cell_is_tinted_by_its_share_of_the_largest),
		cmocka_unit_test(who_visits_and_who_seldom_meets_is_said_when_it_is_clear),
		cmocka_unit_test(a_kiosk_is_behind_while_the_programme_is_on),
		cmocka_unit_test(three_are_named_and_the_rest_is_counted),
	};
	return cmocka_run_group_tests_name("web_report", tests, NULL, NULL);
}
