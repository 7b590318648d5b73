/** The screen's words in the visitor's language. Pure; static tables made of ui/words. */
#ifndef FACE_WORDS_H
#define FACE_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "core/config.h"
#include "words_table.h"

const char *word(enum language language, enum word word);

/* The words for @plain where parallel sessions are called so; @plain itself where it is the same.
 */
enum word word_of_sessions(enum session_name called, enum word plain);

/* What stands for {name}. */
struct fill {
	const char *name, *value;
};

/* Fills at most two places; returns @ret. */
const char *word_fill(char *ret, size_t size, enum language language, enum word word,
	const struct fill *fills, size_t count);

/* What is said of @n: the language's own form for so many, {n} filled, and more places as above. */
const char *word_count(char *ret, size_t size, enum language language, enum plural which, int64_t n,
	const struct fill *fills, size_t count);
/* Which of a plural's two forms that is. */
unsigned word_form(enum language language, int64_t n);

const char *word_time(char ret[8], int64_t at_ms, int32_t utc_offset_min); /* 13:30 */
const char *word_date(char *ret, size_t size, enum language language, int64_t at_ms,
	int32_t utc_offset_min); /* donderdag 12 juni */

#endif
