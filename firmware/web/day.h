/**
 * Today in figures: who is in, who came, when, where; between two days of the event the last of
 * them, until somebody checks in. Built of the day's taps and kept until the file changes. One
 * thread, with one store.
 */
#ifndef WEB_DAY_H
#define WEB_DAY_H

#include <jansson.h>

#include "core/config.h"
#include "core/verdict.h"
#include "store/store.h"

struct day;

struct day *day_create(void);
void day_destroy(struct day *day); /* NULL is fine */

struct day_counts {
	int in_now, today, organisations, unknown;
	/* People tap out at every door. Another kiosk's log does not say so: as long as nobody left
	 * by a door where somebody came, it is none of those, and nobody knows who is in. */
	bool tap_out;
};
/* 0 or -errno. */
int day_count(
	struct day *day, struct store *store, const struct config *config, struct day_counts *ret);

/* What somebody did last today, by the times as they are read now. */
struct last_seen {
	enum direction direction;
	int64_t at_ms; /* of the check-out; in: since when, whatever session came since */
	bool sure;     /* of a clock that was set, or corrected by one */
};
/* As it was at the last day_count. False, with @ret untouched, for who did not come today. */
bool day_last_seen(const struct day *day, const char *attendee, struct last_seen *ret);

/* Everything the page Live shows (its data; see openapi.json), with names only @with_names. 0 or
 * -errno. */
int day_json(struct day *day, struct store *store, const struct config *config, bool with_names,
	enum language language, json_t **ret);

#endif
