#include "core/debounce.h"

/* The badge's slot, else a free one, else the one that would end first. */
static size_t slot_for(const struct debounce *debounce, const struct badge_key *key)
{
	size_t best = 0;
	for (size_t i = 0; i < DEBOUNCE_SLOTS; i++) {
		if (!debounce->slots[i].used)
			return i;
		if (badge_key_equal(&debounce->slots[i].key, key))
			return i;
		if (debounce->slots[i].until_ms < debounce->slots[best].until_ms)
			best = i;
	}
	return best;
}

bool debounce_admits(
	struct debounce *debounce, const struct badge_key *key, int64_t mono_ms, int64_t hold_ms)
{
	const size_t slot = slot_for(debounce, key);
	const bool same =
		debounce->slots[slot].used && badge_key_equal(&debounce->slots[slot].key, key);
	const bool fresh = !same || mono_ms >= debounce->slots[slot].until_ms;
	debounce->slots[slot].used = true;
	debounce->slots[slot].key = *key;
	debounce->slots[slot].until_ms = mono_ms + hold_ms;
	return fresh;
}
