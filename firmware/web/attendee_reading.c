#include "web/attendee_reading.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/table.h"
#include "store/badge.h"
#include "store/organiser_badge.h"
#include "store/privacy.h"
#include "web/repair.h"
#include "web/template.h"

#define RAW_SIZE 400
#define KEY_SIZE 200
#define VALUES_MAX 8 /* that a cell may have, to choose from */

static const json_t *repair_of(const struct attendee_reading *reading, unsigned line)
{
	char name[16];

	snprintf(name, sizeof name, "%u", line);
	return json_object_get(json_object_get(reading->job->state, "repairs"), name);
}

/* Equal values with the same fault are one question. */
static const char *key_of(const struct rejection *rejection, char *ret, size_t size)
{
	if (rejection->fault != FAULT_VALUE && rejection->fault != FAULT_CLUSTER)
		return NULL;
	snprintf(ret, size, "%s %d %s", fault_name(rejection->fault), rejection->place,
		rejection->value);
	return ret;
}

static size_t choices_of(const struct attendee_reading *reading, enum fault fault)
{
	return fault == FAULT_CLUSTER ? reading->clusters.count + 2
	       : fault == FAULT_VALUE ? VALUES_MAX
	       : fault == FAULT_TAKEN ? 3
				      : 0;
}

static void note_held(struct attendee_reading *reading, const struct rejection *rejection)
{
	char line[16];

	snprintf(line, sizeof line, "%u", rejection->line);
	if (reading->held)
		json_object_set_new(reading->held, line, json_true());
	if (reading->fault)
		reading->fault(reading->context, rejection);
}

/* @who has the badge, of a fault about that; "" else. */
static void hold(
	struct attendee_reading *reading, const struct rejection *rejection, const char *who)
{
	char key[KEY_SIZE], raw[RAW_SIZE], clean[RAW_SIZE];

	note_held(reading, rejection);
	snprintf(raw, sizeof raw, "%.*s",
		(int)(rejection->original_length < sizeof raw ? rejection->original_length
							      : sizeof raw - 1),
		rejection->original);
	utf8_clip(clean, sizeof clean, raw);
	const size_t bytes =
		questions_bytes(clean, rejection->value, choices_of(reading, rejection->fault));
	if (questions_meet(&reading->questions.faults, key_of(rejection, key, sizeof key),
		    rejection->line, bytes))
		questions_show(&reading->questions.faults,
			json_pack("{s:I, s:[I], s:s, s:s, s:s, s:s, s:i, s:I, s:s}", "line",
				(json_int_t)rejection->line, "lines", (json_int_t)rejection->line,
				"raw", clean, "fault", fault_name(rejection->fault), "column",
				rejection->column ? rejection->column->name : "", "value",
				rejection->value, "place", rejection->place, "other",
				(json_int_t)rejection->number, "who", who));
}

static void on_reject(void *context, const struct rejection *rejection)
{
	struct attendee_reading *reading = context;

	reading->lines++;
	hold(reading, rejection, "");
}

static const char *cluster_of(void *context, const char *name)
{
	const struct attendee_reading *reading = context;

	return cluster_code(reading->clusters.all, reading->clusters.count, name);
}

#define FAMILY "imp.v."

/* A code as an organiser reads it; what is no code stays as it is. */
static const char *in_words(const struct attendee_reading *reading, const char *code)
{
	static const char *const keys[] = { FAMILY "company", FAMILY "education",
		FAMILY "government", FAMILY "research", FAMILY "culture", FAMILY "other",
		FAMILY "mbo", FAMILY "hbo", FAMILY "wo", FAMILY "inside", FAMILY "outside",
		FAMILY "start-up", FAMILY "scale-up", FAMILY "nl", FAMILY "en" };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(keys[i] + strlen(FAMILY), code) == 0)
			return web_word(reading->request->language, keys[i]);
	return code;
}

static const char *cluster_words(const struct attendee_reading *reading, const char *code)
{
	for (size_t i = 0; i < reading->clusters.count; i++)
		if (strcmp(reading->clusters.all[i].code, code) == 0)
			return reading->request->language == LANGUAGE_EN
				       ? reading->clusters.all[i].name_en
				       : reading->clusters.all[i].name_nl;
	return code;
}

static const char *as_it_is(const struct attendee_reading *reading, const char *text)
{
	(void)reading;
	return text;
}

