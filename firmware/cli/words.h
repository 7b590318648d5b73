/** What the terminal says in two languages: nl when the locale does, else English. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stddef.h>

struct words {
	const char *en, *nl;
};

const char *cli_words(const struct words *words);

/* @text and blanks up to @width characters (not bytes) to stdout; longer text stays whole. */
void cli_print_padded(const char *text, size_t width);
size_t cli_characters(const char *text);

/* Whichever of @known looks most like @typed; NULL when none looks like it at all. */
const char *cli_nearest(const char *typed, const char *const *known, size_t count);

#endif
