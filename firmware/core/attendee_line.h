/** One line of a list of attendees, as a file of any kind tells it. */
#ifndef CORE_ATTENDEE_LINE_H
#define CORE_ATTENDEE_LINE_H

#include "core/badge.h"

enum attendee_column {
	COLUMN_BADGE,
	COLUMN_GIVEN_NAME,
	COLUMN_FAMILY_NAME,
	COLUMN_FULL_NAME,
	COLUMN_ORGANISATION,
	COLUMN_ORGANISATION_KIND,
	COLUMN_EDUCATION_LEVEL,
	COLUMN_CLUSTER,
	COLUMN_REGION,
	COLUMN_GROWTH,
	COLUMN_EMAIL,
	COLUMN_LANGUAGE,
	COLUMN_SESSIONS,
	COLUMN_KVK,    /* of the organisation: eight digits, or "" */
	COLUMN_TOWN,   /* the same: where it is */
	COLUMN_PREFIX, /* "van der": part of the family name that a reader hands over */
	COLUMN_COUNT
};

/* Values normalised ("bedrijf" is "company"), trimmed, never NULL; valid during the callback that
 * gets it. */
struct attendee_line {
	const char *values[COLUMN_COUNT];
	struct identity identity; /* of COLUMN_BADGE; IDENTITY_NONE when empty */
	/* What stood for an e-mail address and is none; the value is then "". */
	const char *no_mail;
	const char *original; /* the line's own text, of @original_length; no NUL at its end */
	size_t original_length;
};

#endif
