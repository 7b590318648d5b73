/* Verdicts told apart by the sign's silhouette alone: in grey, and as colour-blind eyes see it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "screens/contrast.h"
#include "screens/scenes.h"

#define CELLS 48
#define CELLS_APART (CELLS * CELLS * 6 / 100)
#define SIGN_LEAST 3

/* Linear RGB to linear RGB: Machado, Oliveira and Fernandes 2009, severity 1. */
static const struct {
	const char *name;
	double rows[3][3];
} eyes[] = {
	{ "grey", { { 0.2126, 0.7152, 0.0722 }, { 0.2126, 0.7152, 0.0722 },
			  { 0.2126, 0.7152, 0.0722 } } },
	{ "protanopia", { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 },
				{ -0.003882, -0.048116, 1.051998 } } },
	{ "deuteranopia", { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 },
				  { -0.011820, 0.042940, 0.968881 } } },
	{ "tritanopia", { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 },
				{ 0.004733, 0.691367, 0.303900 } } },
};
enum { EYE_COUNT = sizeof eyes / sizeof eyes[0] };

static double seen_luminance(uint32_t rgb, size_t eye)
{
	double light[3], sum = 0;
	static const double share[3] = { 0.2126, 0.7152, 0.0722 };
	for (int c = 0; c < 3; c++) {
		const double v = (double)(rgb >> (16 - 8 * c) & 255) / 255;
		light[c] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
	}
	for (int c = 0; c < 3; c++) {
		const double *row = eyes[eye].rows[c];
		const double v = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
		sum += share[c] * fmin(1, fmax(0, v));
	}
	return sum;
}

struct silhouette {
	const char *scene;
	enum screen screen;
	double contrast;
	bool on[CELLS][CELLS];
};

/* The square the sign stands in, in device pixels. */
static SDL_Rect sign_of(const struct picture *picture)
{
	float left = 1e9f, top = 1e9f, right = 0, bottom = 0;
	for (size_t i = 0; i < picture->shape_count; i++) {
		const struct shape *s = &picture->shapes[i];
		if (s->group != GROUP_SIGN || s->kind == SHAPE_POLYGON)
			continue;
		const bool round = s->kind == SHAPE_DISC || s->kind == SHAPE_RING;
		const float r = round ? s->radius + s->stroke / 2 : 0;
		left = fminf(left, s->x - r);
		top = fminf(top, s->y - r);
		right = fmaxf(right, round ? s->x + r : s->x + s->w);
		bottom = fmaxf(bottom, round ? s->y + r : s->y + s->h);
	}
	const float side = fmaxf(right - left, 220), x = (left + right) / 2, y = (top + bottom) / 2;
	return (SDL_Rect){ (int)(x - side / 2), (int)(y - side / 2), (int)side, (int)side };
}

static void look(struct silhouette *ret, const struct easel *easel, size_t eye)
{
	const SDL_Rect sign = sign_of(&easel->picture);
	double seen[CELLS][CELLS], least = 1, most = 0;
	for (int row = 0; row < CELLS; row++) {
		for (int column = 0; column < CELLS; column++) {
			const int x = sign.x + (2 * column + 1) * sign.w / (2 * CELLS),
				  y = sign.y + (2 * row + 1) * sign.h / (2 * CELLS);
			const uint32_t pixel = ((
				const uint32_t *)(const void *)((uint8_t *)easel->surface->pixels +
								y * easel->surface->pitch))[x];
			seen[row][column] = seen_luminance(pixel, eye);
			least = fmin(least, seen[row][column]);
			most = fmax(most, seen[row][column]);
		}
	}
	const double field = seen[0][0], middle = sqrt((least + 0.05) * (most + 0.05));
	ret->contrast = (most + 0.05) / (least + 0.05);
	for (int row = 0; row < CELLS; row++)
		for (int column = 0; column < CELLS; column++)
			ret->on[row][column] =
				(seen[row][column] + 0.05 > middle) != (field + 0.05 > middle);
}

static int differing(const struct silhouette *a, const struct silhouette *b)
{
	int cells = 0;
	for (int row = 0; row < CELLS; row++)
		for (int column = 0; column < CELLS; column++)
			cells += a->on[row][column] != b->on[row][column];
	return cells;
}

/* Early, another day and closed are one verdict; choosing and being registered are being checked
 * in. A linked badge says the same "done", and one that was not linked says so for either reason.
 */
static enum screen verdict_screen(enum screen screen)
{
	if (screen == SCREEN_CHOOSE || screen == SCREEN_REG_DONE || screen == SCREEN_LINK_DONE)
		return SCREEN_WELCOME;
	if (screen == SCREEN_LINK_FAILED)
		return SCREEN_LINK_TAKEN;
	return screen == SCREEN_EARLY || screen == SCREEN_OTHER_DAY ? SCREEN_CLOSED : screen;
}

static bool has_sign(const struct picture *picture)
{
	for (size_t i = 0; i < picture->shape_count; i++)
		if (picture->shapes[i].group == GROUP_SIGN)
			return true;
	return false;
}

