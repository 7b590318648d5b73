/* Headline and a sentence or two on a state screen; one row of the table is one screen. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/button.h"
#include "face/screens.h"

#define NONE WORD_COUNT

/* @title and @text may hold {name}, {time} and {date}; the .host words stand in where there is no
 * desk. */
static const struct message {
	enum field field;
	enum icon icon;
	enum word sign, title, title_noname, text, text_host;
} messages[SCREEN_COUNT] = {
	[SCREEN_REPEAT] = { FIELD_INFO, ICON_AGAIN, WORD_AGAIN_SIGN, WORD_AGAIN_TITLE,
		WORD_AGAIN_TITLE_NONAME, WORD_AGAIN_TEXT, NONE },
	[SCREEN_GOODBYE] = { FIELD_INFO, ICON_BYE, WORD_BYE_SIGN, WORD_BYE_TITLE,
		WORD_BYE_TITLE_NONAME, WORD_BYE_TEXT, NONE },
	[SCREEN_FULL] = { FIELD_WARN, ICON_FULL, WORD_FULL_SIGN, WORD_FULL_TITLE, NONE,
		WORD_FULL_NONE, NONE },
	[SCREEN_EARLY] = { FIELD_WARN, ICON_CLOCK, WORD_EARLY_SIGN, WORD_EARLY_TITLE, NONE,
		WORD_EARLY_TEXT, NONE },
	[SCREEN_OTHER_DAY] = { FIELD_WARN, ICON_CALENDAR, WORD_WRONGDAY_SIGN, WORD_WRONGDAY_TITLE,
		NONE, WORD_WRONGDAY_TEXT, WORD_WRONGDAY_TEXT_HOST },
	[SCREEN_CLOSED] = { FIELD_WARN, ICON_CLOCK, WORD_CLOSED_SIGN, WORD_CLOSED_TITLE, NONE,
		WORD_CLOSED_TEXT, NONE },
	[SCREEN_UNKNOWN] = { FIELD_WARN, ICON_UNKNOWN, WORD_UNKNOWN_SIGN, WORD_UNKNOWN_TITLE, NONE,
		WORD_UNKNOWN_TEXT_DESK, WORD_UNKNOWN_TEXT_HOST },
	[SCREEN_PHONE] = { FIELD_WARN, ICON_PHONE, WORD_PHONE_SIGN, WORD_PHONE_TITLE, NONE,
		WORD_PHONE_TEXT, NONE },
	[SCREEN_TOO_SHORT] = { FIELD_WARN, ICON_HOLD, WORD_SHORT_SIGN, WORD_SHORT_TITLE, NONE,
		WORD_SHORT_TEXT, NONE },
	[SCREEN_BLOCKED] = { FIELD_STOP, ICON_STOP, WORD_BLOCKED_SIGN, WORD_BLOCKED_TITLE, NONE,
		WORD_BLOCKED_TEXT, WORD_BLOCKED_TEXT_HOST },
	[SCREEN_OUT] = { FIELD_OUT, ICON_PAUSE, WORD_OUT_SIGN, WORD_OUT_READER, NONE, WORD_OUT_TEXT,
		WORD_OUT_TEXT_HOST },
	[SCREEN_LINK_DONE] = { FIELD_OK, ICON_CHECK, WORD_LINK_DONE_SIGN, WORD_LINK_DONE_TITLE,
		NONE, WORD_LINK_DONE_TEXT, NONE },
	[SCREEN_LINK_TAKEN] = { FIELD_WARN, ICON_BADGE, WORD_LINK_TAKEN_SIGN, WORD_LINK_TAKEN_TITLE,
		NONE, WORD_LINK_TAKEN_TEXT, NONE },
	[SCREEN_LINK_FAILED] = { FIELD_WARN, ICON_BADGE, WORD_LINK_FAIL_SIGN, WORD_LINK_FAIL_TITLE,
		NONE, WORD_LINK_FAIL_TEXT, NONE },
};

/* What may be touched on a screen that tells something; the first is on the left, or on top. */
static size_t buttons_of(const struct view *view, struct button ret[2])
{
	const enum language language = view->language;
	const bool host = view->help == HELP_HOST;
	if (!screen_asks(view))
		return 0;
	if (view->screen == SCREEN_UNKNOWN) {
		ret[0] = (struct button){ BUTTON_PRIMARY, ICON_PEN,
			word(language, WORD_UNKNOWN_REGISTER),
			word(language, WORD_UNKNOWN_REGISTER_SUB), true, { TOUCH_REGISTER, 0 } };
		ret[1] = (struct button){ BUTTON_SECONDARY, ICON_DESK,
			word(language, host ? WORD_COMMON_HOST_ASK : WORD_COMMON_DESK),
			host ? NULL : word(language, WORD_COMMON_DESK_SUB), true,
			{ TOUCH_CLOSE, 0 } };
		return 2;
	}
	if (view->screen != SCREEN_REPEAT)
		return 0;
	ret[0] = (struct button){ BUTTON_SECONDARY, ICON_COUNT,
		word(language, word_of_sessions(view->sessions, WORD_BTN_OTHER)), NULL, true,
		{ TOUCH_OTHER, 0 } };
	ret[1] = (struct button){ BUTTON_PRIMARY, ICON_COUNT, word(language, WORD_BTN_CLOSE), NULL,
		true, { TOUCH_CLOSE, 0 } };
	return 2;
}

