#include "face/tone.h"

#include <math.h>
#include <stdint.h>

#define TURN 6.28318531f
#define RELEASE_MS 10
#define HALF 0.501187234f   /* -6 dBFS */
#define EIGHTH 0.125892541f /* -18 dBFS */

enum { NOTES_MAX = 3 };

struct note {
	int hz, length_ms, tau_ms, pause_ms; /* the pause comes after */
};

static const struct voice {
	struct note notes[NOTES_MAX];
	int count, attack_ms;
	float second, third, peak; /* harmonics, relative to the first */
	struct glow glow;
} voices[TONE_COUNT] = {
	/* clang-format off */
	[TONE_ACCEPTED]  = { { { 784, 90, 220, 15 }, { 1175, 190, 110, 0 } },
			     2, 6, 0.25f, 0.1f, HALF, { 0x00FF40, 1, 1500, 0 } },
	[TONE_GOODBYE]   = { { { 1175, 90, 220, 15 }, { 784, 210, 120, 0 } },
			     2, 6, 0.25f, 0.1f, HALF, { 0x00A0FF, 1, 1500, 0 } },
	[TONE_REPEAT]    = { { { 784, 75, 200, 75 }, { 784, 110, 90, 0 } },
			     2, 6, 0.25f, 0.1f, HALF, { 0x00A0FF, 2, 300, 200 } },
	[TONE_ATTENTION] = { { { 880, 60, 150, 60 }, { 880, 60, 150, 60 }, { 880, 60, 150, 0 } },
			     3, 6, 0.25f, 0.1f, HALF, { 0xFFA000, 3, 200, 200 } },
	[TONE_REFUSED]   = { { { 440, 150, 300, 40 }, { 294, 260, 200, 0 } },
			     2, 6, 0.35f, 0.35f, HALF, { 0xFF0000, 1, 3000, 0 } },
	[TONE_KEY]       = { { { 1000, 14, 6, 0 } }, 1, 2, 0, 0, EIGHTH, { 0, 0, 0, 0 } },
	/* clang-format on */
};

enum tone tone_of(enum screen screen)
{
	static const enum tone tones[SCREEN_COUNT] = {
		[SCREEN_WELCOME] = TONE_ACCEPTED,
		[SCREEN_CHOOSE] = TONE_ACCEPTED, /* the person is in */
		[SCREEN_REG_DONE] = TONE_ACCEPTED,
		[SCREEN_GOODBYE] = TONE_GOODBYE,
		[SCREEN_REPEAT] = TONE_REPEAT,
		[SCREEN_FULL] = TONE_ATTENTION,
		[SCREEN_EARLY] = TONE_ATTENTION,
		[SCREEN_OTHER_DAY] = TONE_ATTENTION,
		[SCREEN_CLOSED] = TONE_ATTENTION,
		[SCREEN_UNKNOWN] = TONE_ATTENTION,
		[SCREEN_PHONE] = TONE_ATTENTION,
		[SCREEN_TOO_SHORT] = TONE_ATTENTION,
		[SCREEN_BLOCKED] = TONE_REFUSED,
		[SCREEN_LINK] = TONE_KEY,
		[SCREEN_LINK_DONE] = TONE_ACCEPTED,
		[SCREEN_LINK_TAKEN] = TONE_ATTENTION,
		[SCREEN_LINK_FAILED] = TONE_ATTENTION,
		[SCREEN_IDENTIFY] =
			TONE_REPEAT, /* heard across a hall, and mistaken for no answer */
		[SCREEN_SERVICE] = TONE_KEY,
	};
	return tones[screen];
}

const struct glow *tone_glow(enum tone tone)
{
	return &voices[tone].glow;
}

int tone_length_ms(enum tone tone)
{
	int length_ms = 0;
	for (int i = 0; i < voices[tone].count; i++)
		length_ms += voices[tone].notes[i].length_ms + voices[tone].notes[i].pause_ms;
	return length_ms;
}

static size_t samples_of(int ms)
{
	return (size_t)ms * TONE_RATE_HZ / 1000;
}

/* 0 to 1 and back: up in a line, then dying away, and cut off without a click. */
static float loudness(const struct voice *voice, const struct note *note, size_t at)
{
	const float ms = (float)at * 1000 / TONE_RATE_HZ, attack_ms = (float)voice->attack_ms;
	const float left_ms = (float)note->length_ms - ms;
	const float rise = ms < attack_ms ? ms / attack_ms : 1;
	const float fall = ms < attack_ms ? 1 : expf((attack_ms - ms) / (float)note->tau_ms);
	return rise * fall * (left_ms < RELEASE_MS ? left_ms / RELEASE_MS : 1);
}

static void render_note(const struct voice *voice, const struct note *note, float *ret)
{
	for (size_t i = 0; i < samples_of(note->length_ms); i++) {
		const float turn = TURN * (float)note->hz * (float)i / TONE_RATE_HZ;
		ret[i] = loudness(voice, note, i) * (sinf(turn) + voice->second * sinf(2 * turn) +
							    voice->third * sinf(3 * turn));
	}
	for (size_t i = 0; i < samples_of(note->pause_ms); i++)
		ret[samples_of(note->length_ms) + i] = 0;
}

size_t tone_render(enum tone tone, float ret[TONE_SAMPLES_MAX])
{
	const struct voice *voice = &voices[tone];
	size_t count = 0;
	float peak = 0;
	for (int i = 0; i < voice->count; i++) {
		render_note(voice, &voice->notes[i], ret + count);
		count += samples_of(voice->notes[i].length_ms) +
			 samples_of(voice->notes[i].pause_ms);
	}
	for (size_t i = 0; i < count; i++)
		peak = fmaxf(peak, fabsf(ret[i]));
	for (size_t i = 0; i < count; i++)
		ret[i] *= voice->peak / peak;
	return count;
}
