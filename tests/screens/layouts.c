/* Random people, sessions and displays: nothing overlaps, leaves its box or gets lost. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "screens/contrast.h"
#include "screens/scenes.h"

#define SHOWN_FAILURES 25
#define SLACK 1.0f /* logical px: what rounding may do */

static uint64_t state;

static uint32_t draw(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)((state >> 20) % below);
}

/* Names and words in twelve scripts. */
static const char *const parts[] = { "Marijke", "Jo", "van", "\xC5\x81ukasz", "Nguy\xE1\xBB\x85n",
	"\xC3\x96zt\xC3\xBCrk", "\xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1",
	"\xD0\x9C\xD0\xB0\xD1\x80\xD1\x96\xD1\x8F", "\xD8\xA3\xD9\x85\xD9\x8A\xD9\x86\xD8\xA9",
	"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "\xE0\xA4\xB8\xE0\xA5\x80\xE0\xA4\xA4\xE0\xA4\xBE",
	"\xE0\xAE\xA4\xE0\xAE\xAE\xE0\xAE\xBF\xE0\xAE\xB4\xE0\xAF\x8D",
	"\xE0\xB8\xAA\xE0\xB8\xA1\xE0\xB8\x8A\xE0\xB8\xB2\xE0\xB8\xA2",
	"\xE1\x83\xA5\xE1\x83\x94\xE1\x83\x97\xE1\x83\x98", "\xD4\xB1\xD5\xB6\xD5\xB6\xD5\xA1",
	"\xE5\xB1\xB1\xE7\x94\xB0", "\xEA\xB9\x80\xEB\xAF\xBC\xEC\xA4\x80", "zorg", "op",
	"afstand:", "samenwerkings\xC2\xADverbanden",
	"Arbeidsongeschiktheidsverzekeringsmaatschappijen", "en/of", "slimme", "(maak-)industrie",
	"1", "2026", "wat", "nemen", "we", "mee?", "WWWWWWWWWWWWWWWW" };

/* Up to @most letters of words out of the list. */
static void words(char *ret, size_t size, uint32_t most)
{
	const uint32_t bytes = draw(most + 1);
	size_t length = 0;
	ret[0] = '\0';
	while (length < bytes) {
		const size_t before = length;
		length += utf8_clip(ret + length, size - length, length && draw(4) ? " " : "");
		length += utf8_clip(
			ret + length, size - length, parts[draw(sizeof parts / sizeof parts[0])]);
		if (length == before)
			return;
	}
}

static const char *const clusters[] = { "ict-ecommerce", "health", "creative-making", "logistics",
	"", "anders" };

static void random_row(struct board_row *row)
{
	memset(row, 0, sizeof *row);
	words(row->title, sizeof row->title, draw(4) ? 50 : 120);
	words(row->host, sizeof row->host, draw(3) ? 20 : 90);
	words(row->room, sizeof row->room, draw(4) ? 10 : 60);
	utf8_clip(row->cluster, sizeof row->cluster, clusters[draw(6)]);
	row->announced_start_ms = NOON_MS + (int64_t)draw(600) * MINUTE_MS;
	row->start_ms = row->announced_start_ms + (int64_t)draw(30) * MINUTE_MS;
	row->end_ms = row->start_ms + (int64_t)draw(400) * MINUTE_MS;
	row->places_left = (int32_t)draw(40) - 1;
	row->state = (enum session_state)draw(SESSION_CANCELLED + 1);
	row->next = draw(3) == 0;
}

/* The four of the city, or what an organiser made of them. */
static void random_clusters(struct board *board)
{
	const size_t known = board->cluster_count;
	board->cluster_count = draw(3) ? draw(5) : draw(BOARD_CLUSTERS_MAX + 1);
	for (size_t i = 0; i < board->cluster_count; i++) {
		struct board_cluster *cluster = &board->clusters[i];
		cluster->involved = (int)draw(24);
		if (i < known && draw(4))
			continue;
		cluster->target = 1 + (int)draw(30);
		utf8_clip(cluster->code, sizeof cluster->code, "anders");
		for (int l = 0; l < LANGUAGE_COUNT; l++) {
			words(cluster->name[l], sizeof cluster->name[l], 60);
			words(cluster->short_name[l], sizeof cluster->short_name[l], 12);
		}
	}
}