/* Side by side at the card's bottom, in portrait one above the other. Returns their height. */
static float draw_buttons(struct canvas *canvas, struct rect rect)
{
	struct button buttons[2];
	const size_t count = buttons_of(canvas->view, buttons);
	const float high = canvas->tight ? 80 : 104;
	const size_t rows = canvas->portrait ? count : 1;
	const float all = high * (float)rows + 16 * (float)(rows - 1);
	const float width = canvas->portrait ? rect.w : (rect.w - 16) / 2;
	if (count == 0)
		return 0;
	for (size_t i = 0; i < count; i++)
		draw_button(canvas,
			(struct rect){ canvas->portrait ? rect.x : rect.x + (float)i * (width + 16),
				rect.y + rect.h - all +
					(canvas->portrait ? (float)i * (high + 16) : 0),
				width, high },
			&buttons[i]);
	return all + 24;
}

static bool has_strip(const struct view *view)
{
	return (view->screen == SCREEN_REPEAT || view->screen == SCREEN_EARLY) &&
	       view->answer.has_session;
}

static void add_line(char *text, size_t size, const char *line)
{
	const size_t length = strlen(text);
	snprintf(text + length, size - length, "\n%s", line);
}

/* How long they were here, and when it goes on tomorrow. */
static void add_farewell(const struct view *view, char *text, size_t size)
{
	const int64_t minutes = view->answer.stay_ms / 60000;
	char hours[16], time[8], line[256];
	snprintf(hours, sizeof hours, "%d", (int)(minutes / 60));
	const struct fill stay = { "h", hours };
	const struct fill start = { "time",
		word_time(time, view->board.starts_ms, view->board.utc_offset_min) };
	if (minutes > 0) {
		word_count(line, sizeof line, view->language,
			minutes < 60 ? PLURAL_BYE_STAY_SHORT : PLURAL_BYE_STAY, minutes % 60, &stay,
			1);
		add_line(text, size, line);
	}
	if (view->board.kind == BOARD_OVER && view->board.starts_ms && view->answer.clock_known) {
		word_fill(line, sizeof line, view->language, WORD_BYE_TOMORROW, &start, 1);
		add_line(text, size, line);
	}
}

static void compose(const struct view *view, const struct message *message, char *title, char *text,
	size_t size)
{
	const struct answer *answer = &view->answer;
	const int32_t offset_min = view->board.utc_offset_min;
	const bool early = view->screen == SCREEN_EARLY || view->screen == SCREEN_OTHER_DAY;
	char time[8], date[64];
	const struct fill fills[] = {
		{ "name", answer->name },
		{ "time", word_time(time,
				  early                           ? answer->opens_ms
				  : view->screen == SCREEN_REPEAT ? answer->since_ms
								  : answer->at_ms,
				  offset_min) },
		{ "date", word_date(date, sizeof date, view->language, answer->opens_ms,
				  offset_min) },
	};
	enum word title_word = message->title, text_word = message->text;
	if (message->title_noname != NONE && !answer->name[0])
		title_word = message->title_noname;
	if (view->screen == SCREEN_OUT && view->faults & FAULT_STORAGE)
		title_word = WORD_OUT_STORAGE;
	if (view->screen == SCREEN_UNKNOWN && view->has_touch)
		text_word = WORD_UNKNOWN_TEXT;
	else if (message->text_host != NONE && view->help == HELP_HOST)
		text_word = message->text_host;
	if (!answer->clock_known &&
		(view->screen == SCREEN_REPEAT || view->screen == SCREEN_GOODBYE))
		text_word = WORD_WELCOME_NOCLOCK;
	title_word = word_of_sessions(view->sessions, title_word);
	word_fill(title, size, view->language, title_word, fills, 3);
	word_fill(text, size, view->language, text_word, fills, 3);
	if (view->screen == SCREEN_GOODBYE)
		add_farewell(view, text, size);
}