static int compare(const struct silhouette *a, const struct silhouette *b, const char *eye,
	const char *theme, int *least)
{
	if (verdict_screen(a->screen) == verdict_screen(b->screen))
		return 0;
	const int cells = differing(a, b);
	*least = cells < *least ? cells : *least;
	if (cells >= CELLS_APART)
		return 0;
	printf("%s and %s look alike (%s, %s): %d cells differ, %d needed\n", a->scene, b->scene,
		eye, theme, cells, CELLS_APART);
	return 1;
}

int apart_check(struct easel *easel, const char *unused)
{
	static struct silhouette seen[64];
	static struct view view;
	const struct surface size = { 1280, 720, false };
	int failed = 0, least = CELLS * CELLS;
	double contrast = 21;
	(void)unused;
	for (int pass = 0; pass < 2 * EYE_COUNT; pass++) {
		const size_t eye = (size_t)pass / 2;
		size_t count = 0;
		for (size_t i = 0; i < scene_count && count < 64; i++) {
			view.theme = pass % 2;
			view.side = SIDE_RIGHT;
			scene_view(&scenes[i], LANGUAGE_NL, &view);
			easel_draw(easel, &view, &size);
			if (!has_sign(&easel->picture))
				continue;
			seen[count].scene = scenes[i].name;
			seen[count].screen = scenes[i].screen;
			look(&seen[count], easel, eye);
			contrast = fmin(contrast, seen[count].contrast);
			if (seen[count].contrast < SIGN_LEAST) {
				printf("%s: the sign stands out %.1f for %s\n", scenes[i].name,
					seen[count].contrast, eyes[eye].name);
				failed++;
			}
			count++;
		}
		for (size_t a = 0; a < count; a++)
			for (size_t b = a + 1; b < count; b++)
				failed += compare(&seen[a], &seen[b], eyes[eye].name,
					pass % 2 ? "dark" : "light", &least);
	}
	printf("apart: the two signs most alike differ in %d of %d cells; least contrast %.1f\n",
		least, CELLS * CELLS, contrast);
	return failed;
}

/* The rows that a capital H inks. */
static int ink_rows(struct easel *easel, float size_px, bool display)
{
	const struct lettering_style style = { size_px, WEIGHT_700, display, false };
	SDL_Surface *paper =
		SDL_CreateRGBSurfaceWithFormat(0, 512, 512, 32, SDL_PIXELFORMAT_ARGB8888);
	int rows = 0;
	SDL_FillRect(paper, NULL, 0xFFFFFFFF);
	lettering_draw(easel->lettering, paper, "H", 16, 400, &style, 0, 255);
	for (int y = 0; y < 512; y++) {
		const uint32_t *row = (const uint32_t *)(const void *)((uint8_t *)paper->pixels +
								       y * paper->pitch);
		bool dark = false;
		for (int x = 0; x < 512; x++)
			dark |= (row[x] & 255) < 128;
		rows += dark;
	}
	SDL_FreeSurface(paper);
	return rows;
}

/* Capitals are 0.73 of the size; what must be read from two metres on ten inches is a title at
 * least. */
int caps_check(struct easel *easel, const char *unused)
{
	static const float type[] = { 20, 24, 30, 40, 56, 80, 112 };
	static const float zooms[] = { 1, 1.5f, 3 };
	static struct view view;
	const struct surface size = { 1280, 720, false };
	int failed = 0;
	(void)unused;
	for (size_t z = 0; z < 3; z++) {
		lettering_set_zoom(easel->lettering, zooms[z]);
		for (size_t i = 0; i < 7; i++) {
			const float want = type[i] * zooms[z] * 0.727f;
			const int rows = ink_rows(easel, type[i], type[i] >= 56);
			if (fabsf((float)rows - want) <= fmaxf(1.5f, want * 0.02f))
				continue;
			printf("capitals of %.0f at %.1f are %d high, not %.1f\n", (double)type[i],
				(double)zooms[z], rows, (double)want);
			failed++;
		}
	}
	for (size_t i = 0; i < scene_count; i++) {
		float largest = 0, sign = 0;
		view.theme = THEME_LIGHT;
		view.side = SIDE_RIGHT;
		scene_view(&scenes[i], LANGUAGE_NL, &view);
		easel_compose(easel, &view, &size);
		const struct picture *picture = &easel->picture;
		for (size_t s = 0; s < picture->shape_count; s++) {
			if (picture->shapes[s].kind != SHAPE_TEXT)
				continue;
			sign = sign > 0 ? sign : picture->shapes[s].size_px;
			largest = fmaxf(largest, picture->shapes[s].size_px);
		}
		if (largest >= 40 && (!has_sign(picture) || sign >= 30))
			continue;
		printf("%s: its largest words are %.0f, its sign's %.0f\n", scenes[i].name,
			(double)largest, (double)sign);
		failed++;
	}
	return failed;
}
