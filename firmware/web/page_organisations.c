/* /organisations: each of them once, by all its names. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/organisation.h"
#include "web/escape.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/parts.h"
#include "web/response.h"
#include "web/revision.h"
#include "web/routes.h"
#include "web/sheet.h"

#define PAGE_ROWS 50
#define PAGES_MAX 100000
#define PAIRS_MAX 30

static json_t *organisation_json(const struct organisation *organisation,
	const struct cluster_list *clusters, enum language language)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:s, s:I, s:b}", "id",
		organisation->id, "name", organisation->name, "kind", organisation->kind, "level",
		organisation->education_level, "cluster",
		cluster_json(clusters, organisation->cluster, language), "region",
		organisation->region, "growth", organisation->growth, "kvk", organisation->kvk,
		"town", organisation->town, "same_as", organisation->same_as, "people",
		(json_int_t)organisation->people, "to_check", organisation->to_check);
}

struct listing {
	const struct request *request;
	struct cluster_list clusters;
	char words[256];
	bool without_kind, to_check;                      /* only those */
	int total, missing_kind, unchecked, found, first; /* first: of the page */
	json_t *rows, *pairs;
};

static int take_organisation(void *context, const struct organisation *organisation)
{
	struct listing *listing = context;
	const bool counts = !organisation->same_as[0];

	listing->total += counts;
	listing->missing_kind += counts && !organisation->kind[0];
	listing->unchecked += counts && organisation->to_check;
	if ((listing->without_kind && (organisation->kind[0] || !counts)) ||
		(listing->to_check && (!organisation->to_check || !counts)) ||
		!words_match(organisation->name, listing->words))
		return 0;
	const int at = listing->found++;
	if (at >= listing->first && at < listing->first + PAGE_ROWS)
		json_array_append_new(
			listing->rows, organisation_json(organisation, &listing->clusters,
					       listing->request->language));
	return 0;
}

/* Who stays when two are made one: the one we know more of, or more people of. */
static bool stays(const struct organisation *one, const struct organisation *other)
{
	if ((one->kind[0] != '\0') != (other->kind[0] != '\0'))
		return one->kind[0] != '\0';
	return one->people >= other->people;
}

static int take_pair(void *context, const struct organisation_pair *pair)
{
	const bool first = stays(&pair->one, &pair->other);
	struct listing *listing = context;
	const enum language language = listing->request->language;

	json_array_append_new(listing->pairs,
		json_pack("{s:o, s:o, s:s}", "one",
			organisation_json(
				first ? &pair->one : &pair->other, &listing->clusters, language),
			"other",
			organisation_json(
				first ? &pair->other : &pair->one, &listing->clusters, language),
			"why", pair->why));
	return json_array_size(listing->pairs) >= PAIRS_MAX;
}

static json_t *listing_json(struct listing *listing, const char *words, int number)
{
	const struct request *request = listing->request;
	const char *filter = listing->without_kind ? "kind" : listing->to_check ? "kiosk" : "all";
	char query[512], base[640];
	json_t *data = json_pack("{s:i, s:i, s:i, s:i, s:i, s:s, s:s, s:o, s:o, s:i, s:s}", "total",
		listing->total, "missing_kind", listing->missing_kind, "unchecked",
		listing->unchecked, "found", listing->found, "goal",
		request_config(request)->kiosk.goal, "q", words, "filter", filter, "rows",
		listing->rows, "pairs", listing->pairs, "alike",
		(int)json_array_size(listing->pairs), "saved", request_query(request, "saved"));

	escape_query(query, sizeof query, words);
	snprintf(base, sizeof base, "/organisations?q=%s&filter=%s", query, filter);
	paging_into(data, base, listing->found, PAGE_ROWS, number);
	return data;
}

int page_organisations(struct request *request, struct response *response)
{
	const char *words = request_query(request, "q");
	const int number = request_number(request_query(request, "page"), 1, PAGES_MAX, 1);
	struct listing listing = { .request = request,
		.without_kind = strcmp(request_query(request, "filter"), "kind") == 0,
		.to_check = strcmp(request_query(request, "filter"), "kiosk") == 0,
		.first = (number - 1) * PAGE_ROWS,
		.rows = json_array(),
		.pairs = json_array() };

	text_fold(listing.words, sizeof listing.words, words);
	int r = cluster_list_load(&listing.clusters, request->stores.read);
	if (r == 0)
		r = organisation_each(request->stores.read, take_organisation, &listing);
	if (r == 0)
		r = organisation_pairs(request->stores.read, take_pair, &listing);
	if (r < 0) {
		json_decref(listing.rows);
		json_decref(listing.pairs);
		return r;
	}
	return paging_respond(response, "organisations", listing_json(&listing, words, number));
}

