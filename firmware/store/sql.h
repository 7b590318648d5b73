/** The one place where SQL is written, but for the schema and the merge: a file of it for each
 * noun, sql_*.c, and here what they share. Nothing but statement.c reads the tables. */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include "store/store_private.h"

struct sql {
	enum statement which;
	const char *text; /* NULL ends a table */
};
extern const struct sql sql_store[], sql_merge[], sql_log[], sql_tap[], sql_counter[], sql_badge[],
	sql_import[], sql_person[], sql_programme[], sql_organisation[], sql_privacy[],
	sql_participation[], sql_replica[], sql_account[];

/* What is hashed of a tap, and its hash. */
#define CHAIN_COLUMNS_AFTER_SEQ                                                                    \
	"id, badge_key, boot_id, mono_ms, wall_ms, grade, technology, verdict, direction, counts," \
	" kiosk, event, session, attendee, note, chain"
#define CHAIN_COLUMNS "seq, " CHAIN_COLUMNS_AFTER_SEQ

/* Whose tap t is: who was known then, else whom it was credited to when their link
 * went, else whose badge it is now. Everybody who asks asks so. */
#define OWNER "coalesce(t.attendee, k.attendee, l.attendee)"
#define OWNER_BY                                                                \
	" LEFT JOIN link l ON l.badge_key = t.badge_key AND l.until_ms IS NULL" \
	" LEFT JOIN credit k ON k.seq = t.seq AND k.log_id = " /* and then the log's id */

/* Ends open links at ?2, and when the next one of @badge begins if it is @now: each act is later
 * than those before it, also by a clock that was set back. */
#define END_LINKS "UPDATE link SET until_ms = max(?2, from_ms + 1), ended_ms = max(?2, from_ms + 1)"
#define LINK_BEGIN(now, badge)                                                                 \
	"max(" now ", coalesce((SELECT max(max(from_ms + 1, coalesce(until_ms, 0))) FROM link" \
	" WHERE badge_key = " badge "), 0))"

/* The time of tap t as it is read now (read_time.c). */
#define READ_MS "read_ms(t.boot_id, t.mono_ms, t.wall_ms, t.grade)"
#define READ_GRADE "read_grade(t.boot_id, t.mono_ms, t.wall_ms, t.grade)"

/* Of two kiosks' rows the one that was changed last stays: a change is later than the one before
 * it, whatever clock either had. */
#define CHANGED_AFTER "changed_ms = max(excluded.changed_ms, changed_ms + 1)"

/* An organisation, and the name of the one it is part of. */
#define ORGANISATION_COLUMNS \
	"o.id, o.name, o.kind, o.education_level, o.cluster, o.region, o.growth, o.kvk, o.town,"

#endif