/* What the row would make of somebody who is known, told by the first thing that differs. */
static bool differs(const struct attendee_reading *reading, const struct attendee *before,
	const struct attendee *after, const char **ret_was, const char **ret_is)
{
	const struct {
		const char *was, *is;
		const char *(*told)(const struct attendee_reading *reading, const char *value);
	} pairs[] = {
		{ before->organisation, after->organisation, as_it_is },
		{ before->email, after->email, as_it_is },
		{ before->given_name, after->given_name, as_it_is },
		{ before->family_name, after->family_name, as_it_is },
		{ before->language, after->language, in_words },
		{ before->sessions, after->sessions, as_it_is },
		{ before->organisation_kind, after->organisation_kind, in_words },
		{ before->cluster, after->cluster, cluster_words },
		{ before->education_level, after->education_level, in_words },
		{ before->region, after->region, in_words },
		{ before->growth, after->growth, in_words },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (pairs[i].is[0] && strcmp(pairs[i].was, pairs[i].is) != 0) {
			*ret_was = pairs[i].told(reading, pairs[i].was);
			*ret_is = pairs[i].told(reading, pairs[i].is);
			return true;
		}
	return false;
}

static bool is_listed(const struct attendee_reading *reading, int64_t at)
{
	return at >= reading->changes_first && at < reading->changes_first + reading->changes_most;
}

static void compare(struct attendee_reading *reading, const struct attendee_row *row)
{
	struct attendee before;
	char id[ID_TEXT_SIZE], name[PERSON_NAME_SIZE];
	const char *was, *is;

	if (attendee_row_whose(reading->request->stores.read, row, id) < 0 ||
		attendee_by_id(reading->request->stores.read, id, &before) < 0) {
		reading->added++;
	} else if (!differs(reading, &before, &row->attendee, &was, &is)) {
		reading->same++;
	} else if (is_listed(reading, reading->changed++)) {
		json_array_append_new(reading->changes,
			json_pack("{s:s, s:s, s:s}", "who",
				full_name(before.given_name, before.family_name, name), "was", was,
				"is", is));
	}
}

/* @value is what a question about it says, or begins with; @who has the badge, if somebody. */
static void hold_badge(struct attendee_reading *reading, enum fault fault,
	const struct attendee_line *from, unsigned line, const char *value, const char *who)
{
	struct rejection rejection = { .line = line,
		.original = from->original,
		.original_length = from->original_length,
		.fault = fault,
		.column = attendee_column_said(COLUMN_BADGE),
		.place = reading->places[COLUMN_BADGE] };

	utf8_clip(rejection.value, sizeof rejection.value, value);
	hold(reading, &rejection, who);
}

/* A badge that somebody has: what was decided about it, else the row has to wait. */
static bool settle_taken(struct attendee_reading *reading, struct attendee_row *row,
	const struct attendee *owner, const struct attendee_line *from, unsigned line)
{
	const struct attendee *named = &row->attendee;
	const char *decided = json_string_value(json_object_get(repair_of(reading, line), "badge"));
	char name[PERSON_NAME_SIZE];

	if (decided && strcmp(decided, "move") == 0) {
		reading->moved++;
		return true;
	}
	if (decided && strcmp(decided, "no") == 0) {
		row->has_badge = false;
		return true;
	}
	hold_badge(reading, FAULT_TAKEN, from, line,
		named->given_name[0] ? named->given_name : named->family_name,
		full_name(owner->given_name, owner->family_name, name));
	return false;
}

/* False when the row has to wait for a decision about its badge. */
static bool settle_badge(struct attendee_reading *reading, struct attendee_row *row,
	const struct attendee_line *from, unsigned line)
{
	struct store *store = reading->request->stores.read;
	struct badge_owner owner = { .known = false };
	char id[ID_TEXT_SIZE];

	if (!row->has_badge)
		return true;
	if (organiser_badge_opens(store, &row->key) == 1) {
		hold_badge(reading, FAULT_ORGANISER, from, line, from->values[COLUMN_BADGE], "");
		return false;
	}
	if (badge_find_owner(store, &row->key, &owner) < 0 || !owner.known ||
		attendee_row_whose(store, row, id) < 0 || strcmp(owner.attendee.id, id) == 0)
		return true;
	return settle_taken(reading, row, &owner.attendee, from, line);
}

static bool note_listed(struct attendee_reading *reading, const struct attendee_row *row)
{
	char id[ID_TEXT_SIZE];

	if (attendee_row_whose(reading->request->stores.read, row, id) < 0)
		return false;
	return roll_meet(&reading->listed, id, NULL) != NULL;
}

/* Somebody who is known, and not in a list that is said to be complete. */
static int look_for(void *context, const struct attendee *person)
{
	struct attendee_reading *reading = context;
	char name[PERSON_NAME_SIZE];
	bool is_new;

	if (attendee_is_forgotten(reading->request->stores.read, person->id))
		return 0;
	if (!roll_meet(&reading->listed, person->id, &is_new))
		return -ENOMEM;
	if (is_new && reading->missing++ < reading->changes_most)
		json_array_append_new(reading->gone,
			json_pack("{s:s, s:s}", "id", person->id, "who",
				full_name(person->given_name, person->family_name, name)));
	return 0;
}

static int on_attendee(void *context, const struct attendee_line *line, unsigned number)
{
	struct attendee_reading *reading = context;
	struct attendee_row row;

	reading->lines++;
	attendee_row_of(&row, line, number, &reading->key);
	if (reading->full && !note_listed(reading, &row))
		return -ENOMEM;
	if (!settle_badge(reading, &row, line, number))
		return 0;
	reading->ready++;
	if (reading->import)
		return attendee_import_row(reading->import, &row);
	compare(reading, &row);
	return doubts_look(&reading->doubts, line, number);
}

/* The mapping that was chosen by hand, as headers by column. */
static void take_map(struct attendee_reading *reading)
{
	const json_t *map = json_object_get(reading->job->state, "map");

	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		const char *header = json_string_value(
			json_object_get(map, attendee_column_name((enum attendee_column)i)));
		if (header)
			reading->map.headers[i] = strdup(header);
	}
}