/* Time, title and room in a sunken strip: where to go. */
void draw_session_strip(struct canvas *canvas, struct rect rect, const struct board_row *row)
{
	static const struct fit_rule rule = { { STYLE_LEAD, STYLE_BODY, STYLE_SMALL }, { 2, 2, 2 },
		3 };
	const float pad = canvas_space(canvas, 3), high = canvas_unit(canvas, 48);
	const enum style style = canvas->tight ? STYLE_LEAD : STYLE_TITLE;
	const float wide = text_width(canvas, "00:00", style, WEIGHT_600, true);
	char time[8];
	struct fitted fitted;
	canvas_box(canvas, rect, COLOUR_SUNKEN, 16);
	canvas_text(canvas, word_time(time, row->start_ms, canvas->view->board.utc_offset_min),
		rect.x + pad, rect.y + (rect.h - canvas_line(canvas, style)) / 2, style,
		(struct ink){ .weight = WEIGHT_600, .tabular = true });
	const float room =
		row->room[0] ? roundf(fminf(rect.w * 0.3f, text_width(canvas, row->room, STYLE_BODY,
								   WEIGHT_700, false) +
								   32))
			     : 0;
	if (room > 0)
		draw_room(canvas,
			(struct rect){ roundf(rect.x + rect.w - pad - room),
				rect.y + (rect.h - high) / 2, room, high },
			row->room, (struct room_look){ .from = STYLE_BODY });
	const float x = rect.x + pad + wide + canvas_space(canvas, 3);
	text_fit(canvas, &fitted, row->title, rect.x + rect.w - pad - room - 16 - x, &rule,
		WEIGHT_600);
	canvas_lines(canvas, &fitted, x,
		rect.y + (rect.h - (float)fitted.count * canvas_line(canvas, fitted.style)) / 2,
		(struct ink){ .weight = WEIGHT_600 });
}

static void draw_fault_code(struct canvas *canvas, struct rect rect)
{
	const struct view *view = canvas->view;
	char time[8], text[160];
	const struct fill fills[] = {
		{ "code", view->faults & FAULT_STORAGE ? "O2" : "L1" },
		{ "time", word_time(time, view->fault_since_ms, view->board.utc_offset_min) },
	};
	word_fill(text, sizeof text, view->language, WORD_OUT_CODE, fills, 2);
	canvas_text(canvas, text, rect.x, rect.y + rect.h - canvas_line(canvas, STYLE_SMALL),
		STYLE_SMALL, (struct ink){ .weight = WEIGHT_500, .colour = COLOUR_INK2 });
}

void draw_message(struct canvas *canvas)
{
	static const struct fit_rule head_alone = { { STYLE_DISPLAY, STYLE_HEAD, STYLE_TITLE },
		{ 3, 3, 3 }, 3 };
	static const struct fit_rule head = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD }, { 3, 3, 3 },
		3 };
	static const struct fit_rule text_alone = { { STYLE_TITLE, STYLE_LEAD }, { 4, 4 }, 2 };
	static const struct fit_rule text_with = { { STYLE_LEAD, STYLE_BODY }, { 4, 4 }, 2 };
	static const struct fit_rule text_tight_alone = { { STYLE_LEAD, STYLE_BODY, STYLE_SMALL },
		{ 4, 4, 4 }, 3 };
	static const struct fit_rule text_tight = { { STYLE_BODY, STYLE_SMALL }, { 4, 4 }, 2 };
	const struct view *view = canvas->view;
	const struct message *message = &messages[view->screen];
	const bool strip = has_strip(view), alone = !strip && !screen_asks(view);
	char title[512], text[512];
	compose(view, message, title, text, sizeof title);
	const struct rect rect = draw_state(canvas, message->field, message->icon,
		word(view->language, message->sign), view->screen != SCREEN_OUT);
	const struct fit_rule *head_rule = alone && !canvas->tight ? &head_alone : &head;
	const struct fit_rule *text_rule = canvas->tight ? alone ? &text_tight_alone : &text_tight
					   : alone       ? &text_alone
							 : &text_with;
	const float gap = canvas->tight ? 8
			  : alone       ? 24
					: 16,
		    strip_high = strip ? canvas_unit(canvas, 112) : 0;
	const float between = strip ? (canvas->tight ? 16 : 32) : 0;
	const float free = rect.h - draw_buttons(canvas, rect);
	const float room = free - gap - between - strip_high;
	const float least = canvas_line(canvas, text_rule->styles[text_rule->count - 1]);
	const struct fit_rule heading =
		rule_within(canvas, title, rect.w, head_rule, WEIGHT_700, room - 2 * least);
	const float head_high = paragraph_height(canvas, title, rect.w, &heading, WEIGHT_700);
	const struct fit_rule telling =
		rule_within(canvas, text, rect.w, text_rule, WEIGHT_400, room - head_high);
	const float text_high = paragraph_height(canvas, text, rect.w, &telling, WEIGHT_400);
	float y = rect.y + fmaxf(0, (room - head_high - text_high) / 2);
	y += canvas_paragraph(canvas, title, (struct rect){ rect.x, y, rect.w, 0 }, &heading,
		(struct ink){ .weight = WEIGHT_700 });
	y += gap;
	y += canvas_paragraph(canvas, text, (struct rect){ rect.x, y, rect.w, 0 }, &telling,
		(struct ink){ .colour = COLOUR_INK2 });
	if (strip)
		draw_session_strip(canvas, (struct rect){ rect.x, y + between, rect.w, strip_high },
			&view->answer.session);
	if (view->screen == SCREEN_OUT)
		draw_fault_code(canvas, rect);
}
