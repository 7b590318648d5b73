#include "screens/contrast.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "screens/scenes.h"
#include "sdl/painter.h"

#define TEXT_LEAST 4.5
#define TEXT_AIM 7
#define MARK_LEAST 3

static const struct surface sizes[] = { { 1280, 720, false }, { 720, 1280, false },
	{ 800, 480, false } };

static double linear(uint32_t channel)
{
	const double c = (double)channel / 255;
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
	return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) +
	       0.0722 * linear(rgb & 255);
}

static double ratio(uint32_t a, uint32_t b)
{
	const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
	return one > other ? one / other : other / one;
}

static uint32_t pixel(const SDL_Surface *surface, int x, int y)
{
	return ((const uint32_t *)(const void *)((const uint8_t *)surface->pixels +
						 y * surface->pitch))[x];
}

/* Where a shape leaves its marks, in device pixels. */
static SDL_Rect reach_of(const struct picture *picture, const struct shape *shape)
{
	const float z = picture->zoom;
	if (shape->kind == SHAPE_TEXT)
		return (SDL_Rect){ (int)(shape->x * z) - 2,
			(int)((shape->y - shape->size_px * 1.1f) * z), (int)(shape->w * z) + 6,
			(int)(shape->size_px * 1.5f * z) };
	if (shape->kind == SHAPE_RING)
		return (SDL_Rect){ (int)((shape->x - shape->radius - shape->stroke) * z),
			(int)((shape->y - shape->radius - shape->stroke) * z),
			(int)(2 * (shape->radius + shape->stroke) * z) + 2,
			(int)(2 * (shape->radius + shape->stroke) * z) + 2 };
	return (SDL_Rect){ (int)(shape->x * z), (int)(shape->y * z), (int)(shape->w * z) + 2,
		(int)(shape->h * z) + 2 };
}

/* What the shape changed between two states of the canvas. */
struct finding {
	uint32_t ink;   /* the pixel that stands out most */
	int x, y;       /* where it is */
	double weakest; /* of that ink against everything it lies on; 0 when nothing changed */
};

static struct finding look(const SDL_Surface *before, const SDL_Surface *after, SDL_Rect area)
{
	struct finding ret = { 0 };
	const SDL_Rect whole = { 0, 0, after->w, after->h };
	double best = 0;
	if (!SDL_IntersectRect(&area, &whole, &area))
		return ret;
	for (int y = area.y; y < area.y + area.h; y++) {
		for (int x = area.x; x < area.x + area.w; x++) {
			const uint32_t old = pixel(before, x, y), new = pixel(after, x, y);
			if (old == new || ratio(old, new) <= best)
				continue;
			best = ratio(old, new);
			ret = (struct finding){ new, x, y, best };
		}
	}
	for (int y = area.y; y < area.y + area.h; y++)
		for (int x = area.x; x < area.x + area.w; x++)
			if (pixel(before, x, y) != pixel(after, x, y))
				ret.weakest =
					fmin(ret.weakest, ratio(ret.ink, pixel(before, x, y)));
	return ret;
}

static bool is_mark(const struct shape *shape)
{
	return (shape->kind == SHAPE_ICON || shape->kind == SHAPE_FRAME ||
		       shape->kind == SHAPE_RING) &&
	       shape->alpha == 255;
}

struct tally {
	int texts, marks, below_aim, failed;
	double least_text, least_mark;
};

static void judge(struct tally *tally, const char *where, const struct picture *picture,
	const struct shape *shape, const struct finding *found)
{
	const bool text = shape->kind == SHAPE_TEXT;
	const double least = text ? TEXT_LEAST : MARK_LEAST;
	double *lowest = text ? &tally->least_text : &tally->least_mark;
	tally->texts += text;
	tally->marks += !text;
	tally->below_aim += text && found->weakest < TEXT_AIM;
	*lowest = fmin(*lowest, found->weakest);
	if (found->weakest >= least)
		return;
	printf("%s: %s %s stands out %.2f, not %.1f\n", where, text ? "text" : "mark",
		text ? picture->bytes + shape->text : "", found->weakest, least);
	tally->failed++;
}

/* Paints shape after shape, and looks at what each changed and whether it is still there at the
 * end. */
static void judge_picture(struct tally *tally, const char *where, struct easel *easel)
{
	static struct finding findings[PICTURE_SHAPES_MAX];
	static struct picture field;
	struct picture *picture = &easel->picture;
	SDL_Surface *after = easel->surface;
	SDL_Surface *before = SDL_ConvertSurface(after, after->format, 0);
	const size_t bytes = (size_t)after->h * (size_t)after->pitch;
	field = *picture;
	field.shape_count = 0;
	painter_paint(after, &field, easel->lettering);
	for (size_t i = 0; i < picture->shape_count; i++) {
		const struct shape *shape = &picture->shapes[i];
		memcpy(before->pixels, after->pixels, bytes);
		painter_add(after, picture, i, i + 1, easel->lettering);
		findings[i] = (struct finding){ 0 };
		if (shape->kind != SHAPE_TEXT && !is_mark(shape))
			continue;
		findings[i] = look(before, after, reach_of(picture, shape));
		judge(tally, where, picture, shape, &findings[i]);
	}
	for (size_t i = 0; i < picture->shape_count; i++) {
		const struct finding *found = &findings[i];
		if (picture->shapes[i].kind != SHAPE_TEXT || found->weakest == 0 ||
			pixel(after, found->x, found->y) == found->ink)
			continue;
		printf("%s: something lies over '%s'\n", where,
			picture->bytes + picture->shapes[i].text);
		tally->failed++;
	}
	SDL_FreeSurface(before);
}

int contrast_check(struct easel *easel, const char *unused)
{
	static struct view view;
	struct tally tally = { .least_text = 21, .least_mark = 21 };
	(void)unused;
	for (size_t i = 0; i < scene_count; i++) {
		for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
			for (int theme = THEME_LIGHT; theme <= THEME_DARK; theme++) {
				char where[128];
				view.theme = theme;
				view.side = s % 2 ? SIDE_BOTTOM : SIDE_RIGHT;
				scene_view(&scenes[i], (enum language)(s % 2), &view);
				view.has_touch = true;
				snprintf(where, sizeof where, "%s %dx%d %s", scenes[i].name,
					sizes[s].width_px, sizes[s].height_px,
					theme ? "dark" : "light");
				tally.failed += easel_draw(easel, &view, &sizes[s]) < 0;
				judge_picture(&tally, where, easel);
			}
		}
	}
	printf("contrast: %d texts, least %.2f, %d below %d; %d marks, least %.2f\n", tally.texts,
		tally.least_text, tally.below_aim, TEXT_AIM, tally.marks, tally.least_mark);
	return tally.failed;
}