static void random_board(struct board *board)
{
	static const enum board_kind kinds[] = { BOARD_NONE, BOARD_BEFORE, BOARD_NOW, BOARD_NOW,
		BOARD_NOW, BOARD_TODAY, BOARD_OVER };
	board->kind = kinds[draw(7)];
	board->clock_known = board->kind != BOARD_TODAY;
	words(board->event, sizeof board->event, 120);
	words(board->venue, sizeof board->venue, 60);
	board->day = (int)draw(5);
	board->notices = draw(4);
	board->tap_out = draw(2);
	board->more_today = draw(2);
	board->row_count = board->kind == BOARD_NONE ? 0 : draw(BOARD_ROWS_MAX + 1);
	for (size_t i = 0; i < board->row_count; i++) {
		random_row(&board->rows[i]);
		board->rows[i].next |= board->kind != BOARD_NOW;
	}
	random_clusters(board);
	if (draw(3) == 0)
		board->starts_ms = 0;
}

static void random_answer(struct answer *answer)
{
	words(answer->name, sizeof answer->name, draw(4) ? 20 : 120);
	words(answer->organisation, sizeof answer->organisation, draw(4) ? 40 : 120);
	utf8_clip(answer->cluster, sizeof answer->cluster, clusters[draw(6)]);
	random_row(&answer->session);
	random_row(&answer->after);
	answer->has_session = draw(4);
	answer->has_after = draw(2);
	answer->is_plenary = draw(2);
	answer->first_of_organisation = draw(4) == 0;
	answer->choice_count = draw(2) ? draw(7) : draw(CHOICES_MAX + 1);
	for (size_t i = 0; i < answer->choice_count; i++)
		random_row(&answer->choices[i].row);
}

static void random_registration(struct registration *registration)
{
	words(registration->organisation, sizeof registration->organisation, draw(2) ? 12 : 120);
	words(registration->name, sizeof registration->name, draw(2) ? 12 : 120);
	registration->layer = (enum key_layer)draw(LAYER_COUNT);
	registration->suggestions.exact = draw(2);
	registration->suggestions.count = draw(SUGGESTIONS_MAX + 1);
	for (size_t i = 0; i < registration->suggestions.count; i++) {
		struct suggestion *suggestion = &registration->suggestions.list[i];
		words(suggestion->name, sizeof suggestion->name, draw(2) ? 20 : 120);
		utf8_clip(suggestion->cluster, sizeof suggestion->cluster, clusters[draw(6)]);
	}
}

static void random_service(struct service *service)
{
	words(service->reader, sizeof service->reader, 60);
	words(service->kiosk, sizeof service->kiosk, 60);
	words(service->room, sizeof service->room, 60);
	service->taps = (int64_t)draw(10000000);
	service->last_badge_ms = draw(2) ? NOON_MS : 0;
	service->stick = (enum stick_state)draw(STICK_STATE_COUNT);
	service->test = (enum test_state)draw(TEST_STATE_COUNT);
	service->grade = (enum clock_grade)draw(CLOCK_GRADE_COUNT);
	service->page_runs = draw(2);
	service->volume_pct = (int)draw(101);
}

static void random_view(struct view *view)
{
	view->theme = (int)draw(2);
	view->side = (enum reader_side)draw(SIDE_COUNT);
	scene_view(&scenes[draw((uint32_t)scene_count)], (enum language)draw(LANGUAGE_COUNT), view);
	random_board(&view->board);
	random_answer(&view->answer);
	random_registration(&view->registration);
	if (view->screen == SCREEN_SERVICE)
		random_service(&view->service);
	view->help = (enum help_place)draw(2);
	view->sessions = (enum session_name)draw(CALLED_COUNT);
	view->has_touch = draw(2);
	view->page = (int)draw(9);
	view->start_step = (int)draw(6);
	view->start_failed = draw(2);
}

static struct rect_px {
	float left, top, right, bottom;
} ink_of(const struct shape *s)
{
	if (s->kind == SHAPE_TEXT)
		return (struct rect_px){ s->x, s->y - 0.73f * s->size_px, s->x + s->w,
			s->y + 0.2f * s->size_px };
	return (struct rect_px){ s->x, s->y, s->x + s->w, s->y + s->h };
}

static bool apart(struct rect_px a, struct rect_px b)
{
	return a.right <= b.left + SLACK || b.right <= a.left + SLACK ||
	       a.bottom <= b.top + SLACK || b.bottom <= a.top + SLACK;
}

static bool inside(struct rect_px a, struct rect_px b)
{
	return a.left >= b.left - SLACK && a.right <= b.right + SLACK && a.top >= b.top - SLACK &&
	       a.bottom <= b.bottom + SLACK;
}

