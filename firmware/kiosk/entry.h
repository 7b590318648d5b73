/** A check-in or check-out that somebody writes by hand: only the kiosk adds to the log. Clerk
 * thread. */
#ifndef KIOSK_ENTRY_H
#define KIOSK_ENTRY_H

#include "kiosk/programme_cache.h"
#include "store/tap_log.h"

/**
 * Makes a tap of the JSON object {"attendee": id, "direction": "in" or "out", "session": id or "",
 * "at": ms since 1970}. It has no boot, so that its time stays as it was given; but what was just
 * @now by a clock that nobody trusts is of its boot, and gets its time when that is known. False
 * with
 * @ret_words (static): not such an object, no such person, no such session, in the future by a
 * clock that is trusted.
 */
bool entry_read(const char *json, struct store *store, const struct programme_cache *programme,
	const struct config *config, const struct moment *now, struct tap_record *ret,
	const char **ret_words);

#endif
