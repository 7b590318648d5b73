/* /people: who is known, who is in, who has no badge yet. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/walk_in.h"
#include "web/day.h"
#include "web/escape.h"
#include "web/frame.h"
#include "web/import_job.h"
#include "web/parts.h"
#include "web/response.h"
#include "web/routes.h"

#define PAGE_ROWS 50
#define PAGES_MAX 1000000

static const struct {
	const char *name;
	enum person_sort sort;
	bool by_time; /* the newest of today first, and then the rest in that order */
} sorts[] = {
	{ "name", PERSON_BY_NAME, false },
	{ "in", PERSON_BY_NAME, true },
	{ "org", PERSON_BY_ORGANISATION, false },
	{ "cluster", PERSON_BY_CLUSTER, false },
};

struct listing {
	const struct request *request;
	struct cluster_list clusters;
	char words[256];
	const char *filter;
	bool tap_out;        /* else "in" is who came */
	int64_t first, last; /* of the matching ones, from 0; last exclusive */
	int64_t total, in, without_badge, without_organisation, found;
	struct newest *newest; /* NULL: everybody in the order of the store */
	size_t present;        /* of the matching ones, so far */
	json_t *people;        /* a place for each of those shown; null where nobody is */
};

static bool is_in(const struct listing *listing, const struct last_seen *seen)
{
	return listing->tap_out ? seen->direction == DIRECTION_IN
				: seen->direction != DIRECTION_NONE;
}

static bool fits_filter(const struct listing *listing, const struct person_row *person,
	const struct last_seen *seen)
{
	if (strcmp(listing->filter, "in") == 0)
		return is_in(listing, seen);
	if (strcmp(listing->filter, "nobadge") == 0)
		return !person->has_badge;
	if (strcmp(listing->filter, "noorg") == 0)
		return !person->organisation[0];
	return true;
}

static bool fits_words(const struct listing *listing, const struct person_row *person)
{
	char text[1024], badge[BADGE_NAME_SIZE] = "";

	if (!listing->words[0])
		return true;
	if (person->has_badge)
		badge_name(&person->key, badge);
	snprintf(text, sizeof text, "%s %s %s %s %s", person->given_name, person->family_name,
		person->organisation, person->email, badge);
	return words_match(text, listing->words);
}

static json_t *person_json(const struct listing *listing, const struct person_row *person,
	const struct last_seen *seen)
{
	char name[PERSON_NAME_SIZE], badge[BADGE_NAME_SIZE];
	const enum language language = listing->request->language;

	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:b, s:s, s:o, s:b, s:b}", "id",
		person->id, "name", full_name(person->given_name, person->family_name, name),
		"organisation", person->organisation, "organisation_id",
		person->organisation_id[0] ? json_string(person->organisation_id) : json_null(),
		"cluster", cluster_json(&listing->clusters, person->cluster, language), "badge",
		person->has_badge ? badge_json(&person->key) : json_null(), "badge_name",
		person->has_badge ? badge_name(&person->key, badge) : "", "blocked",
		person->blocked, "presence", presence_name(seen->direction), "time",
		seen->direction ? json_time(seen->at_ms) : json_null(), "self",
		strcmp(person->origin, "kiosk") == 0, "sure", seen->sure);
}

/* Whoever came today, in the order the store tells of them: which place that is by time. */
struct newest {
	struct one {
		int64_t at_ms;
		size_t met, place;
	} * all;
	size_t count, capacity;
};

static int by_time(const void *a, const void *b)
{
	const struct one *one = a, *other = b;

	if (one->at_ms != other->at_ms)
		return one->at_ms < other->at_ms ? 1 : -1;
	return one->met < other->met ? -1 : 1;
}

static void newest_settle(struct newest *newest)
{
	if (newest->count > 1)
		qsort(newest->all, newest->count, sizeof newest->all[0], by_time);
	for (size_t i = 0; i < newest->count; i++)
		newest->all[newest->all[i].met].place = i;
}