/* 0; -ENOENT after answering 404; -errno. */
static int organisation_asked(struct request *request, struct response *response, const char *id,
	struct organisation *ret)
{
	int r = organisation_find(request->stores.read, id, ret);

	if (r == 0 && strcmp(ret->id, id) != 0)
		r = -ENOENT;
	if (r == -ENOENT)
		respond_fault(response, 404, "");
	return r;
}

/* What a form is made of. */
static void set_all(
	struct sheet *ret, const struct request *request, const struct organisation *organisation)
{
	sheet_init(ret, request);
	sheet_set(ret, "kind", organisation->kind);
	sheet_set(ret, "level", organisation->education_level);
	sheet_set(ret, "cluster", organisation->cluster);
	sheet_set(ret, "region", organisation->region);
	sheet_set(ret, "growth", organisation->growth);
	sheet_set(ret, "town", organisation->town);
}

/* @organisation as it is stored, and the form as it was sent. */
static int show(struct request *request, struct response *response,
	const struct organisation *organisation, struct sheet *sheet, unsigned status)
{
	struct cluster_list clusters;
	struct sheet now;
	char rev[REVISION_SIZE];
	const int r = cluster_list_load(&clusters, request->stores.read);

	if (r < 0) {
		sheet_finish(sheet);
		return r;
	}
	json_t *data = organisation_json(organisation, &clusters, request->language);
	const char *chosen = json_string_value(json_object_get(sheet->values, "cluster"));
	json_object_set_new(data, "clusters",
		cluster_choices(&clusters, chosen ? chosen : "", request->language));
	json_object_set_new(data, "saved", json_string(request_query(request, "saved")));
	set_all(&now, request, organisation);
	revision_of(&now, rev);
	sheet_finish(&now);
	json_object_set_new(data, "rev", json_string(rev));
	return respond_page(response, status, "organisation", sheet_into(sheet, data));
}

int page_organisation(struct request *request, struct response *response)
{
	struct organisation organisation;
	struct sheet sheet;
	const int r = organisation_asked(request, response, request->parameters[0], &organisation);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	set_all(&sheet, request, &organisation);
	sheet_set(&sheet, "alias", "");
	return show(request, response, &organisation, &sheet, 200);
}

/* One of @allowed (ends with NULL), or "" for none of them. */
static void take_word(
	struct sheet *sheet, const char *field, const char *const *allowed, char *ret, size_t size)
{
	const char *text = sheet_take(sheet, field);

	ret[0] = '\0';
	for (size_t i = 0; allowed[i]; i++)
		if (strcmp(allowed[i], text) == 0)
			utf8_clip(ret, size, text);
	if (text[0] && !ret[0])
		sheet_fault(sheet, field, "choice");
}

static void take_cluster(
	struct sheet *sheet, const struct cluster_list *clusters, struct organisation *ret)
{
	const char *text = sheet_take(sheet, "cluster");
	bool known = !text[0];

	for (size_t i = 0; i < clusters->count; i++)
		known |= strcmp(clusters->all[i].code, text) == 0;
	if (!known)
		sheet_fault(sheet, "cluster", "choice");
	utf8_clip(ret->cluster, sizeof ret->cluster, text);
}

static void take_details(
	struct sheet *sheet, const struct cluster_list *clusters, struct organisation *ret)
{
	static const char *const kinds[] = { "company", "education", "government", "research",
		"culture", "other", NULL };
	static const char *const levels[] = { "mbo", "hbo", "wo", NULL };
	static const char *const regions[] = { "inside", "outside", NULL };
	static const char *const growths[] = { "start-up", "scale-up", NULL };

	take_word(sheet, "kind", kinds, ret->kind, sizeof ret->kind);
	take_word(sheet, "level", levels, ret->education_level, sizeof ret->education_level);
	take_word(sheet, "region", regions, ret->region, sizeof ret->region);
	take_word(sheet, "growth", growths, ret->growth, sizeof ret->growth);
	take_cluster(sheet, clusters, ret);
	const char *town = sheet_take(sheet, "town");
	if (strlen(town) >= sizeof ret->town)
		sheet_fault(sheet, "town", "long");
	utf8_clip(ret->town, sizeof ret->town, town);
}

/* 0 when it can be saved, else the status of the form that is shown again. */
static int judge(struct sheet *sheet, const struct organisation *stored)
{
	struct sheet now;

	set_all(&now, sheet->request, stored);
	const bool holds = revision_check(sheet, &now);
	return !sheet_is_good(sheet) ? 422 : holds ? 0 : 409;
}

