#include "cli/words.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/trouble.h"
#include "cli/cli.h"

enum { WORD_MAX = 40 };

enum language cli_language(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strncmp(value, "nl", 2) == 0 ? LANGUAGE_NL : LANGUAGE_EN;
	}
	return LANGUAGE_EN;
}

const char *cli_strerror(int error)
{
	return trouble_words(error, cli_language());
}

const char *cli_words(const struct words *words)
{
	return cli_language() == LANGUAGE_NL ? words->nl : words->en;
}

const struct counted counted_taps = { { "tap", "tik" }, { "taps", "tikken" } },
		     counted_people = { { "attendee", "deelnemer" },
			     { "attendees", "deelnemers" } };

const char *cli_counted(char ret[COUNTED_SIZE], int64_t count, const struct counted *what)
{
	snprintf(ret, COUNTED_SIZE, "%lld %.40s", (long long)count,
		cli_words(count == 1 ? &what->one : &what->more));
	return ret;
}

size_t cli_characters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

void cli_print_padded(const char *text, size_t width)
{
	const size_t length = cli_characters(text);

	printf("%s%*s", text, length < width ? (int)(width - length) : 0, "");
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* How many letters to change, add, drop or swap with their neighbour to make @b of @a. */
static unsigned letters_between(const char *a, const char *b)
{
	unsigned cost[WORD_MAX + 1][WORD_MAX + 1];
	const size_t rows = strlen(a), columns = strlen(b);

	if (rows > WORD_MAX || columns > WORD_MAX)
		return WORD_MAX;
	for (size_t i = 0; i <= rows; i++) {
		for (size_t j = 0; j <= columns; j++) {
			if (i == 0 || j == 0) {
				cost[i][j] = (unsigned)(i + j);
				continue;
			}
			cost[i][j] = least(cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
				least(cost[i - 1][j], cost[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	}
	return cost[rows][columns];
}

const char *cli_nearest(const char *typed, const char *const *known, size_t count)
{
	const char *nearest = NULL;
	unsigned fewest = (unsigned)strlen(typed) / 2 + 1;

	for (size_t i = 0; i < count; i++) {
		const unsigned letters = letters_between(typed, known[i]);

		if (letters < fewest) {
			fewest = letters;
			nearest = known[i];
		}
	}
	return nearest;
}
