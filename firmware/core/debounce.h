/**
 * One tap per badge held once, over all readers of a kiosk.
 *
 * The reader already reports a resting badge once; this forgives readers that lose and find a
 * badge again, and two readers that see one badge. Pure: time is a parameter; one thread.
 */
#ifndef CORE_DEBOUNCE_H
#define CORE_DEBOUNCE_H

#include "core/badge.h"

#define DEBOUNCE_SLOTS 16

struct debounce {
	struct {
		struct badge_key key;
		int64_t until_ms;
		bool used;
	} slots[DEBOUNCE_SLOTS];
};

/**
 * True when this is a new tap. The badge is then (and at every refusal again) quiet for
 * @hold_ms. When all slots are taken the one that would end first is given up.
 * @mono_ms must not run backwards.
 */
bool debounce_admits(
	struct debounce *debounce, const struct badge_key *key, int64_t mono_ms, int64_t hold_ms);

#endif
