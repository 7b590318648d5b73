/* The service screen: how the kiosk is doing, the way to the organiser's page, and five controls
 * (design.md 5, "Service"). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/button.h"
#include "face/screens.h"

#define WORDS_SIZE 192
#define QUIET_MODULES 4
#define VOLUME_BOXES 5

struct row {
	enum icon icon;
	enum word label;
	/* Says how it is; true when it is well. */
	bool (*say)(const struct view *view, char *ret, size_t size);
};

static const char *fill_one(char *ret, size_t size, enum language language, enum word which,
	const char *name, const char *value)
{
	return word_fill(ret, size, language, which, &(struct fill){ name, value }, 1);
}

/* "first · second" */
static void join(char *ret, size_t size, const char *first, const char *second)
{
	snprintf(ret, size, "%s%s%s", first, first[0] && second[0] ? " · " : "", second);
}

static bool say_reader(const struct view *view, char *ret, size_t size)
{
	const struct service *service = &view->service;
	char time[8], count[2][12], words[WORDS_SIZE];
	if (service->readers > 1 && service->readers_up < service->readers) {
		snprintf(count[0], sizeof count[0], "%d", service->readers_up);
		snprintf(count[1], sizeof count[1], "%d", service->readers);
		const struct fill fills[] = { { "a", count[0] }, { "n", count[1] } };
		word_fill(ret, size, view->language, WORD_SVC_READER_SOME, fills, 2);
		return false;
	}
	if (!service->reader_up)
		utf8_clip(words, sizeof words, word(view->language, WORD_SVC_READER_DOWN));
	else if (service->last_badge_ms)
		fill_one(words, sizeof words, view->language, WORD_SVC_READER_LAST, "time",
			word_time(time, service->last_badge_ms, view->board.utc_offset_min));
	else
		utf8_clip(words, sizeof words, word(view->language, WORD_SVC_READER_NEVER));
	join(ret, size, service->reader, words);
	return service->reader_up;
}

static bool say_storage(const struct view *view, char *ret, size_t size)
{
	const struct service *service = &view->service;
	char taps[WORDS_SIZE / 2], gigabytes[24], room[WORDS_SIZE / 2];
	const long long tenths = (long long)(service->free_bytes / 100000000);
	word_count(
		taps, sizeof taps, view->language, PLURAL_SVC_STORAGE_TAPS, service->taps, NULL, 0);
	snprintf(gigabytes, sizeof gigabytes, "%lld%c%lld", tenths / 10,
		view->language == LANGUAGE_NL ? ',' : '.', tenths % 10);
	fill_one(room, sizeof room, view->language, WORD_SVC_STORAGE_FREE, "n", gigabytes);
	join(ret, size, taps,
		service->storage_ok ? room : word(view->language, WORD_SVC_STORAGE_DOWN));
	return service->storage_ok && tenths > 0;
}

static bool say_clock(const struct view *view, char *ret, size_t size)
{
	static const enum word grades[CLOCK_GRADE_COUNT] = { [CLOCK_NONE] = WORD_SVC_CLOCK_NONE,
		[CLOCK_RTC] = WORD_SVC_CLOCK_RTC,
		[CLOCK_HUMAN] = WORD_SVC_CLOCK_HUMAN,
		[CLOCK_NTP] = WORD_SVC_CLOCK_NTP };
	const enum clock_grade grade = view->service.grade;
	const int32_t offset_min = view->board.utc_offset_min;
	char date[64], moment[96];
	struct calendar now;
	calendar_of(&now, view->now_ms, offset_min);
	word_date(date, sizeof date, view->language, view->now_ms, offset_min);
	/* "wo", "Wed": the day's first letters. */
	snprintf(moment, sizeof moment, "%.*s%s %02d:%02d:%02d",
		view->language == LANGUAGE_NL ? 2 : 3, date, date + strcspn(date, " "), now.hour,
		now.minute, now.second);
	join(ret, size, moment, word(view->language, grades[grade]));
	return clock_is_trusted(grade);
}

