#include "core/copy_line.h"

#include <string.h>

#include "core/text.h"

void copy_line_begin(struct copy_line *line)
{
	line->length = 0;
	line->begun = line->full = false;
}

static void put(struct copy_line *line, const char *bytes, size_t length)
{
	line->full = line->full || length > sizeof line->text - line->length;
	if (line->full)
		return;
	memcpy(line->text + line->length, bytes, length);
	line->length += length;
}

static void between(struct copy_line *line)
{
	if (line->begun)
		put(line, "\t", 1);
	line->begun = true;
}

void copy_line_text(struct copy_line *line, const char *text)
{
	static const char escaped[] = "\\\t\n\r", by[] = "\\tnr";
	between(line);
	if (!text)
		put(line, "\\N", 2);
	for (; text && *text; text++) {
		const char *at = strchr(escaped, *text);
		const char pair[] = { '\\', at ? by[at - escaped] : '\0' };
		put(line, at ? pair : text, at ? 2 : 1);
	}
}

void copy_line_number(struct copy_line *line, int64_t number)
{
	char digits[DIGITS_TEXT_SIZE];
	const size_t length = digits_text(digits, number, 1);
	between(line);
	put(line, digits, length);
}

void copy_line_bytes(struct copy_line *line, const uint8_t *bytes, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	between(line);
	put(line, "\\\\x", 3);
	for (size_t i = 0; i < length; i++)
		put(line, (const char[]){ digits[bytes[i] >> 4], digits[bytes[i] & 15] }, 2);
}

void copy_line_end(struct copy_line *line)
{
	put(line, "\n", 1);
}
