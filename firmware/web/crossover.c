#include "web/crossover.h"

#include "web/standing.h"

/* Sums over the matrix; a number that is withheld adds nothing. */
struct sums {
	int64_t most, own, all;
};

static int64_t cell(const struct participation *from, size_t row, size_t column)
{
	const int64_t number = from->crossover[row * from->cluster_count + column];

	return number > 0 ? number : 0;
}

static struct sums sums_of(const struct participation *from)
{
	struct sums sums = { 0, 0, 0 };

	for (size_t i = 0; i < from->cluster_count; i++)
		for (size_t j = 0; j < from->cluster_count; j++) {
			const int64_t number = cell(from, i, j);
			sums.most = number > sums.most ? number : sums.most;
			sums.own += i == j ? number : 0;
			sums.all += number;
		}
	return sums;
}

static int tint(int64_t number, int64_t most)
{
	static const int shares[] = { 8, 20, 40, 75 };
	int at = 1;

	if (number <= 0 || most <= 0)
		return 0;
	for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
		at += number * 100 >= most * shares[i];
	return at;
}

static json_t *row_json(const struct participation *from, size_t row,
	const struct cluster_list *clusters, enum language language, int64_t most)
{
	json_t *cells = json_array();
	int64_t sum = 0;

	for (size_t j = 0; j < from->cluster_count; j++) {
		const int64_t number = from->crossover[row * from->cluster_count + j];
		sum += cell(from, row, j);
		json_array_append_new(
			cells, json_pack("{s:o, s:i, s:b}", "number", figure_json(number), "tint",
				       tint(number, most), "own", row == j));
	}
	return json_pack("{s:o, s:o, s:I}", "cluster",
		cluster_json(clusters, from->clusters[row].code, language), "cells", cells, "sum",
		(json_int_t)sum);
}

static json_t *columns_json(const struct participation *from)
{
	json_t *columns = json_array();

	for (size_t j = 0; j < from->cluster_count; j++) {
		int64_t sum = 0;
		for (size_t i = 0; i < from->cluster_count; i++)
			sum += cell(from, i, j);
		json_array_append_new(columns, json_pack("{s:I}", "sum", (json_int_t)sum));
	}
	return columns;
}

/* Check-ins of this cluster's organisations at the sessions of others. */
static int64_t away(const struct participation *from, size_t row)
{
	int64_t sum = 0;

	for (size_t j = 0; j < from->cluster_count; j++)
		sum += j == row ? 0 : cell(from, row, j);
	return sum;
}

/* Organisations of it were at a session of any cluster. */
static bool goes(const struct participation *from, size_t row)
{
	return away(from, row) + cell(from, row, row) > 0;
}

static json_t *two_json(
	const struct participation *from, size_t one, size_t other, enum language language)
{
	return json_pack("{s:s, s:s}", "one", from->clusters[one].name[language], "other",
		from->clusters[other].name[language]);
}

/* The two that go to others most, when no third goes as much. */
static json_t *visitors_json(const struct participation *from, enum language language)
{
	size_t first = 0, second = 0, more = 0;

	for (size_t i = 1; i < from->cluster_count; i++) {
		if (away(from, i) > away(from, first)) {
			second = first;
			first = i;
		} else if (second == first || away(from, i) > away(from, second)) {
			second = i;
		}
	}
	for (size_t i = 0; i < from->cluster_count; i++)
		more += away(from, i) >= away(from, second);
	return from->cluster_count > 2 && more == 2 && away(from, second) > 0
		       ? two_json(from, first, second, language)
		       : json_null();
}

/* The pair that meets least, when it is one, both were anywhere, and another pair meets at least
 * four times as much. */
static json_t *strangers_json(const struct participation *from, enum language language)
{
	size_t one = 0, other = 0, alone = 0;
	int64_t least = INT64_MAX, most = 0;

	for (size_t i = 0; i < from->cluster_count; i++)
		for (size_t j = i + 1; j < from->cluster_count; j++) {
			const int64_t met = cell(from, i, j) + cell(from, j, i);
			most = met > most ? met : most;
			if (met > least || !goes(from, i) || !goes(from, j))
				continue;
			alone = met < least ? 1 : alone + 1;
			least = met;
			one = i;
			other = j;
		}
	return alone == 1 && most > 0 && 4 * least <= most ? two_json(from, one, other, language)
							   : json_null();
}

json_t *crossover_json(const struct participation *from, const struct cluster_list *clusters,
	enum language language)
{
	const struct sums sums = sums_of(from);
	const int64_t left_out = from->in_clusters.checkins - sums.all;
	json_t *rows = json_array();

	for (size_t i = 0; i < from->cluster_count; i++)
		json_array_append_new(rows, row_json(from, i, clusters, language, sums.most));
	return json_pack("{s:o, s:o, s:o, s:o, s:I, s:f, s:I}", "rows", rows, "visitors",
		visitors_json(from, language), "strangers", strangers_json(from, language), "sums",
		columns_json(from), "all", (json_int_t)sums.all, "outside_own",
		sums.all > 0 ? (double)(sums.all - sums.own) / (double)sums.all : 0.0, "left_out",
		(json_int_t)(left_out > 0 ? left_out : 0));
}
