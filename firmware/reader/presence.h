/**
 * Which looks at the field belong to one holding of a badge. Pure: time is a parameter in
 * milliseconds.
 *
 * The same identity seen again is the same visit, until it was missing for PRESENCE_GONE_MS and
 * PRESENCE_MISSES looks; for PRESENCE_REFRACTORY_MS after that it still is. A different identity is
 * a new visit at once. Random numbers can not be told apart: all of one unbroken presence are one
 * visit.
 */
#ifndef READER_PRESENCE_H
#define READER_PRESENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRESENCE_GONE_MS 400
#define PRESENCE_MISSES 3
#define PRESENCE_REFRACTORY_MS 1000

struct presence {
	bool present, random;
	uint8_t uid[10];
	size_t uid_length;
	int64_t seen_ms;
	int misses;
};

/* True when this sighting begins a new visit. */
bool presence_see(
	struct presence *presence, const uint8_t *uid, size_t length, bool random, int64_t at_ms);
/* A look that found nothing. True when the visit has just ended. */
bool presence_miss(struct presence *presence, int64_t at_ms);
/* The visit under way is to be reported anew when the badge is seen again: its reading failed. */
void presence_forget(struct presence *presence);
/* After the device was away: what is seen first may have rested there all the time. */
void presence_resume(struct presence *presence, int64_t at_ms);

#endif
