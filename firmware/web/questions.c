#include "web/questions.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define PAGE_BYTES 18000 /* what the rest of the page leaves under its limit */
#define ROW_BYTES 450
#define CHOICE_BYTES 55

static void list_init(
	struct question_list *ret, char letter, unsigned after, const struct request *answered)
{
	*ret = (struct question_list){ .answered = answered,
		.letter = letter,
		.after = after,
		.room = PAGE_BYTES,
		.known = json_object(),
		.shown = json_array() };
}

const char *questions_asked(const struct request *request)
{
	const bool form = request->method == METHOD_POST;
	const char *to = form ? request_field(request, "to") : "";
	const char *place = to[0]  ? to
			    : form ? request_field(request, "after")
				   : request_query(request, "after");
	const bool good = strlen(place) < QUESTION_PLACE_SIZE &&
			  !place[strspn(place, "w0123456789")] && strcmp(place, "0") != 0;

	return good ? place : "";
}

void questions_init(struct questions *ret, const char *from, const struct request *answered)
{
	const bool doubts = from[0] == 'w';
	const unsigned after = (unsigned)request_number(from + doubts, 0, INT_MAX, 0);

	utf8_clip(ret->from, sizeof ret->from, from);
	list_init(&ret->faults, 'r', doubts ? UINT_MAX : after, answered);
	list_init(&ret->doubts, 'w', doubts ? after : 0, answered);
}

static void list_finish(struct question_list *list)
{
	json_decref(list->known);
	json_decref(list->shown);
	free(list->entries);
}

void questions_finish(struct questions *questions)
{
	list_finish(&questions->faults);
	list_finish(&questions->doubts);
}

static struct question_entry *entry_of(const struct question_list *list, const char *key)
{
	const json_t *at = key ? json_object_get(list->known, key) : NULL;

	return at ? &list->entries[json_integer_value(at)] : NULL;
}

static json_t *shown_of(const struct question_list *list, unsigned line)
{
	json_t *question;
	size_t i;

	json_array_foreach(list->shown, i, question)
	{
		if (json_integer_value(json_object_get(question, "line")) == line)
			return question;
	}
	return NULL;
}

static struct question_entry *add_entry(struct question_list *list)
{
	if (list->count == list->capacity) {
		const size_t capacity = list->capacity ? 2 * list->capacity : 64;
		struct question_entry *grown = realloc(list->entries, capacity * sizeof *grown);
		if (!grown)
			return NULL;
		list->entries = grown;
		list->capacity = capacity;
	}
	return &list->entries[list->count++];
}

static bool is_wanted(const struct question_list *list, const struct question_entry *entry)
{
	char field[24];

	if (list->answered) {
		snprintf(field, sizeof field, "%c%u", list->letter, entry->line);
		return request_field_at(list->answered, field, 0) != NULL;
	}
	const size_t shown = json_array_size(list->shown);
	return entry->line > list->after && shown < QUESTIONS_A_PAGE &&
	       (shown == 0 || list->bytes + entry->bytes <= list->room);
}

/* One more line with a question that was met before. */
static void ask_again(struct question_list *list, struct question_entry *entry, unsigned line)
{
	json_t *shown = shown_of(list, entry->line);

	entry->lines++;
	if (shown)
		json_array_append_new(
			json_object_get(shown, "lines"), json_integer((json_int_t)line));
}

bool questions_meet(struct question_list *list, const char *key, unsigned line, size_t bytes)
{
	struct question_entry *entry = entry_of(list, key);

	if (entry) {
		ask_again(list, entry, line);
		return false;
	}
	entry = add_entry(list);
	if (!entry)
		return false;
	*entry = (struct question_entry){ line, (unsigned)bytes, 1 };
	if (key)
		json_object_set_new(list->known, key, json_integer((json_int_t)list->count - 1));
	if (!is_wanted(list, entry)) {
		/* The page is full: what comes later is no more on it, however short. */
		if (!list->answered && entry->line > list->after)
			list->bytes = list->room;
		return false;
	}
	list->bytes += bytes;
	return true;
}

void questions_show(struct question_list *list, json_t *question)
{
	json_array_append_new(list->shown, question);
}

static void remove_shown(struct question_list *list, unsigned line)
{
	for (size_t i = 0; i < json_array_size(list->shown); i++)
		if (json_integer_value(json_object_get(json_array_get(list->shown, i), "line")) ==
			line)
			list->torn = json_array_remove(list->shown, i) == 0;
}

void questions_drop(struct question_list *list, const char *key)
{
	struct question_entry *entry = entry_of(list, key);

	if (!entry)
		return;
	entry->lines = 0;
	remove_shown(list, entry->line);
}

