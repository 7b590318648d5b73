#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/participation_private.h"

/* Bitmaps of persons: a union counts each person once, in any set of sessions. */
struct crowds {
	uint64_t *all, *in_clusters, *of_cluster, *of_event,
		*of_month; /* one after the other, @words each */
	size_t words;
};

static int make(struct crowds *ret, const struct reading *reading)
{
	const size_t chunks = reading->number_count / ATTENDER_CHUNK + 1;
	ret->words = chunks * ATTENDER_CHUNK / 64;
	ret->all = calloc(ret->words, sizeof *ret->all);
	ret->in_clusters = calloc(ret->words, sizeof *ret->all);
	ret->of_cluster = calloc(reading->to->cluster_count + 1, ret->words * sizeof *ret->all);
	ret->of_event = calloc(reading->event_count + 1, ret->words * sizeof *ret->all);
	ret->of_month = calloc(reading->month_count + 1, ret->words * sizeof *ret->all);
	return ret->all && ret->in_clusters && ret->of_cluster && ret->of_event && ret->of_month
		       ? 0
		       : -ENOMEM;
}

static void finish(struct crowds *crowds)
{
	free(crowds->all);
	free(crowds->in_clusters);
	free(crowds->of_cluster);
	free(crowds->of_event);
	free(crowds->of_month);
}

static int64_t count(const uint64_t *words, size_t length)
{
	int64_t persons = 0;
	for (size_t i = 0; i < length; i++)
		persons += __builtin_popcountll(words[i]);
	return persons;
}

/* @index -1: belongs to none. */
static void join(uint64_t *crowd, int index, const struct crowds *crowds, int64_t chunk,
	const uint64_t bits[ATTENDER_CHUNK / 64])
{
	if (index < 0)
		return;
	uint64_t *to =
		crowd + (size_t)index * crowds->words + (size_t)chunk * (ATTENDER_CHUNK / 64);
	for (size_t i = 0; i < ATTENDER_CHUNK / 64; i++)
		to[i] |= bits[i];
}

static int take_row(struct reading *reading, struct crowds *crowds, sqlite3_stmt *row)
{
	struct spot at;
	uint64_t bits[ATTENDER_CHUNK / 64];
	const int64_t chunk = sqlite3_column_int64(row, 3);
	const int r = spot_of_row(reading, row, &at);
	const bool fits = chunk >= 0 && (size_t)chunk < crowds->words / (ATTENDER_CHUNK / 64) &&
			  sqlite3_column_bytes(row, 4) == sizeof bits;
	if (r < 0 || !at.within || !fits)
		return r;
	memcpy(bits, sqlite3_column_blob(row, 4), sizeof bits);
	join(crowds->all, 0, crowds, chunk, bits);
	join(crowds->in_clusters, at.cluster < 0 ? -1 : 0, crowds, chunk, bits);
	join(crowds->of_cluster, at.cluster, crowds, chunk, bits);
	join(crowds->of_event, at.event, crowds, chunk, bits);
	join(crowds->of_month, at.month, crowds, chunk, bits);
	if (at.session >= 0)
		reading->sessions[at.session].came.persons += count(bits, ATTENDER_CHUNK / 64);
	return 0;
}

static void tell(struct reading *reading, const struct crowds *crowds)
{
	const size_t words = crowds->words;
	struct participation *to = reading->to;
	to->total.persons = count(crowds->all, words);
	to->in_clusters.persons = count(crowds->in_clusters, words);
	for (size_t i = 0; i < to->cluster_count; i++)
		to->clusters[i].came.persons = count(crowds->of_cluster + i * words, words);
	for (size_t i = 0; i < reading->event_count; i++)
		reading->events[i].came.persons = count(crowds->of_event + i * words, words);
	for (size_t i = 0; i < reading->month_count; i++)
		reading->months[i].came.persons = count(crowds->of_month + i * words, words);
}

/* Whoever has counted check-ins has one organisation in all of them. */
static int count_person(struct reading *reading, int64_t person)
{
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_PERSON);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, person);
	const int r = statement_step(reading->store, row);
	const int organisation =
		r == 1 ? participation_index(reading, sqlite3_column_int64(row, 0)) : -1;
	sqlite3_reset(row);
	if (organisation >= 0)
		reading->organisations[reading->root_of[organisation]].persons++;
	return r < 0 ? r : 0;
}

static int count_by_organisation(struct reading *reading, const struct crowds *crowds)
{
	int r = 0;
	for (size_t i = 0; i < crowds->words; i++)
		for (uint64_t left = crowds->all[i]; left && r == 0; left &= left - 1)
			r = count_person(reading, (int64_t)(i * 64) + __builtin_ctzll(left));
	return r;
}

int participation_people(struct reading *reading)
{
	struct crowds crowds;
	int r = make(&crowds, reading);
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_ATTENDERS);
	while (r == 0 && (r = statement_step(reading->store, row)) == 1)
		r = take_row(reading, &crowds, row);
	if (row)
		sqlite3_reset(row);
	if (r == 0)
		r = count_by_organisation(reading, &crowds);
	if (r == 0)
		tell(reading, &crowds);
	finish(&crowds);
	return r;
}