static bool say_network(const struct view *view, char *ret, size_t size)
{
	const struct service *service = &view->service;
	char time[8], words[WORDS_SIZE];
	const bool up = service->address[0] != '\0';
	if (up)
		utf8_clip(words, sizeof words, service->address);
	else if (service->net_lost_ms)
		fill_one(words, sizeof words, view->language, WORD_SVC_NET_SINCE, "time",
			word_time(time, service->net_lost_ms, view->board.utc_offset_min));
	else
		utf8_clip(words, sizeof words, word(view->language, WORD_SVC_NET_NONE));
	join(ret, size, service->interface, words);
	return up;
}

static bool say_sync(const struct view *view, char *ret, size_t size)
{
	const bool has_hub = view->service.has_hub;
	utf8_clip(
		ret, size, word(view->language, has_hub ? WORD_SVC_SYNC_QUIET : WORD_SVC_SYNC_OFF));
	return !has_hub;
}

static bool say_version(const struct view *view, char *ret, size_t size)
{
	char words[WORDS_SIZE];
	join(words, sizeof words, view->service.version, view->service.kiosk);
	join(ret, size, words, view->service.room);
	return true;
}

static const struct row rows[] = {
	{ ICON_READER, WORD_SVC_READER, say_reader },
	{ ICON_DISK, WORD_SVC_STORAGE, say_storage },
	{ ICON_CLOCK, WORD_SVC_CLOCK, say_clock },
	{ ICON_NET, WORD_SVC_NET, say_network },
	{ ICON_SYNC, WORD_SVC_SYNC, say_sync },
	{ ICON_TAG, WORD_SVC_VERSION, say_version },
};
enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

static void draw_row(struct canvas *canvas, const struct row *row, struct rect rect)
{
	const float icon = canvas->tight ? 28 : 40, pad = canvas->tight ? 14 : 24;
	const float x = rect.x + (canvas->tight ? 56 : 88);
	const float small = canvas_line(canvas, STYLE_SMALL);
	const float y = rect.y + (rect.h - small - canvas_line(canvas, STYLE_BODY)) / 2;
	const float mark = rect.x + rect.w - pad - icon, middle = rect.y + (rect.h - icon) / 2;
	char words[WORDS_SIZE], cut[FIT_LINE_BYTES];
	const bool well = row->say(canvas->view, words, sizeof words);
	canvas_icon(canvas, row->icon, rect.x + pad, middle, icon, COLOUR_INK, COLOUR_SURFACE, 0);
	canvas_text(canvas, word(canvas->view->language, row->label), x, y, STYLE_SMALL,
		(struct ink){ .weight = WEIGHT_500, .colour = COLOUR_INK2 });
	const float cells = text_width(canvas, words, STYLE_BODY, WEIGHT_600, true) -
			    text_width(canvas, words, STYLE_BODY, WEIGHT_600, false);
	text_cut(canvas, cut, sizeof cut, words, mark - 16 - x - fmaxf(0, cells), STYLE_BODY,
		WEIGHT_600);
	canvas_text(canvas, cut, x, y + small, STYLE_BODY,
		(struct ink){ .weight = WEIGHT_600, .tabular = true });
	canvas_icon(canvas, well ? ICON_OKDOT : ICON_WARN, mark, middle, icon,
		well ? COLOUR_OK_INK : COLOUR_MAAK, COLOUR_SURFACE, 0);
}

/* What the last touch did, in the place of the row that matters least; WORD_COUNT for nothing to
 * say. */
