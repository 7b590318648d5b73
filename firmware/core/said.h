/** What is said in both languages at once, for whoever shows it to choose one. Pure. */
#ifndef CORE_SAID_H
#define CORE_SAID_H

#include <stdarg.h>

#define SAID_SIZE 512

enum language { LANGUAGE_NL, LANGUAGE_EN, LANGUAGE_COUNT };

/* Without a full stop; "" when nothing was said. The journal takes the English. */
struct said {
	char words[LANGUAGE_COUNT][SAID_SIZE];
};

/* The same arguments in the same order for both; too long a text is clipped between letters. */
void said_set(struct said *ret, const char *en, const char *nl, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));
void said_list(struct said *ret, const char *en, const char *nl, va_list arguments);
void said_words(struct said *ret, const char *en, const char *nl); /* nothing to fill in */
/* Puts @more behind what was said. */
void said_add(struct said *said, const struct said *more);

#endif
