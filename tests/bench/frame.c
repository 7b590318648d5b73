/* How long a frame takes, from view to presented, against one opaque blit of the whole frame. */
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "face/motion.h"
#include "screens/scenes.h"
#include "sdl/screen.h"

#define ROUNDS 400

/* Of this thread: nothing here waits, and what else the machine does is not ours to measure. */
static int64_t worked_ns(void)
{
	struct timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static int64_t median(int64_t *numbers)
{
	qsort(numbers, ROUNDS, sizeof *numbers, by_size);
	return numbers[ROUNDS / 2];
}

/* Each frame against the mean of the blits before and after it, and the median of that. */
static double ratio(const int64_t *frames_ns, const int64_t *blits_ns)
{
	static int64_t ratios[ROUNDS];
	for (int i = 0; i < ROUNDS; i++)
		ratios[i] = 2000000 * frames_ns[i] / (blits_ns[i] + blits_ns[i + 1]);
	return (double)median(ratios) / 1e6;
}

static SDL_Surface *surface(void)
{
	SDL_Surface *ret =
		SDL_CreateRGBSurfaceWithFormat(0, 1920, 1080, 32, SDL_PIXELFORMAT_ARGB8888);
	SDL_SetSurfaceBlendMode(ret, SDL_BLENDMODE_NONE);
	return ret;
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

static int64_t took_ns(struct screen_window *window, struct picture *picture,
	const struct view *view, enum motion motion, int elapsed_ms)
{
	const int64_t start_ns = worked_ns();
	layout_picture(picture, view, screen_surface(window), screen_measure(window));
	motion_apply(picture, motion, elapsed_ms, false, COLOUR_PAPER);
	screen_present(window, picture);
	return worked_ns() - start_ns;
}

enum { WELCOME, MOVING, NEXT, IDLE, FADING, FRAME_COUNT };

static void show_round(struct screen_window *window, struct view *welcome, const struct view *idle,
	int round, int64_t ret_ns[FRAME_COUNT][ROUNDS])
{
	static struct picture picture;
	name_of_tap(welcome, 3 * round);
	ret_ns[MOVING][round] = took_ns(window, &picture, welcome, MOTION_ARRIVE, 0);
	ret_ns[FADING][round] = took_ns(window, &picture, idle, MOTION_LEAVE, 16);
	name_of_tap(welcome, 3 * round + 1);
	ret_ns[WELCOME][round] = took_ns(window, &picture, welcome, MOTION_NONE, 0);
	name_of_tap(welcome, 3 * round + 2);
	ret_ns[NEXT][round] = took_ns(window, &picture, welcome, MOTION_NONE, 0);
	ret_ns[IDLE][round] = took_ns(window, &picture, idle, MOTION_NONE, 0);
}

/* Blits and rounds of frames in turn, so that what else the machine does meets all alike. The
 * surfaces are as large, and of as many bytes a pixel, as the window's. */
static void compare(struct screen_window *window, struct view *welcome, const struct view *idle)
{
	static const char *const names[] = { [WELCOME] = "idle to answer",
		[MOVING] = "idle to answer, in motion",
		[NEXT] = "answer to answer",
		[IDLE] = "answer to idle",
		[FADING] = "answer to idle, in motion" };
	static int64_t blit_ns[ROUNDS + 1], frame_ns[FRAME_COUNT][ROUNDS];
	SDL_Surface *from = surface(), *to = surface();
	for (int i = 0; i <= ROUNDS; i++) {
		const int64_t start_ns = worked_ns();
		SDL_BlitSurface(from, NULL, to, NULL);
		blit_ns[i] = worked_ns() - start_ns;
		if (i < ROUNDS)
			show_round(window, welcome, idle, i, frame_ns);
	}
	printf("frames at 1920x1080, each answer with a new name, against the opaque blits of a "
	       "whole frame before and after (limit 1.3):\n");
	for (int i = 0; i < FRAME_COUNT; i++) {
		const double times = ratio(frame_ns[i], blit_ns);
		printf("  %s: %.2fx (%.2f ms)\n", names[i], times,
			(double)median(frame_ns[i]) / 1e6);
	}
	printf("  the blit alone: %.2f ms\n", (double)median(blit_ns) / 1e6);
	SDL_FreeSurface(from);
	SDL_FreeSurface(to);
}

static const struct scene *scene_of(enum screen screen)
{
	const struct scene *scene = scenes;
	while (scene->screen != screen)
		scene++;
	return scene;
}

int main(void)
{
	const char *fonts = getenv("INCHECKPAAL_FONTS");
	const struct screen_options options = {
		.width_px = 1920, .height_px = 1080, .font_directory = fonts ? fonts : "build/fonts"
	};
	struct screen_window *window;
	char words[512];
	static struct view welcome, idle;
	static struct picture picture;
	if (screen_create(&window, &options, words, sizeof words) < 0) {
		fprintf(stderr, "frame: %s\n", words);
		return 1;
	}
	scene_view(scene_of(SCREEN_WELCOME), LANGUAGE_NL, &welcome);
	scene_view(scene_of(SCREEN_IDLE), LANGUAGE_NL, &idle);
	compare(window, &welcome, &idle);
	for (int i = 0; i < 10000; i++) {
		name_of_tap(&welcome, i);
		took_ns(window, &picture, &welcome, MOTION_NONE, 0);
	}
	printf("resident after 10000 names, window and lettering alone: %.1f MB\n",
		(double)resident_kb() / 1024);
	screen_destroy(window);
	return 0;
}
