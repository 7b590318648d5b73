#include "reader/presence.h"

#include <string.h>

static bool is_same(const struct presence *presence, const uint8_t *uid, size_t length, bool random)
{
	if (presence->random || random)
		return presence->random && random;
	return presence->uid_length == length && memcmp(presence->uid, uid, length) == 0;
}

bool presence_see(
	struct presence *presence, const uint8_t *uid, size_t length, bool random, int64_t at_ms)
{
	const bool recent = presence->present || at_ms - presence->seen_ms < PRESENCE_REFRACTORY_MS;
	const bool same =
		presence->uid_length > 0 && recent && is_same(presence, uid, length, random);
	presence->present = true;
	presence->random = random;
	presence->uid_length = length;
	memcpy(presence->uid, uid, length);
	presence->seen_ms = at_ms;
	presence->misses = 0;
	return !same;
}

bool presence_miss(struct presence *presence, int64_t at_ms)
{
	if (!presence->present)
		return false;
	presence->misses++;
	if (presence->misses < PRESENCE_MISSES && at_ms - presence->seen_ms < PRESENCE_GONE_MS)
		return false;
	presence->present = false;
	return true;
}

void presence_forget(struct presence *presence)
{
	*presence = (struct presence){ .present = false };
}

void presence_resume(struct presence *presence, int64_t at_ms)
{
	if (!presence->present)
		return;
	presence->seen_ms = at_ms;
	presence->misses = 0;
}