static enum word news(const struct service *service, enum icon *ret_icon)
{
	static const enum word sticks[STICK_STATE_COUNT] = { [STICK_IDLE] = WORD_COUNT,
		[STICK_COPYING] = WORD_SVC_USB_COPYING,
		[STICK_DONE] = WORD_SVC_USB_OK,
		[STICK_NONE] = WORD_SVC_USB_NONE,
		[STICK_UNREADABLE] = WORD_SVC_USB_UNREADABLE,
		[STICK_READ_ONLY] = WORD_SVC_USB_READONLY,
		[STICK_FULL] = WORD_SVC_USB_FULL,
		[STICK_GONE] = WORD_SVC_USB_GONE,
		[STICK_FAILED] = WORD_SVC_USB_FAIL };
	static const enum word tests[TEST_STATE_COUNT] = { [TEST_IDLE] = WORD_COUNT,
		[TEST_WAIT] = WORD_SVC_TEST_WAIT,
		[TEST_OK] = WORD_SVC_TEST_OK,
		[TEST_FAIL] = WORD_SVC_TEST_FAIL };
	const bool test = service->test != TEST_IDLE;
	*ret_icon = service->test == TEST_OK || (!test && service->stick == STICK_DONE) ? ICON_OKDOT
		    : service->test == TEST_WAIT               ? ICON_READER
		    : !test && service->stick == STICK_COPYING ? ICON_USB
							       : ICON_WARN;
	return test ? tests[service->test] : sticks[service->stick];
}

static void draw_news(struct canvas *canvas, struct rect rect, enum word words, enum icon icon)
{
	static const struct fit_rule rule = { { STYLE_LEAD, STYLE_BODY, STYLE_SMALL }, { 1, 2, 2 },
		3 };
	const float size = canvas->tight ? 28 : 40, pad = canvas->tight ? 14 : 24;
	const float x = rect.x + (canvas->tight ? 56 : 88);
	struct fitted fitted;
	canvas_box(canvas, rect, COLOUR_PETROL, canvas->tight ? 14 : 20);
	canvas_icon(canvas, icon, rect.x + pad, rect.y + (rect.h - size) / 2, size,
		COLOUR_ON_PETROL, COLOUR_PETROL, 0);
	text_fit(canvas, &fitted, word(canvas->view->language, words), rect.x + rect.w - pad - x,
		&rule, WEIGHT_600);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	canvas_lines(canvas, &fitted, x, rect.y + (rect.h - high) / 2,
		(struct ink){ .weight = WEIGHT_600, .colour = COLOUR_ON_PETROL });
}

static void draw_list(struct canvas *canvas, struct rect rect)
{
	const float high = (rect.h - 16) / ROW_COUNT, pad = canvas->tight ? 14 : 24;
	const float x = rect.x + (canvas->tight ? 52 : 84);
	enum icon icon;
	const enum word words = news(&canvas->view->service, &icon);
	const size_t count = words == WORD_COUNT ? ROW_COUNT : ROW_COUNT - 1;
	canvas_box(canvas, rect, COLOUR_SURFACE, canvas->tight ? 14 : 20);
	for (size_t i = 0; i < count; i++) {
		const float y = rect.y + 8 + (float)i * high;
		if (i > 0)
			canvas_rule(canvas, x, roundf(y), rect.x + rect.w - pad, roundf(y),
				COLOUR_LINE, 2, false, 1);
		draw_row(canvas, &rows[i], (struct rect){ rect.x, y, rect.w, high });
	}
	if (words != WORD_COUNT)
		draw_news(canvas,
			(struct rect){ rect.x, rect.y + rect.h - high - 8, rect.w, high + 8 },
			words, icon);
}

/* The lines beside or under the QR code, dark on white in both themes. */
struct note_line {
	char words[WORDS_SIZE];
	enum style style;
	enum weight weight;
	enum colour colour;
	int lines;
};
enum { NOTE_LINES_MAX = 5 };

static struct note_line *note_add(
	struct note_line notes[], size_t *count, const char *words, enum style style, int lines)
{
	struct note_line *note = &notes[(*count)++];
	utf8_clip(note->words, sizeof note->words, words);
	note->style = style;
	note->weight = style == STYLE_SMALL ? WEIGHT_400 : WEIGHT_600;
	note->colour = style == STYLE_SMALL ? COLOUR_OUT : COLOUR_ON_SEIN;
	note->lines = lines;
	return note;
}