static const char *text_of(const struct picture *picture, const struct shape *shape)
{
	return shape->kind == SHAPE_TEXT   ? picture->bytes + shape->text
	       : shape->kind == SHAPE_ICON ? "an icon"
					   : "a box";
}

/* What is wrong between a text and another shape; NULL when nothing is. */
static const char *quarrel(const struct shape *text, const struct shape *other)
{
	const struct rect_px a = ink_of(text), b = ink_of(other);
	if (apart(a, b))
		return NULL;
	if (other->kind == SHAPE_TEXT || other->kind == SHAPE_ICON)
		return "lies over";
	if ((other->kind == SHAPE_BOX || other->kind == SHAPE_FRAME) && other->alpha == 255 &&
		!inside(a, b))
		return "leaves";
	return NULL;
}

static int judge_touches(const struct picture *picture, const char *where)
{
	int failed = 0;
	for (size_t i = 0; i < picture->touch_count; i++) {
		const struct touch_area *t = &picture->touches[i];
		const struct rect_px a = { t->x, t->y, t->x + t->w, t->y + t->h };
		const struct rect_px screen = { 0, picture->height / 3, picture->width,
			picture->height };
		bool wrong = !inside(a, screen);
		for (size_t j = 0; j < i; j++) {
			const struct touch_area *u = &picture->touches[j];
			wrong |=
				!apart(a, (struct rect_px){ u->x, u->y, u->x + u->w, u->y + u->h });
		}
		if (wrong)
			printf("%s: control %zu lies out of reach or over another\n", where, i);
		failed += wrong;
	}
	return failed;
}

static int judge(const struct picture *picture, const char *where)
{
	const struct rect_px screen = { 0, 0, picture->width, picture->height };
	int failed = judge_touches(picture, where);
	for (size_t i = 0; i < picture->shape_count; i++) {
		const struct shape *text = &picture->shapes[i];
		if (text->kind != SHAPE_TEXT)
			continue;
		if (!inside(ink_of(text), screen)) {
			printf("%s: '%s' leaves the screen\n", where, text_of(picture, text));
			failed++;
		}
		for (size_t j = 0; j < picture->shape_count; j++) {
			const struct shape *other = &picture->shapes[j];
			if (j == i || (other->kind == SHAPE_TEXT && j < i))
				continue;
			const char *how = quarrel(text, other);
			if (!how)
				continue;
			printf("%s: '%s' (%.0f %.0f %.0f, %.0f) %s '%s' (%.0f %.0f %.0f %.0f)\n",
				where, text_of(picture, text), (double)text->x, (double)text->y,
				(double)text->w, (double)text->size_px, how,
				text_of(picture, other), (double)other->x, (double)other->y,
				(double)other->w, (double)other->h);
			failed++;
		}
	}
	return failed;
}

int layouts_check(struct easel *easel, const char *range)
{
	static const struct surface sizes[] = { { 800, 480, false }, { 1024, 600, false },
		{ 1280, 720, false }, { 1280, 800, false }, { 1366, 768, false },
		{ 1920, 1080, false }, { 3840, 2160, false }, { 1024, 768, false },
		{ 480, 800, false }, { 600, 1024, false }, { 720, 1280, false },
		{ 800, 1280, false }, { 1080, 1920, false }, { 2160, 3840, false },
		{ 1280, 720, true } };
	static struct view view;
	char *rest;
	long from = 0, to = strtol(range, &rest, 10);
	int failed = 0;
	long bad = 0;
	if (*rest == '-') {
		from = to;
		to = strtol(rest + 1, NULL, 10);
	}
	for (long i = from; i < to && failed < SHOWN_FAILURES; i++) {
		state = 0x9E3779B97F4A7C15u * (uint64_t)(i + 1);
		random_view(&view);
		const size_t size = draw(sizeof sizes / sizeof sizes[0]);
		char where[96];
		snprintf(where, sizeof where, "layout %ld, %s %dx%d%s, reader %d", i,
			screen_name(view.screen), sizes[size].width_px, sizes[size].height_px,
			sizes[size].small ? " small" : "", (int)view.side);
		if (easel_compose(easel, &view, &sizes[size]) < 0) {
			printf("%s: does not fit in the picture\n", where);
			failed++;
		}
		const int wrong = judge(&easel->picture, where);
		failed += wrong;
		bad += wrong > 0;
	}
	printf("layouts: %ld random ones, %ld bad\n", to - from, bad);
	return failed;
}
