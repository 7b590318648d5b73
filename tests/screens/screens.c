/* Draws every screen off-screen and looks at it: one command is one proof. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "face/warm.h"
#include "screens/contrast.h"
#include "screens/golden.h"
#include "screens/scenes.h"
#include "screens/turned.h"
#include "sdl/painter.h"
#include "sdl/png.h"

/* How a scene may be shown. */
struct form {
	const char *name;
	struct surface size;
	enum reader_side side;
};

/* clang-format off */
static const struct form forms[] = {
	{ "wide", { 1280, 720, false }, SIDE_AUTO },
	{ "tall", { 720, 1280, false }, SIDE_AUTO },
	{ "small", { 800, 480, false }, SIDE_LEFT },
	{ "low", { 1280, 800, false }, SIDE_BOTTOM },
	{ "large", { 1920, 1080, false }, SIDE_LEFT },
	{ "largest", { 3840, 2160, false }, SIDE_RIGHT },
};
/* One of each language, theme and shape: a golden is kept of every scene in each. */
static const struct {
	const char *suffix;
	size_t form;
	enum language language;
	int theme;
} goldens[] = {
	{ "", 0, LANGUAGE_NL, THEME_LIGHT },
	{ "-tall", 1, LANGUAGE_EN, THEME_DARK },
	{ "-small", 2, LANGUAGE_NL, THEME_LIGHT },
};
static const char *const languages[LANGUAGE_COUNT] = { "nl", "en" };
static const char *const themes[] = { "light", "dark" };
/* clang-format on */

static int draw(struct easel *easel, const struct scene *scene, const struct form *form,
	enum language language, int theme, const char *path)
{
	static struct view view;
	view.theme = theme;
	view.side = form->side;
	scene_view(scene, language, &view);
	const int r = easel_draw(easel, &view, &form->size);
	return r < 0 ? r : png_save(easel->surface, path);
}

static int check_goldens(struct easel *easel, const char *directory, bool update)
{
	int failed = 0;
	directory_make("build/screens", 0755);
	for (size_t i = 0; i < scene_count; i++) {
		for (size_t g = 0; g < sizeof goldens / sizeof goldens[0]; g++) {
			char picture[1024], golden[1024];
			snprintf(picture, sizeof picture, "build/screens/%s%s.png", scenes[i].name,
				goldens[g].suffix);
			snprintf(golden, sizeof golden, "%s/%s%s.png", directory, scenes[i].name,
				goldens[g].suffix);
			int r = draw(easel, &scenes[i], &forms[goldens[g].form],
				goldens[g].language, goldens[g].theme, picture);
			if (r == 0)
				r = golden_check(picture, golden, update);
			if (r < 0)
				printf("%s: %s\n", picture, strerror(-r));
			failed += r < 0;
		}
	}
	return failed;
}

static int check(struct easel *easel, const char *directory)
{
	return check_goldens(easel, directory, false);
}

static int update(struct easel *easel, const char *directory)
{
	return check_goldens(easel, directory, true);
}

static int add_to_gallery(
	struct easel *easel, const char *directory, const struct scene *scene, FILE *index)
{
	int failed = 0;
	fprintf(index, "<h2 id=\"%s\">%s</h2>\n", scene->name, scene->name);
	for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
		for (int v = 0; v < 2 * LANGUAGE_COUNT; v++) {
			char name[256], path[1024];
			snprintf(name, sizeof name, "%s-%s-%s-%s.png", scene->name, forms[f].name,
				languages[v / 2], themes[v % 2]);
			snprintf(path, sizeof path, "%s/%s", directory, name);
			const int r =
				draw(easel, scene, &forms[f], (enum language)(v / 2), v % 2, path);
			if (r < 0)
				fprintf(stderr, "%s: %s\n", path, strerror(-r));
			failed += r < 0;
			fprintf(index,
				"<figure><a href=\"%s\"><img src=\"%s\" alt=\"\" "
				"loading=lazy></a><figcaption>%s %s %s</figcaption></figure>\n",
				name, name, forms[f].name, languages[v / 2], themes[v % 2]);
		}
	}
	return failed;
}

