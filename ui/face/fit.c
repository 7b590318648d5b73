/* Text into boxes: wrap, balance, shrink, cut (design.md 5, "Fit"). */
#include <string.h>

#include "core/text.h"
#include "face/canvas.h"

#define SOFT_HYPHEN "\xC2\xAD"
#define ELLIPSIS "\xE2\x80\xA6"
#define LINES_TRIED 12

/* Where wrapped lines go; NULL to only count them. */
struct wrapping {
	const struct canvas *canvas;
	enum style style;
	enum weight weight;
	float width;
	bool force; /* break words that are wider than a line */
	bool fits;
	size_t count, kept;
	char (*lines)[FIT_LINE_BYTES];
	char current[FIT_LINE_BYTES];
};

static float width_of(const struct wrapping *wrapping, const char *text)
{
	return text_width(wrapping->canvas, text, wrapping->style, wrapping->weight, false);
}

/* Bytes of the piece at @text: up to and with a '-', '/' or soft hyphen, or up to a blank or line
 * end. */
static size_t piece_length(const char *text)
{
	size_t length = 0;
	while (text[length] && text[length] != ' ' && text[length] != '\n') {
		if (strncmp(text + length, SOFT_HYPHEN, 2) == 0)
			return length + 2;
		length++;
		if (text[length - 1] == '-' || text[length - 1] == '/')
			break;
	}
	return length;
}

static void end_line(struct wrapping *wrapping)
{
	/* A soft hyphen shows only where the line really ends. */
	const size_t length = strlen(wrapping->current);
	if (length >= 2 && strcmp(wrapping->current + length - 2, SOFT_HYPHEN) == 0)
		memcpy(wrapping->current + length - 2, "-", 2);
	if (width_of(wrapping, wrapping->current) > wrapping->width)
		wrapping->fits = false;
	if (wrapping->lines && wrapping->count < wrapping->kept)
		memcpy(wrapping->lines[wrapping->count], wrapping->current,
			sizeof wrapping->current);
	wrapping->count++;
	wrapping->current[0] = '\0';
}

static void append(char *text, size_t size, const char *piece, size_t length)
{
	const size_t at = strlen(text);
	if (at + length < size) {
		memcpy(text + at, piece, length);
		text[at + length] = '\0';
	}
}

static void drop_soft_hyphen(char *text)
{
	const size_t length = strlen(text);
	if (length >= 2 && strcmp(text + length - 2, SOFT_HYPHEN) == 0)
		text[length - 2] = '\0';
}

/* How many bytes of an over-long piece fit with a hyphen behind; at least one character. */
static size_t forced_length(const struct wrapping *wrapping, const char *piece, size_t length)
{
	char part[FIT_LINE_BYTES];
	size_t good = 0;
	for (size_t at = 1; at <= length; at++) {
		if (at < length && ((uint8_t)piece[at] & 0xC0) == 0x80)
			continue;
		part[0] = '\0';
		append(part, sizeof part - 2, piece, at);
		append(part, sizeof part, "-", 1);
		if (good && width_of(wrapping, part) > wrapping->width)
			break;
		good = at;
	}
	return good;
}

/* As wide as a line that ended here would be: with its hyphen. */
static float ended_width(const struct wrapping *wrapping, const char *text)
{
	char ended[FIT_LINE_BYTES];
	const size_t length = strlen(text);
	memcpy(ended, text, length + 1);
	if (length >= 2 && strcmp(text + length - 2, SOFT_HYPHEN) == 0)
		memcpy(ended + length - 2, "-", 2);
	return width_of(wrapping, ended);
}

static void take_piece(
	struct wrapping *wrapping, const char *piece, size_t length, bool after_blank)
{
	char tried[FIT_LINE_BYTES];
	memcpy(tried, wrapping->current, strlen(wrapping->current) + 1);
	drop_soft_hyphen(tried);
	if (after_blank && tried[0])
		append(tried, sizeof tried, " ", 1);
	append(tried, sizeof tried, piece, length);
	if (wrapping->current[0] && ended_width(wrapping, tried) > wrapping->width) {
		end_line(wrapping);
		tried[0] = '\0';
		append(tried, sizeof tried, piece, length);
	}
	memcpy(wrapping->current, tried, strlen(tried) + 1);
	while (wrapping->force && ended_width(wrapping, wrapping->current) > wrapping->width) {
		char rest[FIT_LINE_BYTES];
		const size_t whole = strlen(wrapping->current);
		const size_t cut = forced_length(wrapping, wrapping->current, whole);
		if (cut >= whole)
			return;
		memcpy(rest, wrapping->current + cut, whole - cut + 1);
		wrapping->current[cut] = '\0';
		append(wrapping->current, sizeof wrapping->current, "-", 1);
		end_line(wrapping);
		memcpy(wrapping->current, rest, whole - cut + 1);
	}
}

