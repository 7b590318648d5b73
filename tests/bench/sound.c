/* From asking for a tone to its first sample in the device's buffer: with the device closed, and
 * open. */
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "sdl/speaker.h"

#define TIMES 30

static double asked_ms(struct speaker *speaker)
{
	struct speaker_counts counts;
	const int64_t asked_ns = clock_mono_ns();
	speaker_play(speaker, TONE_KEY);
	do {
		SDL_Delay(1);
		speaker_counts(speaker, &counts);
	} while (counts.begun_ns < asked_ns);
	return (double)(counts.begun_ns - asked_ns) / 1e6;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

int main(void)
{
	struct speaker *speaker;
	double open_ms[TIMES];
	if (speaker_create(&speaker, 70) < 0)
		return EXIT_FAILURE;
	const double closed_ms = asked_ms(speaker);
	for (int i = 0; i < TIMES; i++) {
		SDL_Delay(40);
		open_ms[i] = asked_ms(speaker);
	}
	qsort(open_ms, TIMES, sizeof open_ms[0], by_size);
	printf("tone asked for to first sample handed over (%s): device closed %.1f ms, open p50 "
	       "%.1f ms, "
	       "most %.1f ms (the design: 20 to 70 ms after the commit)\n",
		SDL_GetCurrentAudioDriver(), closed_ms, open_ms[TIMES / 2], open_ms[TIMES - 1]);
	speaker_destroy(speaker);
	SDL_Quit();
	return EXIT_SUCCESS;
}
