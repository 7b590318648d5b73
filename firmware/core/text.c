#include "core/text.h"

#include <string.h>

/* The four shapes of a character: its first byte, and the least code that needs so many bytes. */
static const struct {
	uint8_t mask, lead;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 0x01 },
	{ 0xE0, 0xC0, 0x80 },
	{ 0xF0, 0xE0, 0x800 },
	{ 0xF8, 0xF0, 0x10000 },
};
#define FORMS (sizeof forms / sizeof forms[0])

static bool is_character(uint32_t code, uint32_t least)
{
	const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
	return code >= least && !surrogate && code <= 0x10FFFF;
}

size_t utf8_next(const char *text, size_t left, uint32_t *ret_code)
{
	const uint8_t *bytes = (const uint8_t *)text;
	size_t form = 0;
	while (form < FORMS && (bytes[0] & forms[form].mask) != forms[form].lead)
		form++;
	if (form == FORMS || left < form + 1)
		return 0;

	uint32_t code = bytes[0] & (uint8_t)~forms[form].mask;
	for (size_t i = 1; i <= form; i++) {
		if ((bytes[i] & 0xC0) != 0x80)
			return 0;
		code = code << 6 | (bytes[i] & 0x3F);
	}
	if (!is_character(code, forms[form].least))
		return 0;
	*ret_code = code;
	return form + 1;
}

bool utf8_is_valid(const char *text, size_t length)
{
	uint32_t code;
	for (size_t at = 0; at < length;) {
		const size_t step = utf8_next(text + at, length - at, &code);
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
		if ((unsigned char)*text < 0x80) { /* most are */
			if (length + 1 >= size)
				break;
			ret[length++] = *text++;
			left--;
			continue;
		}
		const size_t found = utf8_next(text, left, &code);
		const size_t step = found ? found : 1;
		const size_t bytes = found ? found : sizeof replacement - 1;
		if (length + bytes >= size)
			break;
		memcpy(ret + length, found ? text : replacement, bytes);
		length += bytes;
		text += step;
		left -= step;
	}
	ret[length] = '\0';
	return length;
}

size_t digits_text(char ret[DIGITS_TEXT_SIZE], int64_t value, int least)
{
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char digits[DIGITS_TEXT_SIZE];
	int count = 0;
	size_t length = 0;
	for (; left || count < least; left /= 10)
		digits[count++] = (char)('0' + left % 10);
	if (value < 0)
		ret[length++] = '-';
	while (count > 0)
		ret[length++] = digits[--count];
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

bool text_is_mail(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at != text && at[1] && !strchr(at + 1, '@') && !text[strcspn(text, " \t,;<>")];
}
