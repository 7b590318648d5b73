/**
 * The sessions of a file laid beside each other: which of them are in one room at one time, on how
 * many days, in how many rooms. One thread; init by zeroes.
 */
#ifndef WEB_TIMETABLE_H
#define WEB_TIMETABLE_H

#include <jansson.h>

#include "core/schedule.h"

struct timetable {
	struct session *sessions;
	size_t count;
};

/* 0 or -ENOMEM. What is more than any programme has is left out. */
int timetable_add(struct timetable *timetable, const struct session *session);
void timetable_finish(struct timetable *timetable);

/* [{title, other, room, start, other_start}], the first of them, and how many there are. */
json_t *timetable_overlaps(const struct timetable *timetable, int *ret_count);
int timetable_days(const struct timetable *timetable); /* local ones */
int timetable_rooms(const struct timetable *timetable);

#endif