static void wrap(struct wrapping *wrapping, const char *text)
{
	bool after_blank = false;
	wrapping->fits = true;
	wrapping->count = 0;
	wrapping->current[0] = '\0';
	while (*text) {
		if (*text == '\n')
			end_line(wrapping);
		if (*text == '\n' || *text == ' ') {
			after_blank = *text == ' ';
			text++;
			continue;
		}
		const size_t length = piece_length(text);
		take_piece(wrapping, text, length, after_blank);
		after_blank = false;
		text += length;
		if (wrapping->count > LINES_TRIED)
			return;
	}
	end_line(wrapping);
}

bool text_wraps(const struct canvas *canvas, const char *text, float width, enum style style,
	enum weight weight, size_t *ret_count)
{
	struct wrapping wrapping = {
		.canvas = canvas, .style = style, .weight = weight, .width = width
	};
	wrap(&wrapping, text);
	*ret_count = wrapping.count;
	return wrapping.fits;
}

/* Ends @ret, of @size bytes, in an ellipsis that fits @width. */
static void end_in_ellipsis(const struct canvas *canvas, char *ret, size_t size, float width,
	enum style style, enum weight weight)
{
	size_t length = strlen(ret);
	length = length + sizeof ELLIPSIS > size ? size - sizeof ELLIPSIS : length;
	for (;;) {
		while (length > 0 && (((uint8_t)ret[length] & 0xC0) == 0x80 ||
					     strchr(" ,.:;-", ret[length - 1])))
			length--;
		memcpy(ret + length, ELLIPSIS, sizeof ELLIPSIS);
		if (length == 0 || text_width(canvas, ret, style, weight, false) <= width)
			return;
		length--;
		while (length > 0 && ((uint8_t)ret[length] & 0xC0) == 0x80)
			length--;
		ret[length] = '\0';
	}
}

void text_cut(const struct canvas *canvas, char *ret, size_t size, const char *text, float width,
	enum style style, enum weight weight)
{
	utf8_clip(ret, size, text);
	if (text_width(canvas, ret, style, weight, false) > width)
		end_in_ellipsis(canvas, ret, size, width, style, weight);
}

/* The narrowest width that still gives as many lines: they come out of even length. */
static void balance(struct wrapping *wrapping, const char *text, size_t lines)
{
	float low = wrapping->width / (float)lines, high = wrapping->width;
	if (lines < 2 || lines > 3 || strchr(text, '\n'))
		return;
	char(*const keep)[FIT_LINE_BYTES] = wrapping->lines;
	wrapping->lines = NULL;
	for (int i = 0; i < 8; i++) {
		wrapping->width = (low + high) / 2;
		wrap(wrapping, text);
		if (wrapping->fits && wrapping->count == lines)
			high = wrapping->width;
		else
			low = wrapping->width;
	}
	wrapping->lines = keep;
	wrapping->width = high;
	wrap(wrapping, text);
}

void text_fit(const struct canvas *canvas, struct fitted *ret, const char *text, float width,
	const struct fit_rule *rule, enum weight weight)
{
	struct wrapping wrapping = { .canvas = canvas,
		.weight = weight,
		.width = width,
		.kept = FIT_LINES_MAX,
		.lines = ret->lines };
	ret->cut = false;
	for (size_t i = 0; i < rule->count; i++) {
		wrapping.style = ret->style = rule->styles[i];
		wrap(&wrapping, text);
		ret->count = wrapping.count;
		if (wrapping.fits && (int)wrapping.count <= rule->lines[i] &&
			wrapping.count <= FIT_LINES_MAX) {
			balance(&wrapping, text, wrapping.count);
			return;
		}
	}
	const size_t most = (size_t)rule->lines[rule->count - 1];
	wrapping.force = true;
	wrap(&wrapping, text);
	ret->count = wrapping.count < most ? wrapping.count : most;
	ret->cut = wrapping.count > most;
	if (ret->cut)
		end_in_ellipsis(
			canvas, ret->lines[most - 1], FIT_LINE_BYTES, width, ret->style, weight);
}

struct fit_rule rule_within(const struct canvas *canvas, const char *text, float width,
	const struct fit_rule *rule, enum weight weight, float height)
{
	struct fit_rule part = *rule;
	for (size_t first = 0; first < rule->count; first++) {
		part.count = rule->count - first;
		for (size_t i = 0; i < part.count; i++) {
			part.styles[i] = rule->styles[first + i];
			part.lines[i] = rule->lines[first + i];
		}
		if (paragraph_height(canvas, text, width, &part, weight) <= height)
			return part;
	}
	const int most = (int)(height / canvas_line(canvas, part.styles[0]));
	part.lines[0] = most < 1 ? 1 : most < part.lines[0] ? most : part.lines[0];
	return part;
}
