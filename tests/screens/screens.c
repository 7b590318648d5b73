/* Draws every screen off-screen: as a gallery, or against the goldens, small pictures compared with
 * tolerance. */
#include <errno.h>
#include <png.h>
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "core/text.h"
#include "face/layout.h"
#include "sdl/screen.h"

#define NOON_MS 1795523520000LL /* 2026-11-24 13:42 in Zwolle */
#define MINUTE_MS 60000LL
#define SMALL_WIDTH 160
/* Of 255: what antialiasing of another FreeType changes stays below, a moved box or another colour
 * does not. */
#define CELL_TOLERANCE 24
#define CELLS_ALLOWED 12

struct scene {
	const char *name;
	enum screen screen;
	enum board_kind board;
	int variant;
	int width, height;
	enum language language;
	int theme;
	enum reader_side side;
};

/* clang-format off */
static const struct scene scenes[] = {
	{ "start", SCREEN_START, BOARD_NONE, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-parallel", SCREEN_IDLE, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-parallel-en-dark", SCREEN_IDLE, BOARD_NOW, 0, 1280, 720, LANGUAGE_EN, THEME_DARK, SIDE_RIGHT },
	{ "idle-left", SCREEN_IDLE, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_LEFT },
	{ "idle-bottom", SCREEN_IDLE, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_BOTTOM },
	{ "idle-plenary", SCREEN_IDLE, BOARD_NOW, 1, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-many", SCREEN_IDLE, BOARD_NOW, 2, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-before", SCREEN_IDLE, BOARD_BEFORE, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-over-en", SCREEN_IDLE, BOARD_OVER, 0, 1280, 720, LANGUAGE_EN, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-none-offline", SCREEN_IDLE, BOARD_NONE, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-no-clock", SCREEN_IDLE, BOARD_TODAY, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-portrait", SCREEN_IDLE, BOARD_NOW, 0, 720, 1280, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-portrait-en-dark", SCREEN_IDLE, BOARD_NOW, 1, 720, 1280, LANGUAGE_EN, THEME_DARK, SIDE_RIGHT },
	{ "idle-800x480", SCREEN_IDLE, BOARD_NOW, 0, 800, 480, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "idle-1920x1080-en", SCREEN_IDLE, BOARD_NOW, 0, 1920, 1080, LANGUAGE_EN, THEME_LIGHT, SIDE_RIGHT },
	{ "welcome", SCREEN_WELCOME, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "welcome-en-dark", SCREEN_WELCOME, BOARD_NOW, 0, 1280, 720, LANGUAGE_EN, THEME_DARK, SIDE_RIGHT },
	{ "welcome-long", SCREEN_WELCOME, BOARD_NOW, 3, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_LEFT },
	{ "welcome-nothing", SCREEN_WELCOME, BOARD_NOW, 4, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "welcome-portrait", SCREEN_WELCOME, BOARD_NOW, 0, 720, 1280, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "welcome-800x480", SCREEN_WELCOME, BOARD_NOW, 0, 800, 480, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "repeat", SCREEN_REPEAT, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "goodbye-en", SCREEN_GOODBYE, BOARD_NOW, 0, 1280, 720, LANGUAGE_EN, THEME_LIGHT, SIDE_RIGHT },
	{ "full", SCREEN_FULL, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "choose", SCREEN_CHOOSE, BOARD_NOW, 4, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "early", SCREEN_EARLY, BOARD_BEFORE, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "other-day-en", SCREEN_OTHER_DAY, BOARD_OVER, 0, 1280, 720, LANGUAGE_EN, THEME_LIGHT, SIDE_RIGHT },
	{ "closed", SCREEN_CLOSED, BOARD_OVER, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_BOTTOM },
	{ "unknown", SCREEN_UNKNOWN, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "unknown-portrait-en", SCREEN_UNKNOWN, BOARD_NOW, 0, 720, 1280, LANGUAGE_EN, THEME_LIGHT, SIDE_RIGHT },
	{ "unknown-800x480", SCREEN_UNKNOWN, BOARD_NOW, 0, 800, 480, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "phone", SCREEN_PHONE, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "too-short-en", SCREEN_TOO_SHORT, BOARD_NOW, 0, 1280, 720, LANGUAGE_EN, THEME_LIGHT, SIDE_RIGHT },
	{ "blocked", SCREEN_BLOCKED, BOARD_NOW, 0, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "blocked-800x480-dark", SCREEN_BLOCKED, BOARD_NOW, 0, 800, 480, LANGUAGE_EN, THEME_DARK, SIDE_RIGHT },
	{ "out-reader", SCREEN_OUT, BOARD_NOW, FAULT_READER, 1280, 720, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT },
	{ "out-storage-en-portrait", SCREEN_OUT, BOARD_NOW, FAULT_STORAGE, 720, 1280, LANGUAGE_EN, THEME_DARK, SIDE_RIGHT },
};

static const struct sample {
	const char *title, *host, *room, *cluster;
	int places;
	enum session_state state;
} samples[] = {
	{ "Meten zonder omwegen", "Lotte Hof", "Atelier 1", "ict-ecommerce", 6, SESSION_PLANNED },
	{ "Zorg dichtbij, ook op afstand", "Noor Kuipers", "Atelier 2", "health", 0, SESSION_PLANNED },
	{ "Een lamp die je zelf kunt repareren", "Bram de Graaf", "Werkplaats", "creative-making", 11, SESSION_MOVED },
	{ "Van loods tot voordeur", "Fleur Tuinstra", "Atelier 4", "logistics", 8, SESSION_DELAYED },
	{ "Webwinkel in één dag", "", "Atelier 5", "ict-ecommerce", 2, SESSION_PLANNED },
	{ "Lasersnijden voor beginners", "", "Werkplaats", "creative-making", 9, SESSION_CANCELLED },
	{ "Open spreekuur", "", "Stationshal", "", 20, SESSION_PLANNED },
	{ "Minder kilometers in de binnenstad", "", "Atelier 6", "logistics", 14, SESSION_PLANNED },
	{ "Samen slimmer plannen", "", "Lab", "health", 1, SESSION_PLANNED },
};
/* clang-format on */

static void fill_row(struct board_row *row, size_t index, int64_t start_ms, bool next)
{
	const struct sample *sample = &samples[index];
	memset(row, 0, sizeof *row);
	utf8_clip(row->title, sizeof row->title, sample->title);
	utf8_clip(row->host, sizeof row->host, sample->host);
	utf8_clip(row->room, sizeof row->room, sample->room);
	utf8_clip(row->cluster, sizeof row->cluster, sample->cluster);
	row->announced_start_ms = start_ms;
	row->start_ms = sample->state == SESSION_DELAYED ? start_ms + 10 * MINUTE_MS : start_ms;
	row->end_ms = start_ms + 90 * MINUTE_MS;
	row->places_left = sample->places;
	row->state = sample->state;
	row->next = next;
}

static void fill_plenary(struct board_row *row, const char *title, int64_t start_ms, bool next)
{
	memset(row, 0, sizeof *row);
	utf8_clip(row->title, sizeof row->title, title);
	utf8_clip(row->host, sizeof row->host, "Sanne Wolters");
	utf8_clip(row->room, sizeof row->room, "Perronzaal");
	row->start_ms = row->announced_start_ms = start_ms;
	row->end_ms = start_ms + 45 * MINUTE_MS;
	row->places_left = -1;
	row->next = next;
}

static void fill_clusters(struct board *board)
{
	static const struct {
		const char *code, *name, *name_en, *brief, *brief_en;
		int involved;
	} rows[] = {
		{ "ict-ecommerce", "ICT & E-commerce", "ICT & E-commerce", "ICT", "ICT", 9 },
		{ "health", "Health", "Health", "Health", "Health", 15 },
		{ "creative-making", "Creatieve & slimme (maak-)industrie",
			"Creative & smart manufacturing", "Maakindustrie", "Manufacturing", 11 },
		{ "logistics", "Logistiek", "Logistics", "Logistiek", "Logistics", 6 },
	};
	for (size_t i = 0; i < 4; i++) {
		struct board_cluster *cluster = &board->clusters[board->cluster_count++];
		utf8_clip(cluster->code, sizeof cluster->code, rows[i].code);
		utf8_clip(cluster->name[0], sizeof cluster->name[0], rows[i].name);
		utf8_clip(cluster->name[1], sizeof cluster->name[1], rows[i].name_en);
		utf8_clip(cluster->short_name[0], sizeof cluster->short_name[0], rows[i].brief);
		utf8_clip(cluster->short_name[1], sizeof cluster->short_name[1], rows[i].brief_en);
		cluster->involved = rows[i].involved;
		cluster->target = 15;
	}
}

static void fill_board(struct board *board, const struct scene *scene)
{
	const int64_t start_ms = NOON_MS - 12 * MINUTE_MS;
	board->kind = scene->board;
	utf8_clip(board->event, sizeof board->event, "Expeditie Slimme Zorg");
	utf8_clip(board->venue, sizeof board->venue, "Perron038");
	board->day = 2;
	board->days = 4;
	board->utc_offset_min = 60;
	board->clock_known = scene->board != BOARD_TODAY;
	board->notices = scene->board == BOARD_TODAY  ? NOTICE_CLOCK
			 : scene->board == BOARD_NONE ? NOTICE_OFFLINE
						      : 0;
	board->opens_ms = NOON_MS - 42 * MINUTE_MS;
	board->starts_ms = NOON_MS - 12 * MINUTE_MS;
	fill_clusters(board);
	if (scene->board == BOARD_NONE || scene->screen != SCREEN_IDLE)
		return;
	if (scene->board != BOARD_NOW) {
		fill_plenary(&board->rows[board->row_count++],
			"Plenaire opening: de vraag van vandaag", start_ms, true);
		fill_row(&board->rows[board->row_count++], 0, start_ms + 60 * MINUTE_MS, true);
		return;
	}
	const size_t count = scene->variant == 2 ? 9 : 4;
	if (scene->variant == 1)
		fill_plenary(&board->rows[board->row_count++],
			"Plenaire opening: de vraag van vandaag", start_ms, false);
	for (size_t i = 0; i < count; i++)
		fill_row(&board->rows[board->row_count++], i, start_ms, scene->variant == 1);
	if (scene->variant != 1)
		fill_plenary(&board->rows[board->row_count++],
			"Plenaire afsluiting: wat nemen we mee?", start_ms + 120 * MINUTE_MS, true);
}

static void fill_answer(struct answer *answer, const struct scene *scene)
{
	const bool is_long = scene->variant == 3;
	answer->screen = scene->screen;
	answer->seq = 1;
	answer->clock_known = true;
	answer->language = -1;
	answer->at_ms = NOON_MS;
	answer->since_ms = NOON_MS - 21 * MINUTE_MS;
	answer->opens_ms = NOON_MS + 1140 * MINUTE_MS;
	utf8_clip(answer->name, sizeof answer->name, is_long ? "Wilhelmina-Jacqueline" : "Marijke");
	utf8_clip(answer->organisation, sizeof answer->organisation,
		is_long ? "Samenwerkingsverband Techniek, Zorg en Ondernemerschap Oost"
			: "Vechtzorg");
	utf8_clip(answer->cluster, sizeof answer->cluster, is_long ? "creative-making" : "health");
	answer->has_session = answer->has_after = scene->variant != 4;
	fill_row(&answer->session, 1, NOON_MS - 12 * MINUTE_MS, false);
	fill_plenary(&answer->after, "Plenaire afsluiting: wat nemen we mee?",
		NOON_MS + 108 * MINUTE_MS, true);
}

static void fill_view(struct view *view, const struct scene *scene)
{
	memset(view, 0, sizeof *view);
	view->screen = scene->screen;
	view->language = scene->language;
	view->theme = scene->theme;
	view->side = scene->side;
	view->now_ms = NOON_MS;
	view->start_step = 3;
	view->faults = scene->screen == SCREEN_OUT ? (unsigned)scene->variant : 0;
	view->fault_since_ms = NOON_MS - 30 * MINUTE_MS;
	view->time_left = screen_stay_ms(view) ? 0.7f : 0;
	fill_board(&view->board, scene);
	fill_answer(&view->answer, scene);
}

static int draw(const struct scene *scene, const char *fonts, const char *path)
{
	static struct picture picture;
	static struct view view;
	const struct screen_options options = { scene->width, scene->height, false, false, 0,
		fonts };
	struct screen_window *window;
	char words[512] = "";
	int r = screen_create(&window, &options, words, sizeof words);
	if (r < 0) {
		fprintf(stderr, "screens: %s\n", words);
		return r;
	}
	fill_view(&view, scene);
	layout_picture(&picture, &view, screen_surface(window), screen_measure(window));
	r = picture.overflowed ? -EOVERFLOW : screen_save_png(window, &picture, path);
	screen_destroy(window);
	return r;
}

/* A picture made small: each cell the mean of what it covers. RGB. */
static uint8_t *shrink(const char *path, int *ret_width, int *ret_height)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	if (!png_image_begin_read_from_file(&image, path))
		return NULL;
	image.format = PNG_FORMAT_RGB;
	uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
	const int width = SMALL_WIDTH, height = (int)image.height * SMALL_WIDTH / (int)image.width;
	uint8_t *small = calloc((size_t)width * (size_t)height, 3);
	if (!pixels || !small || !png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
		free(pixels);
		free(small);
		return NULL;
	}
	for (int i = 0; i < width * height * 3; i++) {
		const int x = i / 3 % width, y = i / 3 / width, channel = i % 3;
		const int x0 = x * (int)image.width / width,
			  x1 = (x + 1) * (int)image.width / width;
		const int y0 = y * (int)image.height / height,
			  y1 = (y + 1) * (int)image.height / height;
		unsigned sum = 0;
		for (int py = y0; py < y1; py++)
			for (int px = x0; px < x1; px++)
				sum += pixels[(py * (int)image.width + px) * 3 + channel];
		small[i] = (uint8_t)(sum / (unsigned)((x1 - x0) * (y1 - y0)));
	}
	free(pixels);
	*ret_width = width;
	*ret_height = height;
	return small;
}