static size_t note_lines(const struct view *view, struct note_line ret[NOTE_LINES_MAX])
{
	const struct service *service = &view->service;
	char words[WORDS_SIZE], minutes[12];
	size_t count = 0;
	note_add(ret, &count, word(view->language, WORD_SVC_PAGE), STYLE_BODY, 1)->weight =
		WEIGHT_700;
	if (!service->url[0] || !service->page_runs) {
		note_add(ret, &count,
			word(view->language,
				service->url[0] ? WORD_SVC_PAGE_OFF : WORD_SVC_PAGE_NONE),
			STYLE_SMALL, 4);
		return count;
	}
	note_add(ret, &count, service->url, STYLE_BODY, 1);
	snprintf(minutes, sizeof minutes, "%d", service->code_left_min);
	if (service->code[0]) {
		note_add(ret, &count, service->code, STYLE_LEAD, 1)->weight = WEIGHT_700;
		note_add(ret, &count,
			fill_one(words, sizeof words, view->language, WORD_SVC_SCAN, "n", minutes),
			STYLE_SMALL, 3);
	}
	if (service->fingerprint[0])
		note_add(ret, &count,
			fill_one(words, sizeof words, view->language, WORD_SVC_CERTIFICATE, "text",
				service->fingerprint),
			STYLE_SMALL, 2);
	return count;
}

/* What is one line stays one, or it could not be typed over. */
static bool is_cut(const struct canvas *canvas, const struct note_line *note, float width,
	char ret[FIT_LINE_BYTES])
{
	if (note->lines > 1 ||
		text_width(canvas, note->words, STYLE_SMALL, note->weight, false) <= width)
		return false;
	text_cut(canvas, ret, FIT_LINE_BYTES, note->words, width, STYLE_SMALL, note->weight);
	return true;
}

static float note_height(const struct canvas *canvas, const struct note_line *note, float width)
{
	const struct fit_rule rule = { { note->style, STYLE_SMALL }, { note->lines, note->lines },
		2 };
	return paragraph_height(canvas, note->words, width, &rule, note->weight);
}

static void draw_notes(struct canvas *canvas, const struct note_line *notes, size_t count,
	struct rect rect, enum align align)
{
	float y = rect.y;
	for (size_t i = 0; i < count; i++) {
		const struct note_line *note = &notes[i];
		const struct fit_rule rule = { { note->style, STYLE_SMALL },
			{ note->lines, note->lines }, 2 };
		char cut[FIT_LINE_BYTES];
		const char *words = is_cut(canvas, note, rect.w, cut) ? cut : note->words;
		y += canvas_paragraph(canvas, words, (struct rect){ rect.x, y, rect.w, 0 }, &rule,
			(struct ink){
				.weight = note->weight, .colour = note->colour, .align = align });
	}
}

static void draw_page(struct canvas *canvas, struct rect rect)
{
	struct note_line notes[NOTE_LINES_MAX];
	const struct qr *qr = &canvas->view->service.qr;
	const size_t count = note_lines(canvas->view, notes);
	const bool has_qr = qr->side > 0 && count > 2;
	const float pad = canvas->tight ? 8 : 12;
	const float modules = (float)(qr->side + 2 * QUIET_MODULES);
	const float wide = canvas->portrait && has_qr ? rect.w * 0.55f : rect.w - 2 * pad;
	float high = 0;
	for (size_t i = 0; i < count; i++)
		high += note_height(canvas, &notes[i], wide);
	canvas_box(canvas, rect, COLOUR_ON_PETROL, canvas->tight ? 14 : 20);
	if (!has_qr) {
		draw_notes(canvas, notes, count,
			(struct rect){ rect.x + pad, rect.y + (rect.h - high) / 2, wide, high },
			ALIGN_CENTRE);
		return;
	}
	const float room = canvas->portrait ? fminf(rect.h - 2 * pad, rect.w - wide - 3 * pad)
					    : fminf(rect.h - high - 2 * pad, rect.w - 2 * pad);
	const float side = fminf(room, modules * (canvas->portrait ? 7 : 9));
	if (canvas->portrait) {
		canvas_qr(canvas, qr,
			(struct rect){ rect.x + pad, rect.y + (rect.h - side) / 2, side, side },
			QUIET_MODULES);
		draw_notes(canvas, notes, count,
			(struct rect){ rect.x + rect.w - pad - wide, rect.y + (rect.h - high) / 2,
				wide, high },
			ALIGN_LEFT);
		return;
	}
	const float y = rect.y + fmaxf(pad, (rect.h - side - high) / 2);
	canvas_qr(canvas, qr, (struct rect){ rect.x + (rect.w - side) / 2, y, side, side },
		QUIET_MODULES);
	draw_notes(canvas, notes, count, (struct rect){ rect.x + pad, y + side, wide, high },
		ALIGN_CENTRE);
}

