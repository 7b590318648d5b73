/** What the terminal says in two languages: nl when the locale does, else English. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stddef.h>
#include <stdint.h>

struct words {
	const char *en, *nl;
};

const char *cli_words(const struct words *words);

/* What is counted, as one and as more. */
struct counted {
	struct words one, more;
};
#define COUNTED_SIZE 64
/* "1 tap", "2 taps", in the language of the terminal. Returns @ret. */
const char *cli_counted(char ret[COUNTED_SIZE], int64_t count, const struct counted *what);
extern const struct counted counted_taps, counted_people;

/* @text and blanks up to @width characters (not bytes) to stdout; longer text stays whole. */
void cli_print_padded(const char *text, size_t width);
size_t cli_characters(const char *text);

/* Whichever of @known looks most like @typed; NULL when none looks like it at all. */
const char *cli_nearest(const char *typed, const char *const *known, size_t count);

#endif
