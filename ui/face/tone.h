/**
 * What a screen sounds like and how the light answers: design.md 6 as a table. The pattern tells
 * states apart, not only the pitch. Pure; samples are made into the caller's array.
 */
#ifndef FACE_TONE_H
#define FACE_TONE_H

#include "face/view.h"

#define TONE_RATE_HZ 48000
#define TONE_SAMPLES_MAX 24000 /* half a second: longer than any tone */

enum tone {
	TONE_NONE,
	TONE_ACCEPTED,
	TONE_GOODBYE,
	TONE_REPEAT,
	TONE_ATTENTION,
	TONE_REFUSED,
	TONE_KEY, /* a control was touched */
	TONE_COUNT
};
enum tone tone_of(enum screen screen);

int tone_length_ms(enum tone tone);
/* Mono at TONE_RATE_HZ, -1 to 1; the peak is what the table says, before any volume. Returns how
 * many samples of @ret were filled; 0 for TONE_NONE. */
size_t tone_render(enum tone tone, float ret[TONE_SAMPLES_MAX]);

/* The light beside the reader: lit @on_ms, dark @off_ms, @times over; 0xRRGGBB for a LED that knows
 * colours. Never more than three flashes a second. @times 0: stays dark. */
struct glow {
	uint32_t rgb;
	int times, on_ms, off_ms;
};
const struct glow *tone_glow(enum tone tone);

#endif
