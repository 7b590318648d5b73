/** What every reader's fuzzer holds of a rejection: words in both languages, whole letters. */
#ifndef FUZZ_REJECTION_FUZZ_H
#define FUZZ_REJECTION_FUZZ_H

#include <string.h>

#include "core/text.h"
#include "exchange/rejection.h"

static void check_words(const struct rejection *rejection)
{
	char words[REASON_SIZE];
	for (int language = 0; language < LANGUAGE_COUNT; language++) {
		rejection_words(words, rejection, (enum language)language);
		if (!utf8_is_valid(words, strlen(words)))
			__builtin_trap();
	}
}

#endif
