#include "exchange/attendance_sheet.h"

#define DAY_MS 86400000LL
#define EPOCH_DAYS 25569 /* 1970-01-01 in a spreadsheet's count of days */

/* clang-format off */
static const char *const columns[2][ATTENDANCE_COLUMN_COUNT] = {
	[LANGUAGE_NL] = { "Logboek", "Nummer", "Tijd", "Klok", "Tijd volgens de kiosk", "Kiosk", "Evenement", "Sessie",
		"Sessiecode", "Ruimte", "Cluster van de sessie", "Richting", "Uitkomst", "Geteld", "Organisatie",
		"Soort organisatie", "Cluster van de organisatie", "Deelnemer", "Naam", "Opmerking" },
	[LANGUAGE_EN] = { "Log", "Number", "Time", "Clock", "Time by the kiosk", "Kiosk", "Event", "Session",
		"Session code", "Room", "Cluster of the session", "Direction", "Verdict", "Counted", "Organisation",
		"Kind of organisation", "Cluster of the organisation", "Attendee", "Name", "Note" },
};
/* clang-format on */

const char *attendance_sheet_name(enum language language)
{
	return language == LANGUAGE_EN ? "Attendance" : "Aanwezigheid";
}

const char *const *attendance_sheet_columns(enum language language)
{
	return columns[language];
}

static struct sheet_cell text(const char *words)
{
	return (struct sheet_cell){ SHEET_TEXT, words, 0 };
}

static struct sheet_cell time_of(int64_t wall_ms, int32_t utc_offset_min)
{
	return (struct sheet_cell){ SHEET_TIME, "",
		(double)(wall_ms + utc_offset_min * 60000LL) / (double)DAY_MS + EPOCH_DAYS };
}

void attendance_sheet_row(struct sheet_cell ret[ATTENDANCE_COLUMN_COUNT],
	const struct attendance_line *line, enum language language)
{
	static const char *const counted[2][2] = {
		[LANGUAGE_NL] = { "nee", "ja" }, [LANGUAGE_EN] = { "no", "yes" }
	};
	const struct sheet_cell cells[ATTENDANCE_COLUMN_COUNT] = { text(line->log_id),
		{ SHEET_NUMBER, "", (double)line->seq },
		time_of(line->wall_ms, line->utc_offset_min), text(clock_grade_name(line->grade)),
		time_of(line->raw_wall_ms, line->raw_utc_offset_min), text(line->kiosk),
		text(line->event), text(line->session), text(line->session_id), text(line->room),
		text(line->session_cluster), text(direction_name(line->direction)),
		text(verdict_name(line->verdict)), text(counted[language][line->counted]),
		text(line->organisation), text(line->organisation_kind),
		text(line->organisation_cluster), text(line->attendee_id), text(line->name),
		text(line->note) };
	for (size_t i = 0; i < ATTENDANCE_COLUMN_COUNT; i++)
		ret[i] = cells[i];
}
