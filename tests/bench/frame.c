/* How long the answer to a tap takes to draw, against one opaque blit of the whole frame. */
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/text.h"
#include "screens/scenes.h"
#include "sdl/screen.h"

#define ROUNDS 400

static int by_size(const void *a, const void *b)
{
	const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static double median_ms(int64_t *times_ns)
{
	qsort(times_ns, ROUNDS, sizeof *times_ns, by_size);
	return (double)times_ns[ROUNDS / 2] / 1e6;
}

static long resident_kb(void)
{
	long pages = 0, resident = 0;
	FILE *file = fopen("/proc/self/statm", "re");
	if (file && fscanf(file, "%ld %ld", &pages, &resident) != 2)
		resident = 0;
	if (file)
		fclose(file);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void name_of_tap(struct view *view, int number)
{
	static const char *const parts[] = { "ma", "rij", "ke", "jo", "ris", "no", "or", "fleur",
		"an", "ne", "wil", "hel", "mi", "na", "\xC3\xB6z", "\xC3\xA9va" };
	size_t length = 0;
	view->answer.name[0] = '\0';
	for (int i = 0; i < 4; i++, number /= 16)
		length += utf8_clip(view->answer.name + length, sizeof view->answer.name - length,
			parts[number % 16]);
}

int main(void)
{
	const char *fonts = getenv("INCHECKPAAL_FONTS");
	const struct screen_options options = {
		.width_px = 1920, .height_px = 1080, .font_directory = fonts ? fonts : "build/fonts"
	};
	struct screen_window *window;
	char words[512];
	static struct view view;
	static struct picture picture;
	static int64_t blit_ns[ROUNDS], frame_ns[ROUNDS], layout_ns[ROUNDS];
	if (screen_create(&window, &options, words, sizeof words) < 0) {
		fprintf(stderr, "frame: %s\n", words);
		return 1;
	}
	size_t welcome = 0;
	while (scenes[welcome].screen != SCREEN_WELCOME)
		welcome++;
	scene_view(&scenes[welcome], LANGUAGE_NL, &view);
	SDL_Surface *from =
		SDL_CreateRGBSurfaceWithFormat(0, 1920, 1080, 32, SDL_PIXELFORMAT_ARGB8888);
	SDL_Surface *to =
		SDL_CreateRGBSurfaceWithFormat(0, 1920, 1080, 32, SDL_PIXELFORMAT_ARGB8888);
	SDL_SetSurfaceBlendMode(from, SDL_BLENDMODE_NONE);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t start_ns = clock_mono_ns();
		SDL_BlitSurface(from, NULL, to, NULL);
		blit_ns[i] = clock_mono_ns() - start_ns;
		name_of_tap(&view, i);
		start_ns = clock_mono_ns();
		layout_picture(&picture, &view, screen_surface(window), screen_measure(window));
		layout_ns[i] = clock_mono_ns() - start_ns;
		screen_present(window, &picture);
		frame_ns[i] = clock_mono_ns() - start_ns;
	}
	const double blit_ms = median_ms(blit_ns), frame_ms = median_ms(frame_ns);
	printf("answer frame at 1920x1080 with a new name: %.2fx one opaque blit (limit 1.3); "
	       "%.2f ms, of which layout %.2f ms, blit %.2f ms\n",
		frame_ms / blit_ms, frame_ms, median_ms(layout_ns), blit_ms);
	for (int i = 0; i < 10000; i++) {
		name_of_tap(&view, i);
		layout_picture(&picture, &view, screen_surface(window), screen_measure(window));
		screen_present(window, &picture);
	}
	SDL_FreeSurface(from);
	SDL_FreeSurface(to);
	printf("resident after 10000 names, window and lettering alone: %.1f MB\n",
		(double)resident_kb() / 1024);
	screen_destroy(window);
	return 0;
}