int64_t questions_lines(const struct question_list *list)
{
	int64_t lines = 0;

	for (size_t i = 0; i < list->count; i++)
		lines += list->entries[i].lines;
	return lines;
}

/* As long as escaping makes it. */
static size_t escaped_bytes(const char *text)
{
	size_t bytes = 0;

	for (; *text; text++)
		bytes += strchr("&<>\"'", *text) ? 6 : 1;
	return bytes;
}

size_t questions_bytes(const char *raw, const char *value, size_t choices)
{
	return ROW_BYTES + escaped_bytes(raw) + escaped_bytes(value) + choices * CHOICE_BYTES;
}

static void forget_dropped(struct question_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (list->entries[i].lines > 0)
			list->entries[kept++] = list->entries[i];
	list->count = kept;
}

/* All of them in a row, the faults first. */
static const struct question_entry *entry_at(const struct questions *questions, size_t at)
{
	const size_t faults = questions->faults.count;

	return at < faults ? &questions->faults.entries[at]
			   : &questions->doubts.entries[at - faults];
}

/* A page that begins after the one at @at; with none there, at the beginning. */
static void place_after(const struct questions *questions, size_t at, char ret[QUESTION_PLACE_SIZE])
{
	const bool doubt = at >= questions->faults.count;

	snprintf(ret, QUESTION_PLACE_SIZE, "%s%u", doubt ? "w" : "", entry_at(questions, at)->line);
}

/* Where the page begins that ends before the one at @end. */
static void place_before(
	const struct questions *questions, size_t end, char ret[QUESTION_PLACE_SIZE])
{
	size_t begin = end, bytes = 0;

	while (begin > 0 && end - begin < QUESTIONS_A_PAGE) {
		bytes += entry_at(questions, begin - 1)->bytes;
		if (bytes > questions->faults.room && begin < end)
			break;
		begin--;
	}
	if (begin == 0)
		snprintf(ret, QUESTION_PLACE_SIZE, "0");
	else
		place_after(questions, begin - 1, ret);
}

/* The first that the page may have. */
static size_t first_of_page(const struct questions *questions)
{
	size_t at = 0;
	const size_t faults = questions->faults.count, all = faults + questions->doubts.count;

	while (at < all && entry_at(questions, at)->line <= (at < faults ? questions->faults.after
									 : questions->doubts.after))
		at++;
	return at;
}

/* Doubts have what the faults leave, and nothing while there are more of those. */
static void fit(struct questions *questions, size_t first)
{
	const struct question_list *faults = &questions->faults;
	const size_t shown = json_array_size(faults->shown);
	json_t *doubts = questions->doubts.shown;
	size_t bytes = faults->bytes, count = 0;

	if (first + shown < faults->count) {
		json_array_clear(doubts);
		return;
	}
	const size_t from = first < faults->count ? faults->count : first;
	for (; count < json_array_size(doubts); count++) {
		bytes += entry_at(questions, from + count)->bytes;
		if (shown + count > 0 &&
			(bytes > questions->faults.room || shown + count == QUESTIONS_A_PAGE))
			break;
	}
	while (json_array_size(doubts) > count)
		json_array_remove(doubts, count);
}

bool questions_into(struct questions *questions, json_t *data, char ret_from[QUESTION_PLACE_SIZE])
{
	char previous[QUESTION_PLACE_SIZE] = "", next[QUESTION_PLACE_SIZE] = "",
	     after[QUESTION_PLACE_SIZE] = "0";

	forget_dropped(&questions->faults);
	forget_dropped(&questions->doubts);
	const size_t all = questions->faults.count + questions->doubts.count;
	const size_t first = first_of_page(questions);
	if (first == all && all > 0) {
		place_before(questions, all, ret_from);
		return false;
	}
	if (questions->doubts.torn) {
		utf8_clip(ret_from, QUESTION_PLACE_SIZE, questions->from);
		return false;
	}
	fit(questions, first);
	const size_t shown =
		json_array_size(questions->faults.shown) + json_array_size(questions->doubts.shown);
	if (first > 0) {
		place_before(questions, first, previous);
		place_after(questions, first - 1, after);
	}
	if (first + shown < all)
		place_after(questions, first + shown - 1, next);
	json_t *page = json_pack("{s:O, s:I, s:O, s:I, s:I, s:I, s:I, s:s, s:s, s:s}", "problems",
		questions->faults.shown, "problems_here",
		(json_int_t)json_array_size(questions->faults.shown), "doubts",
		questions->doubts.shown, "doubts_here",
		(json_int_t)json_array_size(questions->doubts.shown), "questions", (json_int_t)all,
		"shown_first", (json_int_t)first + 1, "shown_last",
		(json_int_t)first + (json_int_t)shown, "after", after, "previous", previous, "next",
		next);
	json_object_update(data, page);
	json_decref(page);
	return true;
}