static int save_small(const char *path, const uint8_t *small, int width, int height)
{
	png_image image = { .version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)width,
		.height = (png_uint_32)height,
		.format = PNG_FORMAT_RGB };
	return png_image_write_to_file(&image, path, 0, small, 0, NULL) ? 0 : -EIO;
}

/* How many cells differ by more than the tolerance; -1 when there is no golden of that size. */
static int compare(const uint8_t *small, int width, int height, const char *golden)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	if (!png_image_begin_read_from_file(&image, golden))
		return -1;
	image.format = PNG_FORMAT_RGB;
	uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
	int differing = -1;
	if (pixels && png_image_finish_read(&image, NULL, pixels, 0, NULL) &&
		(int)image.width == width && (int)image.height == height) {
		differing = 0;
		for (int i = 0; i < width * height; i++) {
			int most = 0;
			for (int c = 0; c < 3; c++) {
				const int d = abs(pixels[3 * i + c] - small[3 * i + c]);
				most = d > most ? d : most;
			}
			differing += most > CELL_TOLERANCE;
		}
	}
	free(pixels);
	return differing;
}

static int check(const struct scene *scene, const char *picture, const char *golden, bool update)
{
	int width, height;
	uint8_t *small = shrink(picture, &width, &height);
	if (!small)
		return -EIO;
	int r = 0;
	if (update) {
		r = save_small(golden, small, width, height);
	} else {
		const int differing = compare(small, width, height, golden);
		if (differing < 0 || differing > CELLS_ALLOWED) {
			printf("%s differs from %s in %d cells (allowed %d); see %s\n", scene->name,
				golden, differing, CELLS_ALLOWED, picture);
			r = -EBADMSG;
		}
	}
	free(small);
	return r;
}