int page_organisation_change(struct request *request, struct response *response)
{
	struct organisation stored;
	struct cluster_list clusters;
	struct sheet sheet;
	int r = organisation_asked(request, response, request->parameters[0], &stored);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = cluster_list_load(&clusters, request->stores.read);
	if (r < 0)
		return r;
	struct organisation organisation = stored;
	sheet_init(&sheet, request);
	take_details(&sheet, &clusters, &organisation);
	const char *alias = sheet_take(&sheet, "alias");
	if (strlen(alias) >= ORGANISATION_SIZE)
		sheet_fault(&sheet, "alias", "long");
	const int again = judge(&sheet, &stored);
	if (again)
		return show(request, response, &stored, &sheet, (unsigned)again);
	if (alias[0])
		r = organisation_alias(request->stores.write, organisation.id, alias);
	if (r == -EEXIST) {
		sheet_fault(&sheet, "alias", "alias");
		return show(request, response, &stored, &sheet, 409);
	}
	sheet_finish(&sheet);
	if (r == 0)
		r = organisation_describe(request->stores.write, &organisation, clock_wall_ms());
	if (r == 0)
		r = audit_note(request, "organisation-changed", organisation.id, "");
	return r < 0 ? r
		     : respond_see_other(
			       response, "/organisations/%s?saved=organisation", organisation.id);
}

/* The one in the path and @with, which the parting of a merge has no need of. As
 * organisation_asked. */
static int both_asked(struct request *request, struct response *response, const char *with,
	bool needs_other, struct organisation *ret_one, struct organisation *ret_other)
{
	const int r = organisation_asked(request, response, request->parameters[0], ret_one);

	*ret_other = (struct organisation){ .id = "" };
	return r == 0 && needs_other ? organisation_asked(request, response, with, ret_other) : r;
}

/* Whether one of the two was decided to be the other, or is. */
static bool are_one(const struct organisation *one, const struct organisation *other)
{
	return strcmp(one->id, other->id) == 0 || strcmp(one->same_as, other->name) == 0 ||
	       strcmp(other->same_as, one->name) == 0;
}

static int ask(struct request *request, struct response *response, const char *act)
{
	const bool unmerge = strcmp(act, "unmerge") == 0;
	struct organisation one, other;
	int r = both_asked(
		request, response, request_query(request, "with"), !unmerge, &one, &other);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (unmerge ? !one.same_as[0] : are_one(&one, &other))
		return respond_fault(response, 409, "");
	return respond_page(response, 200, "organisation_ask",
		json_pack("{s:s, s:{s:s, s:s, s:I}, s:{s:s, s:s, s:I}, s:s}", "act", act, "one",
			"id", one.id, "name", one.name, "people", (json_int_t)one.people, "other",
			"id", other.id, "name", other.name, "people", (json_int_t)other.people,
			"same_as", one.same_as));
}

int page_organisation_merge_ask(struct request *request, struct response *response)
{
	return ask(request, response, "merge");
}

int page_organisation_distinct_ask(struct request *request, struct response *response)
{
	return ask(request, response, "distinct");
}

int page_organisation_unmerge_ask(struct request *request, struct response *response)
{
	return ask(request, response, "unmerge");
}

static int decide(struct request *request, struct response *response, const char *act,
	int (*change)(struct store *store, const char *one, const char *other, int64_t wall_ms))
{
	const bool unmerge = strcmp(act, "unmerged") == 0;
	struct organisation one, other;
	char audit[48];
	int r = both_asked(
		request, response, request_field(request, "with"), !unmerge, &one, &other);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (!unmerge && are_one(&one, &other))
		return respond_fault(response, 409, "");
	r = change(request->stores.write, one.id, other.id, clock_wall_ms());

	if (r == -EEXIST || r == -ELOOP || r == -ENOENT)
		return respond_fault(response, 409, "");
	snprintf(audit, sizeof audit, "organisations-%s", act);
	if (r == 0)
		r = audit_note(request, audit, one.id, "");
	return r < 0 ? r : respond_see_other(response, "/organisations?saved=%s", act);
}

/* The one that was asked about stays, the other becomes part of it. */
static int merge(struct store *store, const char *one, const char *other, int64_t wall_ms)
{
	return organisation_merge(store, other, one, wall_ms);
}

static int split(struct store *store, const char *one, const char *other, int64_t wall_ms)
{
	(void)other;
	return organisation_split(store, one, wall_ms);
}

int page_organisation_merge(struct request *request, struct response *response)
{
	return decide(request, response, "merged", merge);
}

int page_organisation_distinct(struct request *request, struct response *response)
{
	return decide(request, response, "distinct", organisation_distinct);
}

int page_organisation_unmerge(struct request *request, struct response *response)
{
	return decide(request, response, "unmerged", split);
}
