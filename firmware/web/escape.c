#include "web/escape.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	const char lower = (char)tolower((unsigned char)c);
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool unescape(char *text)
{
	char *out = text;
	for (const char *in = text; *in; in++) {
		if (*in != '%') {
			*out++ = *in;
			continue;
		}
		const int high = hex(in[1]), low = high < 0 ? -1 : hex(in[2]);
		if (low < 0 || high + low == 0)
			return false;
		*out++ = (char)(high * 16 + low);
		in += 2;
	}
	*out = '\0';
	return true;
}

void escape_query(char *ret, size_t size, const char *text)
{
	size_t at = 0;
	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;
		const bool plain = isalnum(c) || strchr("-._~", c);
		if (at + (plain ? 1 : 3) >= size)
			break;
		if (plain)
			ret[at++] = (char)c;
		else
			at += (size_t)snprintf(ret + at, size - at, "%%%02X", c);
	}
	ret[at] = '\0';
}

bool path_is_local(const char *path)
{
	if (path[0] != '/' || path[1] == '/' || path[1] == '\\')
		return false;
	for (const char *c = path; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == '\\' || (unsigned char)*c >= 0x7f)
			return false;
	return true;
}