static int gallery(struct easel *easel, const char *directory)
{
	int failed = 0;
	char path[1024];
	snprintf(path, sizeof path, "%s/index.html", directory);
	directory_make(directory, 0755);
	FILE *index = fopen(path, "we");
	if (!index)
		return 1;
	fputs("<!doctype html><meta charset=utf-8><title>Incheckpaal: screens</title>"
	      "<style>body{font:16px sans-serif;background:#ddd;margin:24px}"
	      "figure{display:inline-block;margin:8px}"
	      "img{max-width:400px;max-height:300px}</style>\n<p>",
		index);
	for (size_t i = 0; i < scene_count; i++)
		fprintf(index, "<a href=\"#%s\">%s</a> ", scenes[i].name, scenes[i].name);
	for (size_t i = 0; i < scene_count; i++)
		failed += add_to_gallery(easel, directory, &scenes[i], index);
	fclose(index);
	return failed;
}

static void warm_all(struct easel *easel, const struct view *now, const struct surface *size)
{
	static struct view view;
	for (size_t step = 0; warm_view(&view, now, step); step++) {
		easel_compose(easel, &view, size);
		painter_warm(&easel->picture, easel->lettering);
	}
}

/* Whether the text had to be set; it is by then. */
static bool sets(struct easel *easel, const struct shape *shape)
{
	static struct picture one;
	struct lettering_counts before, after;
	lettering_counts(easel->lettering, &before);
	one = easel->picture;
	one.shapes[0] = *shape;
	one.shape_count = 1;
	painter_warm(&one, easel->lettering);
	lettering_counts(easel->lettering, &after);
	return after.set != before.set;
}

static int warm_at(struct easel *easel, const struct view *now, const struct surface *size)
{
	static struct view view;
	size_t own = 0, other = 0;
	warm_all(easel, now, size);
	view = *now;
	view.screen = SCREEN_WELCOME;
	view.answer.session = now->board.rows[1];
	view.answer.after = now->board.rows[4];
	snprintf(view.answer.name, sizeof view.answer.name, "Annemiek");
	easel_compose(easel, &view, size);
	for (size_t i = 0; i < easel->picture.shape_count; i++) {
		const struct shape *shape = &easel->picture.shapes[i];
		const char *text = easel->picture.bytes + shape->text;
		if (shape->kind != SHAPE_TEXT || !sets(easel, shape))
			continue;
		const bool personal = strcmp(text, view.answer.name) == 0 ||
				      strcmp(text, view.answer.organisation) == 0;
		if (!personal)
			printf("set on the tap: %s\n", text);
		own += personal;
		other += !personal;
	}
	printf("warm at %dx%d: a tap sets %zu lines of its own and %zu others\n", size->width_px,
		size->height_px, own, other);
	return (own != 2) + (other > 0);
}

/* After the words of all answers are set beforehand, a tap sets only what is the person's own. */
static int warm(struct easel *easel, const char *unused)
{
	static const struct surface sizes[] = { { 1280, 720, false }, { 1920, 1080, false },
		{ 3840, 2160, false } };
	static struct view now;
	int failed = 0;
	(void)unused;
	now.theme = THEME_LIGHT;
	now.side = SIDE_RIGHT;
	for (size_t i = 0; i < scene_count; i++)
		if (strcmp(scenes[i].name, "idle-parallel") == 0)
			scene_view(&scenes[i], LANGUAGE_NL, &now);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		failed += warm_at(easel, &now, &sizes[i]);
	return failed;
}

static const struct {
	const char *name, *argument;
	int (*run)(struct easel *easel, const char *argument); /* how many failures */
} commands[] = {
	{ "gallery", "DIR", gallery },
	{ "check", "GOLDENS", check },
	{ "update", "GOLDENS", update },
	{ "contrast", "-", contrast_check },
	{ "apart", "-", apart_check },
	{ "caps", "-", caps_check },
	{ "touches", "-", touches_check },
	{ "layouts", "COUNT|FROM-TO", layouts_check },
	{ "warm", "-", warm },
	{ "turned", "-", turned_check },
	{ "part", "FILE.png:X,Y,WIDTH,HEIGHT", part_print },
};

int main(int argc, char **argv)
{
	const char *fonts = getenv("INCHECKPAAL_FONTS");
	static struct easel easel;
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		if (argc != 3 || strcmp(argv[1], commands[i].name) != 0)
			continue;
		if (easel_init(&easel, fonts ? fonts : "build/fonts") < 0)
			return 1;
		const int failed = commands[i].run(&easel, argv[2]);
		easel_finish(&easel);
		return failed ? 1 : 0;
	}
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		fprintf(stderr, "usage: screens %s %s\n", commands[i].name, commands[i].argument);
	return 2;
}
