/* /people: who is known, who is in, who has no badge yet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/walk_in.h"
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
} sorts[] = {
	{ "name", PERSON_BY_NAME },
	{ "in", PERSON_BY_PRESENCE },
	{ "org", PERSON_BY_ORGANISATION },
	{ "cluster", PERSON_BY_CLUSTER },
};

struct listing {
	const struct request *request;
	struct cluster_list clusters;
	char words[256];
	const char *filter;
	int64_t first, last; /* of the matching ones, from 0; last exclusive */
	int64_t total, in, without_badge, without_organisation, found;
	json_t *people;
};

static bool fits_filter(const struct listing *listing, const struct person_row *person)
{
	if (strcmp(listing->filter, "in") == 0)
		return person->direction == DIRECTION_IN;
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

static json_t *person_json(const struct listing *listing, const struct person_row *person)
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
		person->blocked, "presence", presence_name(person->direction), "time",
		person->direction ? json_time(person->at_ms) : json_null(), "self",
		registered_at_kiosk(listing->request->stores.read, person->id, person->family_name,
			person->email),
		"sure", person->sure);
}

static int take_person(void *context, const struct person_row *person)
{
	struct listing *listing = context;

	listing->total++;
	listing->in += person->direction == DIRECTION_IN;
	listing->without_badge += !person->has_badge;
	listing->without_organisation += !person->organisation[0];
	if (!fits_filter(listing, person) || !fits_words(listing, person))
		return 0;
	if (listing->found >= listing->first && listing->found < listing->last)
		json_array_append_new(listing->people, person_json(listing, person));
	listing->found++;
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

int page_people(struct request *request, struct response *response)
{
	struct today today;
	char job[ID_TEXT_SIZE];
	const int waiting = import_job_waiting(request, job);
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
	int r = today_find(&today, request, clock_wall_ms());
	if (r == 0)
		r = cluster_list_load(&listing.clusters, request->stores.read);
	const struct person_day day = { today.event.id, today.from_ms, today.to_ms };
	if (r == 0)
		r = person_each(
			request->stores.read, &day, sorts[sort].sort, take_person, &listing);
	if (r < 0) {
		json_decref(listing.people);
		return r;
	}
	json_t *data = listing_json(&listing, words, sorts[sort].name, number);
	int64_t to_check = 0;
	walk_in_count_to_check(request->stores.read, &to_check);
	json_object_set_new(data, "to_check", json_integer((json_int_t)to_check));
	json_object_set_new(data, "waiting", json_integer(waiting));
	json_object_set_new(data, "tap_out", json_boolean(request_config(request)->kiosk.tap_out));
	return respond_page(response, 200, "people", data);
}
