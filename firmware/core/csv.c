#include "core/text.h"

#include <string.h>

/* Counts everything, writes what fits. */
struct out {
	char *at;
	size_t size, length;
};

static void put(struct out *out, char c)
{
	if (out->length + 1 < out->size)
		out->at[out->length] = c;
	out->length++;
}

size_t csv_cell(char *ret, size_t size, const char *text, char separator)
{
	const char special[] = { separator, '"', '\r', '\n', '\0' };
	const size_t plain = strcspn(text, special);
	const bool quoted = text[plain] != '\0';
	const bool defused = text[0] != '\0' && strchr("=+-@\t\r", text[0]);
	if (!quoted && !defused && plain < size) {
		memcpy(ret, text, plain + 1);
		return plain;
	}
	struct out out = { .at = ret, .size = size };
	if (quoted)
		put(&out, '"');
	if (defused)
		put(&out, '\'');
	for (const char *c = text; *c; c++) {
		if (*c == '"')
			put(&out, '"');
		put(&out, *c);
	}
	if (quoted)
		put(&out, '"');
	if (size > 0)
		ret[out.length < size ? out.length : 0] = '\0';
	return out.length;
}
