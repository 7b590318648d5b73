/**
 * The decision: facts in, verdict out, by a table that is read from the top (DESIGN 5).
 * Pure; any thread.
 */
#ifndef CORE_VERDICT_H
#define CORE_VERDICT_H

#include <stdbool.h>

enum verdict {
	VERDICT_CHECKED_IN,
	VERDICT_CHECKED_OUT,
	VERDICT_REPEAT,
	VERDICT_CHOOSE,
	VERDICT_FULL,
	VERDICT_CLOSED,
	VERDICT_UNKNOWN,
	VERDICT_BLOCKED,
	VERDICT_RANDOM_ID,
	VERDICT_UNREADABLE,
	VERDICT_COUNT
};

enum fact {
	FACT_UNREADABLE = 1 << 0,
	FACT_RANDOM_ID = 1 << 1,
	FACT_BLOCKED = 1 << 2,
	FACT_UNKNOWN = 1 << 3, /* no attendee is linked to the badge */
	FACT_SHUT = 1 << 4,    /* outside every window; never set while the clock is not trusted */
	FACT_IN = 1 << 5,      /* already in, in the scope of this kiosk */
	FACT_TAP_OUT = 1 << 6, /* the kiosk takes check-outs */
	FACT_SETTLED = 1 << 7, /* the guard time since the check-in has passed */
	FACT_FULL = 1 << 8,    /* the session the tap is for is at capacity and may not overflow */
	FACT_SEVERAL = 1 << 9, /* several parallel sessions fit and none was chosen beforehand */
	FACT_COUNT = 10
};

enum direction { DIRECTION_NONE, DIRECTION_IN, DIRECTION_OUT, DIRECTION_COUNT };

enum verdict verdict_of(unsigned facts);

/* "checked-in", … as DESIGN 5 and the exports write them; static. */
const char *verdict_name(enum verdict verdict);
bool verdict_from_name(enum verdict *ret, const char *name);

/* What the log keeps: random-id and unreadable are counted only. */
bool verdict_is_logged(enum verdict verdict);
/* Whether a tap with this verdict is attendance (unknown counts once its badge is known). */
bool verdict_counts(enum verdict verdict);
enum direction verdict_direction(enum verdict verdict);
const char *direction_name(enum direction direction); /* "", "in", "out" */

#endif