static void write_index(const char *directory)
{
	char path[1024];
	snprintf(path, sizeof path, "%s/index.html", directory);
	FILE *out = fopen(path, "we");
	if (!out)
		return;
	fputs("<!doctype html><meta charset=utf-8><title>Incheckpaal: screens</title>"
	      "<style>body{font:16px "
	      "sans-serif;background:#ddd}figure{display:inline-block;margin:8px}"
	      "img{max-width:480px;max-height:480px}</style>\n",
		out);
	for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++)
		fprintf(out,
			"<figure><img src=\"%s.png\" "
			"alt=\"\"><figcaption>%s</figcaption></figure>\n",
			scenes[i].name, scenes[i].name);
	fclose(out);
}

int main(int argc, char **argv)
{
	const bool gallery = argc == 3 && strcmp(argv[1], "--out") == 0;
	const bool update = argc == 3 && strcmp(argv[1], "--update") == 0;
	if (!gallery && !update && !(argc == 3 && strcmp(argv[1], "--check") == 0)) {
		fprintf(stderr, "usage: screens --out DIR | --check GOLDEN | --update GOLDEN\n");
		return 2;
	}
	const char *fonts = getenv("INCHECKPAAL_FONTS"),
		   *directory = gallery ? argv[2] : "build/screens";
	int failed = 0;
	directory_make(directory, 0755);
	for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++) {
		char picture[1024], golden[1024];
		snprintf(picture, sizeof picture, "%s/%s.png", directory, scenes[i].name);
		snprintf(golden, sizeof golden, "%s/%s.png", argv[2], scenes[i].name);
		int r = draw(&scenes[i], fonts ? fonts : "build/fonts", picture);
		if (r == 0 && !gallery)
			r = check(&scenes[i], picture, golden, update);
		if (r < 0)
			printf("%s: %s\n", scenes[i].name, strerror(-r));
		failed += r < 0;
	}
	write_index(directory);
	return failed ? 1 : 0;
}
