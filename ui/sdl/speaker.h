/**
 * The tones, through SDL audio. A thread of its own opens the device when a tone is asked for and
 * closes it after some silence, because an open device wakes the machine a hundred times a second.
 * Without a device there is silence, said once in the journal; it is looked for again
 * every five minutes that somebody comes.
 */
#ifndef SDL_SPEAKER_H
#define SDL_SPEAKER_H

#include "face/tone.h"

struct speaker;

/* @volume_pct: 0 to 100; 0 never opens a device. 0 or -ENOMEM. After SDL's video, from the same
 * thread. */
int speaker_create(struct speaker **ret, int volume_pct);
void speaker_destroy(struct speaker *speaker); /* before SDL quits; NULL is fine */

/* From the owner's thread; never waits. A tone cuts off the one before; TONE_NONE does nothing. */
void speaker_play(struct speaker *speaker, enum tone tone);
void speaker_set_volume(struct speaker *speaker, int volume_pct);

/* Samples of tones handed to the device, and the CLOCK_MONOTONIC time of the last tone's first. */
struct speaker_counts {
	uint64_t samples;
	int64_t begun_ns;
};
void speaker_counts(struct speaker *speaker, struct speaker_counts *ret);

#endif
