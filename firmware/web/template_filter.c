#include "web/template_filter.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "face/words.h"

static void plain_text(char *ret, size_t size, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		utf8_clip(ret, size, json_string_value(value));
		break;
	case JSON_INTEGER:
		snprintf(ret, size, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_REAL:
		snprintf(ret, size, "%g", json_real_value(value));
		break;
	case JSON_TRUE:
		snprintf(ret, size, "true");
		break;
	case JSON_FALSE:
		snprintf(ret, size, "false");
		break;
	case JSON_OBJECT:
	case JSON_ARRAY:
	case JSON_NULL:
		break;
	}
}

/* Thousands apart: 1.284 or 1,284. */
static void number_text(char *ret, size_t size, double number, enum language language)
{
	char digits[32];
	const char *from = digits;
	char *to = ret;

	snprintf(digits, sizeof digits, "%.0f", number);
	if (size < 2 * sizeof digits || strlen(digits) > 20)
		return;
	if (*from == '-')
		*to++ = *from++;
	for (size_t left = strlen(from); left > 0; left--) {
		*to++ = *from++;
		if (left % 3 == 1 && left > 1)
			*to++ = language == LANGUAGE_NL ? '.' : ',';
	}
	*to = '\0';
}

static void decimal_text(char *ret, size_t size, double number, enum language language)
{
	snprintf(ret, size, "%.1f", number);
	char *point = strchr(ret, '.');
	if (point && language == LANGUAGE_NL)
		*point = ',';
}

static void figure_text(
	char *ret, size_t size, double number, enum template_filter filter, enum language language)
{
	if (!isfinite(number))
		return;
	if (filter == FILTER_NUMBER)
		number_text(ret, size, number, language);
	else if (filter == FILTER_DECIMAL)
		decimal_text(ret, size, number, language);
	else
		snprintf(ret, size, language == LANGUAGE_NL ? "%.0f\u00a0%%" : "%.0f%%",
			100 * number);
}

static const char *month(enum language language, int number)
{
	return word(language, (enum word)(WORD_DATE_MONTH_01 + number - 1));
}

static const char *weekday(enum language language, int number)
{
	return word(language, (enum word)(WORD_DATE_DAY_0 + number));
}

static void time_text(char *ret, size_t size, const char *iso, enum template_filter filter,
	enum language language)
{
	int64_t wall_ms;
	int32_t offset_min;
	bool has_offset;
	struct calendar c;

	if (!time_parse(&wall_ms, &offset_min, &has_offset, iso))
		return;
	calendar_of(&c, wall_ms, offset_min);
	if (filter == FILTER_CLOCK)
		snprintf(ret, size, "%02d:%02d:%02d", c.hour, c.minute, c.second);
	else if (filter == FILTER_TIME)
		snprintf(ret, size, "%02d:%02d", c.hour, c.minute);
	else if (filter == FILTER_DATE)
		snprintf(ret, size, "%d %s %d", c.day, month(language, c.month), c.year);
	else if (filter == FILTER_DAY)
		snprintf(ret, size, "%s %d %s %d", weekday(language, c.weekday), c.day,
			month(language, c.month), c.year);
	else if (filter == FILTER_WEEKDAY)
		snprintf(ret, size, "%s %d %s", weekday(language, c.weekday), c.day,
			month(language, c.month));
	else if (filter == FILTER_WHEN)
		snprintf(ret, size, "%d %s %02d:%02d", c.day, month(language, c.month), c.hour,
			c.minute);
	else
		snprintf(ret, size, "%04d-%02d-%02d", c.year, c.month, c.day);
}

const char *template_filter(char *ret, size_t size, const json_t *value,
	enum template_filter filter, enum language language)
{
	ret[0] = '\0';
	if (filter == FILTER_NONE)
		plain_text(ret, size, value);
	else if (filter == FILTER_MARK)
		snprintf(ret, size, "%s", json_is_false(value) ? "±\u00a0" : "");
	else if (filter >= FILTER_CLOCK && json_is_string(value))
		time_text(ret, size, json_string_value(value), filter, language);
	else if (filter < FILTER_CLOCK && json_is_number(value))
		figure_text(ret, size, json_number_value(value), filter, language);
	return ret;
}
