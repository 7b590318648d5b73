#include "core/text.h"

#include <string.h>

/* How many bytes the character at @text takes (1 to 4), or 0 when it is no UTF-8; @left bytes are there. */
static size_t utf8_length(const uint8_t *text, size_t left, uint32_t *ret_code)
{
	static const struct {
		uint8_t mask, lead;
		uint32_t least;
	} forms[] = {
		{ 0x80, 0x00, 0x01 },
		{ 0xE0, 0xC0, 0x80 },
		{ 0xF0, 0xE0, 0x800 },
		{ 0xF8, 0xF0, 0x10000 },
	};
	for (size_t form = 0; form < 4; form++) {
		if ((text[0] & forms[form].mask) != forms[form].lead || left < form + 1)
			continue;
		uint32_t code = text[0] & (uint8_t)~forms[form].mask;
		for (size_t i = 1; i <= form; i++) {
			if ((text[i] & 0xC0) != 0x80)
				return 0;
			code = code << 6 | (text[i] & 0x3F);
		}
		const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
		if (code < forms[form].least || surrogate || code > 0x10FFFF)
			return 0;
		*ret_code = code;
		return form + 1;
	}
	return 0;
}

bool utf8_is_valid(const char *text, size_t length)
{
	uint32_t code;
	for (size_t at = 0; at < length;) {
		const size_t step = utf8_length((const uint8_t *)text + at, length - at, &code);
		if (step == 0)
			return false;
		at += step;
	}
	return true;
}

size_t utf8_clip(char *ret, size_t size, const char *text)
{
	static const char replacement[] = "\xEF\xBF\xBD";
	size_t length = 0, left = strlen(text);
	uint32_t code;
	if (size == 0)
		return 0;
	while (left > 0) {
		const size_t found = utf8_length((const uint8_t *)text, left, &code);
		const char *from = found ? text : replacement;
		const size_t bytes = found ? found : sizeof replacement - 1;
		if (length + bytes >= size)
			break;
		memcpy(ret + length, from, bytes);
		length += bytes;
		text += found ? found : 1;
		left -= found ? found : 1;
	}
	ret[length] = '\0';
	return length;
}

static const char *const blanks[] = { " ", "\t", "\r", "\n", "\xC2\xA0", "\xEF\xBB\xBF" };

static size_t blank_at_start(const char *text)
{
	for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
		if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

static size_t blank_at_end(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
		const size_t blank = strlen(blanks[i]);
		if (length >= blank && memcmp(text + length - blank, blanks[i], blank) == 0)
			return blank;
	}
	return 0;
}

void text_trim(char *text)
{
	size_t start = 0, step;
	while ((step = blank_at_start(text + start)) > 0)
		start += step;
	size_t length = strlen(text + start);
	memmove(text, text + start, length + 1);
	while ((step = blank_at_end(text, length)) > 0)
		length -= step;
	text[length] = '\0';
}

/* Letters with a mark and what they are without it: each row a run of code points, one letter each; '.' stands alone. */
static const struct {
	uint32_t first;
	const char *bases;
} folds[] = {
	{ 0x00C0, "aaaaaa.ceeeeiiii.nooooo.ouuuuy" },
	{ 0x00E0, "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y" },
	{ 0x0100, "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii" },
	{ 0x0134, "jjkkk" },
	{ 0x0139, "llllllllllnnnnnnnnnoooooo" },
	{ 0x0154, "rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz" },
	{ 0x01A0, "oo" },
	{ 0x01AF, "uu" },
	{ 0x01CD, "aaiioouuuuuuuuuu" },
	{ 0x0218, "sstt" },
	{ 0x1EA0, "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee" },
	{ 0x1EC8, "iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy" },
};
static const struct {
	uint32_t code;
	const char *letters;
} ligatures[] = {
	{ 0x00C6, "ae" }, { 0x00E6, "ae" }, { 0x00D0, "d" }, { 0x00F0, "d" }, { 0x00DE, "th" },
	{ 0x00FE, "th" }, { 0x00DF, "ss" }, { 0x0132, "ij" }, { 0x0133, "ij" }, { 0x0152, "oe" },
	{ 0x0153, "oe" }, { 0x2019, "'" }, { 0x00A0, " " },
};

/* What @code folds to, or NULL when it stays as it is. @letter is room for one. */
static const char *fold_of(uint32_t code, char letter[2])
{
	letter[1] = '\0';
	if (code >= 'A' && code <= 'Z') {
		letter[0] = (char)(code - 'A' + 'a');
		return letter;
	}
	for (size_t i = 0; i < sizeof ligatures / sizeof ligatures[0]; i++)
		if (ligatures[i].code == code)
			return ligatures[i].letters;
	for (size_t i = 0; i < sizeof folds / sizeof folds[0]; i++) {
		if (code < folds[i].first || code >= folds[i].first + strlen(folds[i].bases))
			continue;
		letter[0] = folds[i].bases[code - folds[i].first];
		return letter[0] == '.' ? NULL : letter;
	}
	return NULL;
}

size_t text_fold(char *ret, size_t size, const char *text)
{
	size_t length = 0, left = strlen(text);
	while (left > 0) {
		uint32_t code = 0;
		char letter[2];
		size_t step = utf8_length((const uint8_t *)text, left, &code);
		step = step ? step : 1;
		const char *folded = fold_of(code, letter);
		const char *from = folded ? folded : text;
		const size_t bytes = folded ? strlen(folded) : step;
		const bool repeated = from[0] == ' ' && length > 0 && ret[length - 1] == ' ';
		if (length + bytes >= size)
			break;
		if (!repeated) {
			memcpy(ret + length, from, bytes);
			length += bytes;
		}
		text += step;
		left -= step;
	}
	if (size > 0)
		ret[length] = '\0';
	return length;
}

bool text_equal_folded(const char *a, const char *b)
{
	char left[1024], right[1024];
	text_fold(left, sizeof left, a);
	text_fold(right, sizeof right, b);
	return strcmp(left, right) == 0;
}
