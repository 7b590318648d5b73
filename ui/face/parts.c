#include "face/parts.h"

#include <math.h>
#include <string.h>

#include "core/text.h"

float round8(float value)
{
	return roundf(value / 8) * 8;
}

/* The city's clusters; one that an organiser adds gets the ring and second ink. */
static const struct {
	const char *code;
	enum icon icon;
	enum colour colour;
} clusters[] = {
	{ "ict-ecommerce", ICON_ICT, COLOUR_ICT },
	{ "health", ICON_HEALTH, COLOUR_HEALTH },
	{ "creative-making", ICON_MAAK, COLOUR_MAAK },
	{ "logistics", ICON_LOG, COLOUR_LOG },
	{ "", ICON_ALL, COLOUR_ALL },
	{ NULL, ICON_NONE, COLOUR_INK2 },
};

static size_t cluster_row(const char *code)
{
	size_t row = 0;
	while (clusters[row].code && strcmp(clusters[row].code, code) != 0)
		row++;
	return row;
}

enum icon cluster_icon(const char *code)
{
	return clusters[cluster_row(code)].icon;
}

enum colour cluster_colour(const char *code)
{
	return clusters[cluster_row(code)].colour;
}

void cluster_name(const struct canvas *canvas, char *ret, size_t size, const char *code,
	float width, bool full)
{
	const struct board *board = &canvas->view->board;
	const enum language language = canvas->view->language;
	const char *name = word(language, code[0] ? WORD_CLUSTER_NONE : WORD_CLUSTER_ALL),
		   *brief = name;
	for (size_t i = 0; i < board->cluster_count; i++) {
		if (strcmp(board->clusters[i].code, code) == 0) {
			name = board->clusters[i].name[language];
			brief = board->clusters[i].short_name[language];
		}
	}
	const bool whole = full || strlen(name) < 24;
	const char *best =
		whole && text_width(canvas, name, STYLE_SMALL, WEIGHT_600, false) <= width ? name
											   : brief;
	text_cut(canvas, ret, size, best, width, STYLE_SMALL, WEIGHT_600);
}

void draw_mark(struct canvas *canvas, const char *cluster, float x, float y, float size,
	enum colour background, enum colour colour)
{
	canvas_icon(canvas, cluster_icon(cluster), x, y, size,
		colour ? colour : cluster_colour(cluster), background, 0);
}

static void draw_mark_tile(
	struct canvas *canvas, enum icon mark, enum colour colour, float x, float y, float size)
{
	const float icon = roundf(size * 0.6f);
	canvas_box(canvas, (struct rect){ x, y, size, size }, colour, roundf(size * 0.22f));
	canvas_icon(canvas, mark, x + (size - icon) / 2, y + (size - icon) / 2, icon,
		COLOUR_ON_MARK, colour, 0);
}

void draw_session_tile(struct canvas *canvas, const char *cluster, float x, float y, float size)
{
	draw_mark_tile(canvas, cluster_icon(cluster), cluster_colour(cluster), x, y, size);
}

void draw_tile(struct canvas *canvas, const char *cluster, float x, float y, float size)
{
	if (cluster[0])
		draw_session_tile(canvas, cluster, x, y, size);
	else
		draw_mark_tile(canvas, ICON_NONE, COLOUR_INK2, x, y, size);
}

void draw_arrow(struct canvas *canvas, float x, float y, float size, enum reader_side to,
	enum colour colour)
{
	static const int turns[SIDE_COUNT] = {
		[SIDE_AUTO] = 0,
		[SIDE_RIGHT] = 0,
		[SIDE_LEFT] = 180,
		[SIDE_BOTTOM] = 90,
		[SIDE_BEHIND] = 270 /* from the lower edge up to the place */
	};
	canvas_icon(canvas, ICON_ARROW, x - size / 2, y - size / 2, size, colour, COLOUR_PETROL,
		turns[to]);
}

float chip_width(const struct canvas *canvas, const struct label *label)
{
	const float icon = label->icon == ICON_COUNT ? 0 : canvas_unit(canvas, 20) + 6;
	const float pad = label->background ? 16 : 0;
	return roundf(
		text_width(canvas, label->words, STYLE_SMALL, WEIGHT_600, false) + pad + icon);
}

float draw_chip(
	struct canvas *canvas, float x, float y, const struct label *label, enum align align)
{
	const float width = chip_width(canvas, label), icon = canvas_unit(canvas, 20);
	const float height = canvas_line(canvas, STYLE_SMALL) + (canvas->tight ? 0 : 2);
	const float pad = label->background ? 8 : 0;
	const float left = roundf(align == ALIGN_RIGHT ? x - width : x);
	if (label->background)
		canvas_box(canvas, (struct rect){ left, y, width, height }, label->background, 6);
	if (label->icon != ICON_COUNT)
		canvas_icon(canvas, label->icon, left + pad, roundf(y + (height - icon) / 2), icon,
			label->colour, label->background ? label->background : COLOUR_SURFACE, 0);
	canvas_text(canvas, label->words, left + pad + (label->icon != ICON_COUNT ? icon + 6 : 0),
		y + (height - canvas_line(canvas, STYLE_SMALL)) / 2, STYLE_SMALL,
		(struct ink){ .weight = label->background ? WEIGHT_600 : WEIGHT_500,
			.colour = label->colour });
	return width;
}

void draw_room(struct canvas *canvas, struct rect rect, const char *name, struct room_look look)
{
	struct fit_rule rule = { .count = 0 };
	for (int style = (int)look.from; style >= STYLE_SMALL; style--) {
		rule.styles[rule.count] = (enum style)style;
		rule.lines[rule.count++] = 1;
	}
	struct fitted fitted;
	if (look.fill)
		canvas_box(canvas, rect, look.fill, 8);
	if (!look.fill || look.edge != look.fill)
		canvas_frame(canvas, rect, look.edge ? look.edge : COLOUR_INK, 8, 3);
	text_fit(canvas, &fitted, name, rect.w - 16, &rule, WEIGHT_700);
	canvas_lines(canvas, &fitted, rect.x + rect.w / 2,
		rect.y + (rect.h - canvas_line(canvas, fitted.style)) / 2,
		(struct ink){ .weight = WEIGHT_700, .colour = look.colour, .align = ALIGN_CENTRE });
}

void draw_seats(struct canvas *canvas, struct rect rect, int filled, int goal, enum colour colour)
{
	const int shown = goal > 30 ? 30 : goal;
	const float gap = fmaxf(2, roundf(rect.w / (float)shown * 0.22f));
	const float width = floorf((rect.w - gap * (float)(shown - 1)) / (float)shown);
	const int full = filled >= goal ? shown : filled * shown / goal;
	for (int i = 0; i < shown; i++)
		canvas_box(canvas,
			(struct rect){ rect.x + (float)i * (width + gap), rect.y, width, rect.h },
			i < full ? colour : COLOUR_LINE, fminf(3, width / 3));
}
