#include "web/parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/control.h"
#include "core/text.h"
#include "web/frame.h"

#define KIOSK_WAIT_MS 2000
#define DAY_MS (24 * 3600 * 1000LL)
#define MARKS 4

int cluster_list_load(struct cluster_list *ret, struct store *store)
{
	return cluster_load(store, "", ret->all, CLUSTERS_SHOWN_MAX, &ret->count);
}

static const char *cluster_name(const struct cluster *cluster, enum language language)
{
	return language == LANGUAGE_NL ? cluster->short_nl : cluster->short_en;
}

json_t *cluster_json(const struct cluster_list *list, const char *code, enum language language)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->all[i].code, code) == 0)
			return json_pack("{s:s, s:s, s:i}", "code", code, "name",
				cluster_name(&list->all[i], language), "mark",
				i < MARKS ? (int)i + 1 : 0);
	return json_null();
}

json_t *cluster_choices(const struct cluster_list *list, const char *chosen, enum language language)
{
	json_t *choices = json_array();

	for (size_t i = 0; i < list->count; i++)
		json_array_append_new(
			choices, json_pack("{s:s, s:s, s:b}", "code", list->all[i].code, "name",
					 cluster_name(&list->all[i], language), "chosen",
					 strcmp(list->all[i].code, chosen) == 0));
	return choices;
}

const char *badge_name(const struct badge_key *key, char ret[BADGE_NAME_SIZE])
{
	snprintf(ret, BADGE_NAME_SIZE, "%02X%02X", key->bytes[0], key->bytes[1]);
	return ret;
}

json_t *badge_json(const struct badge_key *key)
{
	char text[BADGE_KEY_TEXT_SIZE];

	badge_key_text(key, text);
	return json_string(text);
}

const char *full_name(const char *given_name, const char *family_name, char ret[PERSON_NAME_SIZE])
{
	snprintf(ret, PERSON_NAME_SIZE, "%s%s%s", given_name,
		given_name[0] && family_name[0] ? " " : "", family_name);
	return ret;
}

const char *person_first(const struct attendee *person)
{
	return person->given_name[0] ? person->given_name : person->family_name;
}

json_t *origin_json(struct store *store, const char *id)
{
	struct attendee_origin origin = { .kind = "" };

	if (attendee_origin(store, id, &origin) < 0 || !origin.kind[0])
		return json_null();
	return json_pack("{s:s, s:s, s:I, s:o}", "kind", origin.kind, "file", origin.file, "line",
		(json_int_t)origin.line, "at",
		origin.wall_ms ? json_time(origin.wall_ms) : json_null());
}

void person_into(json_t *data, const struct attendee *person)
{
	char name[PERSON_NAME_SIZE];

	full_name(person->given_name, person->family_name, name);
	json_object_set_new(data, "id", json_string(person->id));
	json_object_set_new(data, "name", json_string(name));
	json_object_set_new(data, "first", json_string(person_first(person)));
	json_object_set_new(data, "organisation", json_string(person->organisation));
}

const char *presence_name(enum direction direction)
{
	return direction == DIRECTION_IN ? "in" : direction == DIRECTION_OUT ? "out" : "";
}

int today_find(struct today *ret, const struct request *request, int64_t at_ms)
{
	*ret = (struct today){ .utc_offset_min = clock_utc_offset_min(at_ms) };
	const int64_t local_ms = at_ms + ret->utc_offset_min * 60000LL;

	ret->from_ms = at_ms - local_ms % DAY_MS;
	ret->to_ms = ret->from_ms + DAY_MS;
	const int r = event_find(
		request->stores.read, request_config(request)->kiosk.event, at_ms, &ret->event);
	return r == -ENOENT ? 0 : r;
}

/* The offset of a local time is that of the moment it is, which is found in two steps. */
static int64_t of_local(int64_t local_ms)
{
	const int64_t near_ms = local_ms - clock_utc_offset_min(local_ms) * 60000LL;

	return local_ms - clock_utc_offset_min(near_ms) * 60000LL;
}

