/* The way to the organiser's page: address, code and certificate in words, and all of it as a QR
 * code. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/service_private.h"

#define QUIET_MODULES 4

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

void draw_service_page(struct canvas *canvas, struct rect rect)
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