static int newest_add(struct newest *newest, int64_t at_ms)
{
	if (newest->count == newest->capacity) {
		const size_t capacity = newest->capacity ? 2 * newest->capacity : 256;
		struct one *grown = realloc(newest->all, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		newest->all = grown;
		newest->capacity = capacity;
	}
	newest->all[newest->count] = (struct one){ at_ms, newest->count, 0 };
	newest->count++;
	return 0;
}

/* What a row of the store is in this list. False for who does not belong there. */
static bool look_up(
	const struct listing *listing, const struct person_row *person, struct last_seen *ret)
{
	*ret = (struct last_seen){ .sure = true };
	day_last_seen(listing->request->stores.day, person->id, ret);
	return fits_filter(listing, person, ret) && fits_words(listing, person);
}

static int take_time(void *context, const struct person_row *person)
{
	const struct listing *listing = context;
	struct last_seen seen;

	return look_up(listing, person, &seen) && seen.direction
		       ? newest_add(listing->newest, seen.at_ms)
		       : 0;
}

/* The place of the next matching one in the list that is shown. */
static int64_t place_of(struct listing *listing, const struct last_seen *seen)
{
	const struct newest *newest = listing->newest;

	if (!newest)
		return listing->found;
	if (seen->direction)
		return listing->present < newest->count
			       ? (int64_t)newest->all[listing->present].place
			       : -1; /* came since the times were looked up */
	return (int64_t)newest->count + listing->found - (int64_t)listing->present;
}

static int take_person(void *context, const struct person_row *person)
{
	struct listing *listing = context;
	struct last_seen seen;
	const bool fits = look_up(listing, person, &seen);

	listing->total++;
	listing->in += is_in(listing, &seen);
	listing->without_badge += !person->has_badge;
	listing->without_organisation += !person->organisation[0];
	if (!fits)
		return 0;
	const int64_t place = place_of(listing, &seen);
	if (place >= listing->first && place < listing->last)
		json_array_set_new(listing->people, (size_t)(place - listing->first),
			person_json(listing, person, &seen));
	listing->found++;
	listing->present += seen.direction != DIRECTION_NONE;
	return 0;
}

/* The list's own address with another page or order. */
static json_t *base_json(const char *words, const char *filter)
{
	char query[512], base[640];

	escape_query(query, sizeof query, words);
	snprintf(base, sizeof base, "/people?q=%s&filter=%s", query, filter);
	return json_string(base);
}

static const char *known_filter(const char *name)
{
	static const char *const filters[] = { "in", "nobadge", "noorg" };

	for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
		if (strcmp(filters[i], name) == 0)
			return filters[i];
	return "all";
}

static size_t known_sort(const char *name)
{
	for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++)
		if (strcmp(sorts[i].name, name) == 0)
			return i;
	return 0;
}

static json_t *listing_json(
	struct listing *listing, const char *words, const char *sort, int number)
{
	json_t *base = base_json(words, listing->filter);
	json_t *path = json_sprintf("%s&sort=%s", json_string_value(base), sort);
	json_t *data = json_pack("{s:I, s:I, s:I, s:I, s:I, s:s, s:s, s:s, s:o, s:o, s:s}", "total",
		(json_int_t)listing->total, "in", (json_int_t)listing->in, "without_badge",
		(json_int_t)listing->without_badge, "without_organisation",
		(json_int_t)listing->without_organisation, "found", (json_int_t)listing->found, "q",
		words, "filter", listing->filter, "sort", sort, "people", listing->people, "base",
		base, "saved", request_query(listing->request, "saved"));

	paging_into(data, json_string_value(path), listing->found, PAGE_ROWS, number);
	json_decref(path);
	return data;
}

/* Fills @listing->people. 0 or -errno. */
static int list_people(struct listing *listing, size_t sort)
{
	struct store *store = listing->request->stores.read;
	struct newest newest = { .all = NULL };
	int r = 0;

	if (sorts[sort].by_time) {
		listing->newest = &newest;
		r = person_each(store, sorts[sort].sort, take_time, listing);
		newest_settle(&newest);
	}
	for (int64_t i = listing->first; i < listing->last; i++)
		json_array_append_new(listing->people, json_null());
	if (r == 0)
		r = person_each(store, sorts[sort].sort, take_person, listing);
	for (size_t i = json_array_size(listing->people); i-- > 0;)
		if (json_is_null(json_array_get(listing->people, i)))
			json_array_remove(listing->people, i);
	listing->newest = NULL;
	free(newest.all);
	return r;
}

int page_people(struct request *request, struct response *response)
{
	struct day_counts counts;
	char job[ID_TEXT_SIZE];
	int64_t until_ms;
	const int waiting = import_job_waiting(request, job, &until_ms);
	if (waiting > 0 && strcmp(request_query(request, "filter"), "held") == 0)
		return respond_see_other(response, "/people/import/%s", job);
	struct listing listing = { .request = request, .people = json_array() };
	const char *words = request_query(request, "q");
	const size_t sort = known_sort(request_query(request, "sort"));
	const int number = request_number(request_query(request, "page"), 1, PAGES_MAX, 1);

	listing.filter = known_filter(request_query(request, "filter"));
	listing.first = (int64_t)(number - 1) * PAGE_ROWS;
	listing.last = listing.first + PAGE_ROWS;
	text_fold(listing.words, sizeof listing.words, words);
	int r = day_count(
		request->stores.day, request->stores.read, request_config(request), &counts);
	listing.tap_out = r == 0 && counts.tap_out;
	if (r == 0)
		r = cluster_list_load(&listing.clusters, request->stores.read);
	if (r == 0)
		r = list_people(&listing, sort);
	if (r < 0) {
		json_decref(listing.people);
		return r;
	}
	json_t *data = listing_json(&listing, words, sorts[sort].name, number);
	int64_t to_check = 0;
	walk_in_count_to_check(request->stores.read, &to_check);
	json_object_set_new(data, "to_check", json_integer((json_int_t)to_check));
	json_object_set_new(data, "waiting", json_integer(waiting));
	json_object_set_new(data, "tap_out", json_boolean(listing.tap_out));
	return paging_respond(response, "people", data);
}
