/** One line of the attendance log as people read it: what an export writes, what a query of the log
 * gives. */
#ifndef CORE_ATTENDANCE_H
#define CORE_ATTENDANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/clock_repair.h"
#include "core/verdict.h"

/* Texts are never NULL, "" for none; they live as long as whoever gave the line says. */
struct attendance_line {
	const char *log_id;
	int64_t seq;
	int64_t wall_ms, raw_wall_ms;               /* corrected by anchors; as read */
	int32_t utc_offset_min, raw_utc_offset_min; /* local time of the two */
	enum clock_grade grade;
	const char *kiosk, *event, *session, *session_id, *room, *session_cluster;
	enum direction direction;
	enum verdict verdict;
	bool counted; /* now: its badge is known, it was not corrected */
	const char *organisation, *organisation_kind, *organisation_cluster;
	const char *attendee_id, *name; /* "" unless what tells of a person was asked for */
	const char *note;
};

#endif