bool local_time_parse(int64_t *ret_wall_ms, const char *day, const char *clock)
{
	char text[TIME_TEXT_SIZE];
	int64_t wall_ms;
	int32_t offset_min;
	bool has_offset;

	if (strlen(day) != 10 || (clock && strlen(clock) != 5 && strlen(clock) != 8))
		return false;
	snprintf(text, sizeof text, "%sT%s", day, clock ? clock : "00:00");
	if (!time_parse(&wall_ms, &offset_min, &has_offset, text) || has_offset)
		return false;
	*ret_wall_ms = of_local(wall_ms);
	return true;
}

void local_time_text(int64_t wall_ms, char ret_day[11], char ret_clock[6])
{
	struct calendar c;

	calendar_of(&c, wall_ms, clock_utc_offset_min(wall_ms));
	snprintf(ret_day, 11, "%04u-%02u-%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100,
		(unsigned)c.day % 100);
	snprintf(ret_clock, 6, "%02u:%02u", (unsigned)c.hour % 100, (unsigned)c.minute % 100);
}

static json_t *page_path(const char *base, int number, bool there)
{
	return there ? json_sprintf("%s&page=%d", base, number) : json_null();
}

void paging_into(json_t *data, const char *base, int64_t found, int rows, int number)
{
	const int64_t pages = (found + rows - 1) / rows, first = (int64_t)(number - 1) * rows;
	const int64_t last = first + rows < found ? first + rows : found;
	json_t *paging = json_pack("{s:I, s:i, s:o, s:o, s:I, s:I}", "pages",
		(json_int_t)(pages > 1 ? pages : 0), "page_no", number, "previous",
		page_path(base, number - 1, number > 1), "next",
		page_path(base, number + 1, number < pages), "first", (json_int_t)first + 1, "last",
		(json_int_t)last);

	json_object_update(data, paging);
	json_decref(paging);
	if (pages > 0 && number > pages)
		json_object_set_new(data, "last_page", page_path(base, (int)pages, true));
}

int paging_respond(struct response *response, const char *page, json_t *data)
{
	const char *last = json_string_value(json_object_get(data, "last_page"));

	if (!last || respond_see_other(response, "%s", last) < 0)
		return respond_page(response, 200, page, data);
	json_decref(data);
	return 0;
}

json_t *kiosk_ask(const struct request *request, const char *line)
{
	char *answer = malloc(CONTROL_LINE_SIZE);
	json_t *json = NULL;

	if (answer && control_ask(request->site->arguments->run, line, KIOSK_WAIT_MS, answer,
			      CONTROL_LINE_SIZE) == 0)
		json = json_loads(answer, 0, NULL);
	free(answer);
	return json;
}

bool kiosk_said_yes(const json_t *answer)
{
	return json_is_true(json_object_get(answer, "ok"));
}

bool words_match(const char *text, const char *words)
{
	char folded[1024], word[128];

	text_fold(folded, sizeof folded, text);
	while (*words) {
		const size_t length = strcspn(words, " ,");

		if (length > 0 && length < sizeof word) {
			memcpy(word, words, length);
			word[length] = '\0';
			if (!strstr(folded, word))
				return false;
		}
		words += length;
		words += strspn(words, " ,");
	}
	return true;
}

struct search {
	char words[256];
	const char *typed;
	struct found_person *found;
	size_t capacity, count;
};

static int look(void *context, const struct attendee *person)
{
	struct search *search = context;
	char text[PERSON_NAME_SIZE + ORGANISATION_SIZE + EMAIL_SIZE], name[PERSON_NAME_SIZE];

	full_name(person->given_name, person->family_name, name);
	snprintf(text, sizeof text, "%s %s %s", name, person->organisation, person->email);
	if (strcmp(person->id, search->typed) != 0 && !words_match(text, search->words))
		return 0;
	if (search->count < search->capacity) {
		struct found_person *found = &search->found[search->count];
		utf8_clip(found->id, sizeof found->id, person->id);
		utf8_clip(found->name, sizeof found->name, name);
		utf8_clip(found->organisation, sizeof found->organisation, person->organisation);
	}
	search->count++;
	return 0;
}

int person_search(struct store *store, const char *words, struct found_person *ret, size_t capacity,
	size_t *ret_count)
{
	struct search search = { .typed = words, .found = ret, .capacity = capacity };

	text_fold(search.words, sizeof search.words, words);
	const int r = attendee_each(store, look, &search);
	*ret_count = search.count;
	return r;
}