/* Quieter, five boxes, louder. */
static void draw_volume(struct canvas *canvas, struct rect rect)
{
	const float radius = canvas->tight ? 12 : 16, key = canvas->tight ? 60 : 72;
	const float box = canvas->tight ? 9 : 20, icon = canvas->tight ? 24 : 32;
	const float middle = rect.y + rect.h / 2, centre = rect.x + rect.w / 2;
	const struct rect less = { rect.x, rect.y, key, rect.h },
			  more = { rect.x + rect.w - key, rect.y, key, rect.h };
	const int filled = (canvas->view->service.volume_pct * VOLUME_BOXES + 50) / 100;
	canvas_box(canvas, rect, COLOUR_SURFACE, radius);
	canvas_touch(canvas, less, radius, TOUCH_SERVICE, SERVICE_QUIETER);
	canvas_touch(canvas, more, radius, TOUCH_SERVICE, SERVICE_LOUDER);
	canvas_frame(canvas, rect, COLOUR_EDGE, radius, 2);
	canvas_box(
		canvas, (struct rect){ less.x + key / 2 - 11, middle - 2, 22, 4 }, COLOUR_INK, 2);
	canvas_box(
		canvas, (struct rect){ more.x + key / 2 - 11, middle - 2, 22, 4 }, COLOUR_INK, 2);
	canvas_box(
		canvas, (struct rect){ more.x + key / 2 - 2, middle - 11, 4, 22 }, COLOUR_INK, 2);
	canvas_icon(canvas, ICON_VOLUME, centre - icon / 2, middle - icon - 2, icon, COLOUR_INK,
		COLOUR_SURFACE, 0);
	for (int i = 0; i < VOLUME_BOXES; i++) {
		const struct rect cell = { centre - (box * VOLUME_BOXES + 4 * 4) / 2 +
						   (float)i * (box + 4),
			middle + 8, box, canvas->tight ? 10 : 16 };
		if (i < filled)
			canvas_box(canvas, cell, COLOUR_RAIL, 3);
		else
			canvas_frame(canvas, cell, COLOUR_EDGE, 3, 2);
	}
}

/* The five controls: where each lies, as column, row and part of the width. */
struct place {
	float x, part;
	int row;
};

static void place_controls(const struct canvas *canvas, struct place ret[5])
{
	static const struct place upright[5] = { { 0, 0.5f, 0 }, { 0.5f, 0.5f, 0 }, { 0, 0.4f, 1 },
		{ 0.4f, 0.6f, 1 }, { 0, 1, 2 } };
	static const float wide[5] = { 1.15f, 1.4f, 0.95f, 1.5f, 1 },
			   small[5] = { 1.1f, 1.25f, 1, 1.25f, 1.1f };
	const float *parts = canvas->tight ? small : wide;
	float sum = 0, x = 0;
	for (int i = 0; i < 5; i++)
		sum += parts[i];
	for (int i = 0; i < 5; i++) {
		ret[i] = canvas->portrait ? upright[i]
					  : (struct place){ x / sum, parts[i] / sum, 0 };
		x += parts[i];
	}
}

