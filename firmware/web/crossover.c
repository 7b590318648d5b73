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

json_t *crossover_json(const struct participation *from, const struct cluster_list *clusters,
	enum language language)
{
	const struct sums sums = sums_of(from);
	const int64_t left_out = from->in_clusters.checkins - sums.all;
	json_t *rows = json_array();

	for (size_t i = 0; i < from->cluster_count; i++)
		json_array_append_new(rows, row_json(from, i, clusters, language, sums.most));
	return json_pack("{s:o, s:o, s:I, s:f, s:I}", "rows", rows, "sums", columns_json(from),
		"all", (json_int_t)sums.all, "outside_own",
		sums.all > 0 ? (double)(sums.all - sums.own) / (double)sums.all : 0.0, "left_out",
		(json_int_t)(left_out > 0 ? left_out : 0));
}
