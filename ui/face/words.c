#include "face/words.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

#define COUNT_FILLS_MAX 3

const char *word(enum language language, enum word word)
{
	return words_table[language][word];
}

enum word word_of_sessions(enum session_name called, enum word plain)
{
	static const enum word ateliers[][2] = {
		{ WORD_WELCOME_YOUR, WORD_WELCOME_YOUR_ATELIER },
		{ WORD_CHOOSE_TITLE, WORD_CHOOSE_TITLE_ATELIER },
		{ WORD_CHOOSE_TITLE_NONAME, WORD_CHOOSE_TITLE_NONAME_ATELIER },
		{ WORD_CHOOSE_SUB, WORD_CHOOSE_SUB_ATELIER },
		{ WORD_CHOOSE_LATER, WORD_CHOOSE_LATER_ATELIER },
		{ WORD_FULL_TITLE, WORD_FULL_TITLE_ATELIER },
		{ WORD_BTN_OTHER, WORD_BTN_OTHER_ATELIER },
		{ WORD_REG_CHOOSE, WORD_REG_CHOOSE_ATELIER },
	};
	if (called == CALLED_ATELIERS)
		for (size_t i = 0; i < sizeof ateliers / sizeof ateliers[0]; i++)
			if (ateliers[i][0] == plain)
				return ateliers[i][1];
	return plain;
}

/* Copies up to the next place and its value; returns what is left of @text. */
static const char *fill_one(char *ret, size_t size, size_t *length, const char *text,
	const struct fill *fills, size_t count)
{
	const char *open = strchr(text, '{'), *close = open ? strchr(open, '}') : NULL;
	if (!close) {
		*length += utf8_clip(ret + *length, size - *length, text);
		return "";
	}
	char plain[1024];
	snprintf(plain, sizeof plain, "%.*s", (int)(open - text), text);
	*length += utf8_clip(ret + *length, size - *length, plain);
	const size_t bytes = (size_t)(close - open - 1);
	for (size_t i = 0; i < count; i++)
		if (strlen(fills[i].name) == bytes && memcmp(fills[i].name, open + 1, bytes) == 0)
			*length += utf8_clip(ret + *length, size - *length, fills[i].value);
	return close + 1;
}

static const char *fill_all(
	char *ret, size_t size, const char *text, const struct fill *fills, size_t count)
{
	size_t length = 0;
	ret[0] = '\0';
	while (*text)
		text = fill_one(ret, size, &length, text, fills, count);
	return ret;
}

const char *word_fill(char *ret, size_t size, enum language language, enum word which,
	const struct fill *fills, size_t count)
{
	return fill_all(ret, size, word(language, which), fills, count);
}

unsigned word_form(enum language language, int64_t n)
{
	return words_form((int)language, n < 0 ? -(unsigned long long)n : (unsigned long long)n);
}

const char *word_count(char *ret, size_t size, enum language language, enum plural which, int64_t n,
	const struct fill *fills, size_t count)
{
	char number[24];
	struct fill all[COUNT_FILLS_MAX] = { { "n", number } };
	size_t filled = 1;
	snprintf(number, sizeof number, "%lld", (long long)n);
	for (size_t i = 0; i < count && filled < COUNT_FILLS_MAX; i++)
		all[filled++] = fills[i];
	return fill_all(
		ret, size, plurals_table[language][which][word_form(language, n)], all, filled);
}

const char *word_time(char ret[8], int64_t at_ms, int32_t utc_offset_min)
{
	struct calendar c;
	calendar_of(&c, at_ms, utc_offset_min);
	snprintf(ret, 8, "%02d:%02d", c.hour % 24, c.minute % 60);
	return ret;
}

const char *word_date(
	char *ret, size_t size, enum language language, int64_t at_ms, int32_t utc_offset_min)
{
	static const enum word days[] = { WORD_DATE_DAY_0, WORD_DATE_DAY_1, WORD_DATE_DAY_2,
		WORD_DATE_DAY_3, WORD_DATE_DAY_4, WORD_DATE_DAY_5, WORD_DATE_DAY_6 };
	static const enum word months[] = { WORD_DATE_MONTH_01, WORD_DATE_MONTH_02,
		WORD_DATE_MONTH_03, WORD_DATE_MONTH_04, WORD_DATE_MONTH_05, WORD_DATE_MONTH_06,
		WORD_DATE_MONTH_07, WORD_DATE_MONTH_08, WORD_DATE_MONTH_09, WORD_DATE_MONTH_10,
		WORD_DATE_MONTH_11, WORD_DATE_MONTH_12 };
	struct calendar c;
	calendar_of(&c, at_ms, utc_offset_min);
	snprintf(ret, size, "%s %d %s", word(language, days[c.weekday]), c.day,
		word(language, months[c.month - 1]));
	return ret;
}