static void draw_controls(struct canvas *canvas, float top, float high)
{
	const float m = canvas->tight ? 16 : 32, gap = 12, width = canvas->w - 2 * m;
	const enum language language = canvas->view->language;
	struct place places[5];
	struct rect rects[5];
	place_controls(canvas, places);
	for (int i = 0; i < 5; i++) {
		const bool last = places[i].x + places[i].part > 0.99f;
		rects[i] = (struct rect){ roundf(m + places[i].x * width),
			top + (float)places[i].row * (high + gap),
			roundf(places[i].part * width - (last ? 0 : gap)), high };
	}
	draw_button(canvas, rects[0],
		&(struct button){ .label = word(language, WORD_SVC_TEST),
			.icon = canvas->tight ? ICON_COUNT : ICON_READER,
			.look = BUTTON_SECONDARY,
			.touch = { TOUCH_SERVICE, SERVICE_TEST } });
	draw_button(canvas, rects[1],
		&(struct button){ .label = word(language, WORD_SVC_USB),
			.icon = canvas->tight ? ICON_COUNT : ICON_USB,
			.look = BUTTON_SECONDARY,
			.touch = { TOUCH_SERVICE, SERVICE_STICK } });
	draw_languages(canvas, rects[2], false);
	draw_volume(canvas, rects[3]);
	draw_button(canvas, rects[4],
		&(struct button){ .label = word(language, WORD_BTN_CLOSE),
			.icon = canvas->tight ? ICON_COUNT : ICON_CLOSE,
			.look = BUTTON_PRIMARY,
			.touch = { TOUCH_CLOSE, 0 } });
}

static float draw_head(struct canvas *canvas)
{
	const struct view *view = canvas->view;
	const float m = canvas->tight ? 16 : 32, y = canvas->tight ? 8 : 24;
	const enum style style = canvas->tight ? STYLE_LEAD : STYLE_TITLE;
	const float icon = canvas->tight ? 32 : 52, line = canvas_line(canvas, style);
	const int seconds = (int)ceilf(view->time_left * (float)screen_stay_ms(view) / 1000);
	char words[WORDS_SIZE], number[12];
	snprintf(number, sizeof number, "%d", seconds);
	canvas_icon(
		canvas, ICON_POLE, m, y + (line - icon) / 2, icon, COLOUR_RAIL, COLOUR_PAPER, 0);
	canvas_text(canvas, word(view->language, WORD_SVC_TITLE), m + icon + 14, y, style,
		(struct ink){ .weight = WEIGHT_700 });
	canvas_text(canvas,
		fill_one(words, sizeof words, view->language, WORD_SVC_AUTO, "n", number),
		canvas->w - m, y + (line - canvas_line(canvas, STYLE_SMALL)) / 2, STYLE_SMALL,
		(struct ink){ .weight = WEIGHT_500,
			.colour = COLOUR_INK2,
			.align = ALIGN_RIGHT,
			.tabular = true });
	return y + line + (canvas->tight ? 8 : 24);
}

void draw_service(struct canvas *canvas)
{
	const bool tight = canvas->tight, portrait = canvas->portrait;
	const float m = tight ? 16 : 32, gap = 12, edge = tight ? 10 : 24;
	const int rows_of_buttons = portrait ? 3 : 1;
	const float high = tight ? 64 : portrait ? 80 : 104;
	const float controls = canvas->h - edge - high * (float)rows_of_buttons -
			       gap * (float)(rows_of_buttons - 1);
	const float top = draw_head(canvas), between = tight ? 12 : 24;
	if (portrait) {
		const float page = tight ? 200 : 275;
		const float list = controls - 24 - top - page - between;
		draw_list(canvas, (struct rect){ m, top, canvas->w - 2 * m, list });
		draw_page(
			canvas, (struct rect){ m, top + list + between, canvas->w - 2 * m, page });
	} else {
		const float page = fmaxf(tight ? 240 : 397, canvas->w * 0.3f);
		const float list = canvas->w - 2 * m - page - between;
		draw_list(canvas, (struct rect){ m, top, list, controls - edge - top });
		draw_page(canvas,
			(struct rect){ m + list + between, top, page, controls - edge - top });
	}
	draw_controls(canvas, controls, high);
}