static int take_header(void *context, const struct table_row *row)
{
	struct attendee_reading *reading = context;

	if (row->line < reading->header_line)
		return 0;
	attendee_columns_find(row, &reading->map, reading->places);
	for (size_t i = 0; i < row->count; i++)
		reading->pretix |= text_equal_folded(row->cells[i], "order code") ||
				   text_equal_folded(row->cells[i], "bestelcode");
	return 1;
}

struct attendee_reading *attendee_reading_create(const struct request *request,
	const struct import_job *job, const char *from, const struct request *answered,
	json_t *kinds)
{
	struct attendee_reading *reading = calloc(1, sizeof *reading);

	if (!reading)
		return NULL;
	*reading = (struct attendee_reading){ .request = request,
		.job = job,
		.full = strcmp(import_job_text(job, "mode"), "full") == 0,
		.changes = json_array(),
		.gone = json_array() };
	take_map(reading);
	questions_init(&reading->questions, from, answered);
	doubts_init(&reading->doubts, request->stores.read, reading->places,
		&reading->questions.doubts, kinds);
	if (cluster_list_load(&reading->clusters, request->stores.read) < 0 ||
		venue_key_load(&reading->key, request->site->arguments->data, false) < 0) {
		attendee_reading_destroy(reading);
		return NULL;
	}
	return reading;
}

void attendee_reading_destroy(struct attendee_reading *reading)
{
	if (!reading)
		return;
	if (reading->import)
		attendee_import_abandon(reading->import);
	json_decref(reading->held);
	json_decref(reading->changes);
	json_decref(reading->gone);
	roll_finish(&reading->listed);
	questions_finish(&reading->questions);
	doubts_finish(&reading->doubts);
	column_map_finish(&reading->map);
	free(reading);
}

int attendee_reading_file(struct attendee_reading *reading, struct bytes *ret)
{
	const json_t *repairs = json_object_get(reading->job->state, "repairs");
	struct text_out out = { 0 };
	int r = import_job_file(reading->job, ret);

	if (r == 0)
		reading->header_line =
			attendee_header_line((const char *)ret->data, ret->length, &reading->map);
	if (r < 0 || json_object_size(repairs) == 0)
		return r;
	r = table_repair(ret, reading->header_line, repairs, NULL, &out, &reading->refusal);
	bytes_free(ret);
	if (r == 0) {
		ret->data = (uint8_t *)text_out_take(&out, &ret->length);
		return ret->data ? 0 : -ENOMEM;
	}
	text_out_finish(&out);
	return r;
}

int attendee_reading_run(struct attendee_reading *reading)
{
	const struct attendee_sink sink = { reading, on_attendee, on_reject };
	struct bytes bytes = { 0 };
	int r = attendee_reading_file(reading, &bytes);

	if (r == 0) {
		table_read((const char *)bytes.data, bytes.length, take_header, reading,
			&reading->refusal);
		reading->refusal = (struct rejection){ .fault = FAULT_NONE };
		r = attendees_read((const char *)bytes.data, bytes.length, &reading->map,
			cluster_of, reading, &sink, &reading->refusal);
	}
	bytes_free(&bytes);
	if (r == 0 && reading->full && !reading->import)
		r = attendee_each(reading->request->stores.read, look_for, reading);
	doubts_settle(&reading->doubts);
	return r;
}
