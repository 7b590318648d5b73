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

static double median_ms(int64_t *times_ns)
{
	qsort(times_ns, ROUNDS, sizeof *times_ns, by_size);
	return (double)times_ns[ROUNDS / 2] / 1e6;
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

/* Each round blits once and presents each frame once, so that what else the machine does meets
 * all alike. */
static void compare(struct screen_window *window, struct view *welcome, const struct view *idle)
{
	enum { WELCOME, MOVING, NEXT, IDLE, FADING, FRAME_COUNT };
	static const char *const names[] = { [WELCOME] = "idle to answer",
		[MOVING] = "idle to answer, in motion",
		[NEXT] = "answer to answer",
		[IDLE] = "answer to idle",
		[FADING] = "answer to idle, in motion" };
	static int64_t blit_ns[ROUNDS], frame_ns[FRAME_COUNT][ROUNDS];
	static struct picture picture;
	SDL_Surface *from = surface(), *to = surface();
	for (int i = 0; i < ROUNDS; i++) {
		const int64_t start_ns = worked_ns();
		SDL_BlitSurface(from, NULL, to, NULL);
		blit_ns[i] = worked_ns() - start_ns;
		name_of_tap(welcome, 3 * i);
		frame_ns[MOVING][i] = took_ns(window, &picture, welcome, MOTION_ARRIVE, 0);
		frame_ns[FADING][i] = took_ns(window, &picture, idle, MOTION_LEAVE, 16);
		name_of_tap(welcome, 3 * i + 1);
		frame_ns[WELCOME][i] = took_ns(window, &picture, welcome, MOTION_NONE, 0);
		name_of_tap(welcome, 3 * i + 2);
		frame_ns[NEXT][i] = took_ns(window, &picture, welcome, MOTION_NONE, 0);
		frame_ns[IDLE][i] = took_ns(window, &picture, idle, MOTION_NONE, 0);
	}
	const double blit_ms = median_ms(blit_ns);
	printf("frames at 1920x1080, each answer with a new name, against one opaque blit of %.2f "
	       "ms "
	       "(limit 1.3):\n",
		blit_ms);
	for (int i = 0; i < FRAME_COUNT; i++)
		printf("  %s: %.2fx\n", names[i], median_ms(frame_ns[i]) / blit_ms);
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
