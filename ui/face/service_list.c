/* How the kiosk is doing, a line for each part of it, and what the last touch did. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/service_private.h"

struct row {
	enum icon icon;
	enum word label;
	/* Says how it is; true when it is well. */
	bool (*say)(const struct view *view, char *ret, size_t size);
};

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
	static const enum word healths[SYNC_HEALTH_COUNT] = { [SYNC_SILENT] = WORD_SVC_SYNC_QUIET,
		[SYNC_CURRENT] = WORD_SVC_SYNC_OK,
		[SYNC_AWAY] = WORD_SVC_SYNC_AWAY,
		[SYNC_REFUSED] = WORD_SVC_SYNC_REFUSED };
	const struct service *service = &view->service;
	char time[8], waiting[WORDS_SIZE / 2] = "", words[WORDS_SIZE / 2];
	if (!service->has_hub) {
		utf8_clip(ret, size, word(view->language, WORD_SVC_SYNC_OFF));
		return true;
	}
	fill_one(words, sizeof words, view->language, healths[service->sync], "time",
		word_time(time, service->sync_ms, view->board.utc_offset_min));
	if (service->sync_waiting > 0)
		word_count(waiting, sizeof waiting, view->language, PLURAL_SVC_SYNC_WAITING,
			service->sync_waiting, NULL, 0);
	join(ret, size, waiting, words);
	return service->sync == SYNC_CURRENT;
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

void draw_service_list(struct canvas *canvas, struct rect rect)
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
