#include "web/timetable.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "web/frame.h"

#define SESSIONS_MAX 5000
#define OVERLAPS_MAX 20

int timetable_add(struct timetable *timetable, const struct session *session)
{
	if (timetable->count == SESSIONS_MAX)
		return 0;
	if ((timetable->count & (timetable->count - 1)) == 0) {
		const size_t room = timetable->count ? 2 * timetable->count : 1;
		struct session *grown = realloc(timetable->sessions, room * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		timetable->sessions = grown;
	}
	timetable->sessions[timetable->count++] = *session;
	return 0;
}

void timetable_finish(struct timetable *timetable)
{
	free(timetable->sessions);
	*timetable = (struct timetable){ .count = 0 };
}

static bool overlap(const struct session *one, const struct session *other)
{
	return one->room[0] && strcmp(one->room, other->room) == 0 &&
	       one->state != SESSION_CANCELLED && other->state != SESSION_CANCELLED &&
	       one->start_ms < other->end_ms && other->start_ms < one->end_ms;
}

static json_t *overlap_json(const struct session *one, const struct session *other)
{
	return json_pack("{s:s, s:s, s:s, s:o, s:o}", "title", one->title, "other", other->title,
		"room", one->room, "start", json_time(one->start_ms), "other_start",
		json_time(other->start_ms));
}

json_t *timetable_overlaps(const struct timetable *timetable, int *ret_count)
{
	json_t *list = json_array();
	int count = 0;

	for (size_t i = 0; i < timetable->count; i++)
		for (size_t j = i + 1; j < timetable->count; j++)
			if (overlap(&timetable->sessions[i], &timetable->sessions[j]) &&
				count++ < OVERLAPS_MAX)
				json_array_append_new(list, overlap_json(&timetable->sessions[i],
								    &timetable->sessions[j]));
	*ret_count = count;
	return list;
}

int timetable_days(const struct timetable *timetable)
{
	int days = 0;

	for (size_t i = 0; i < timetable->count; i++) {
		const struct session *s = &timetable->sessions[i];
		const int64_t day = local_day(s->start_ms, s->utc_offset_min);
		bool met = false;
		for (size_t j = 0; j < i && !met; j++)
			met = local_day(timetable->sessions[j].start_ms,
				      timetable->sessions[j].utc_offset_min) == day;
		days += !met;
	}
	return days;
}

int timetable_rooms(const struct timetable *timetable)
{
	json_t *rooms = json_object();

	for (size_t i = 0; i < timetable->count; i++)
		if (timetable->sessions[i].room[0])
			json_object_set_new(rooms, timetable->sessions[i].room, json_true());
	const int count = (int)json_object_size(rooms);
	json_decref(rooms);
	return count;
}
