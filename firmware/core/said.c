#include "core/said.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

static void put(char ret[SAID_SIZE], const char *format, va_list arguments)
{
	char text[SAID_SIZE];
	vsnprintf(text, sizeof text, format, arguments);
	utf8_clip(ret, SAID_SIZE, text);
}

void said_list(struct said *ret, const char *en, const char *nl, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	put(ret->words[LANGUAGE_EN], en, arguments);
	put(ret->words[LANGUAGE_NL], nl, again);
	va_end(again);
}

void said_set(struct said *ret, const char *en, const char *nl, ...)
{
	va_list arguments;
	va_start(arguments, nl);
	said_list(ret, en, nl, arguments);
	va_end(arguments);
}

void said_words(struct said *ret, const char *en, const char *nl)
{
	utf8_clip(ret->words[LANGUAGE_EN], SAID_SIZE, en);
	utf8_clip(ret->words[LANGUAGE_NL], SAID_SIZE, nl);
}

void said_add(struct said *said, const struct said *more)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		const size_t length = strlen(said->words[i]);
		utf8_clip(said->words[i] + length, SAID_SIZE - length, more->words[i]);
	}
}
