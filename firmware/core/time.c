#include "core/text.h"

#include <stdio.h>
#include <string.h>

#define MINUTE_MS 60000LL
#define DAY_MS (24 * 60 * MINUTE_MS)
#define DIGITS "0123456789"
#define LONGEST (8 * DIGITS_TEXT_SIZE) /* whatever the numbers are */

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days since 1970 of a date, counting years from March so that leap days come last. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
	const int64_t y = month <= 2 ? year - 1 : year;
	const int64_t era = floor_div(y, 400), of_era = y - era * 400;
	const int64_t of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void calendar_of(struct calendar *ret, int64_t wall_ms, int32_t utc_offset_min)
{
	const int64_t local_ms = wall_ms + utc_offset_min * MINUTE_MS;
	const int64_t days = floor_div(local_ms, DAY_MS), of_day = local_ms - days * DAY_MS;
	const int64_t shifted = days + 719468, era = floor_div(shifted, 146097);
	const int64_t of_era = shifted - era * 146097;
	const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	const int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	const int64_t month = (5 * of_year + 2) / 153;

	*ret = (struct calendar){
		.day = (int)(of_year - (153 * month + 2) / 5 + 1),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.year = (int)(year + era * 400 + (month >= 10)),
		.hour = (int)(of_day / (60 * MINUTE_MS)),
		.minute = (int)(of_day / MINUTE_MS % 60),
		.second = (int)(of_day / 1000 % 60),
		.millisecond = (int)(of_day % 1000),
		.weekday = (int)(((days + 4) % 7 + 7) % 7),
	};
}

int64_t calendar_to_ms(const struct calendar *calendar, int32_t utc_offset_min)
{
	const int64_t days = days_of(calendar->year, calendar->month, calendar->day);
	const int64_t minutes = calendar->hour * 60LL + calendar->minute - utc_offset_min;
	return days * DAY_MS + minutes * MINUTE_MS + calendar->second * 1000LL +
	       calendar->millisecond;
}

/* Writes @value and what separates it from what follows; '\0' for nothing. */
static char *put(char *at, int value, int least, char after)
{
	at += digits_text(at, value, least);
	*at = after;
	return at + (after != '\0');
}

static size_t copy(char *ret, size_t size, const char *text, size_t length)
{
	if (length >= size)
		return utf8_clip(ret, size, text);
	memcpy(ret, text, length + 1);
	return length;
}

size_t time_iso(char *ret, size_t size, int64_t wall_ms, int32_t utc_offset_min)
{
	struct calendar c;
	calendar_of(&c, wall_ms, utc_offset_min);
	const int offset = utc_offset_min < 0 ? -utc_offset_min : utc_offset_min;
	char text[LONGEST];
	char *at = put(text, c.year, 4, '-');
	at = put(at, c.month, 2, '-');
	at = put(at, c.day, 2, 'T');
	at = put(at, c.hour, 2, ':');
	at = put(at, c.minute, 2, ':');
	at = put(at, c.second, 2, c.millisecond ? '.' : '\0');
	if (c.millisecond)
		at = put(at, c.millisecond, 3, '\0');
	*at++ = utc_offset_min < 0 ? '-' : '+';
	at = put(at, offset / 60, 2, ':');
	at = put(at, offset % 60, 2, '\0');
	return copy(ret, size, text, (size_t)(at - text));
}

size_t time_dutch(char *ret, size_t size, int64_t wall_ms, int32_t utc_offset_min)
{
	struct calendar c;
	calendar_of(&c, wall_ms, utc_offset_min);
	char text[LONGEST];
	char *at = put(text, c.day, 2, '-');
	at = put(at, c.month, 2, '-');
	at = put(at, c.year, 4, ' ');
	at = put(at, c.hour, 2, ':');
	at = put(at, c.minute, 2, ':');
	at = put(at, c.second, 2, '\0');
	return copy(ret, size, text, (size_t)(at - text));
}

/* A number of @least to @most digits at *@at, or -1. */
static int take_number(const char **at, int least, int most)
{
	int value = 0, digits = 0;
	while (digits < most && (*at)[digits] >= '0' && (*at)[digits] <= '9') {
		value = value * 10 + ((*at)[digits] - '0');
		digits++;
	}
	*at += digits;
	return digits < least ? -1 : value;
}

static bool take(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static int days_in(int year, int month)
{
	return (int)(days_of(month == 12 ? year + 1 : year, month % 12 + 1, 1) -
		     days_of(year, month, 1));
}

/* YYYY-MM-DD, or as the Dutch write it D-M-YYYY. */
static bool take_date(const char **at, struct calendar *ret)
{
	const bool year_first = strspn(*at, DIGITS) == 4;
	const int least = year_first ? 2 : 1;
	const int first = take_number(at, year_first ? 4 : least, 4);
	if (first < 0 || !take(at, '-'))
		return false;
	ret->month = take_number(at, least, 2);
	if (ret->month < 1 || ret->month > 12 || !take(at, '-'))
		return false;
	const int last = take_number(at, year_first ? least : 4, year_first ? 2 : 4);
	ret->year = year_first ? first : last;
	ret->day = year_first ? last : first;
	return ret->year >= 1 && ret->day >= 1 && ret->day <= days_in(ret->year, ret->month);
}

static bool take_fraction(const char **at, int *ret_ms)
{
	if (!take(at, '.'))
		return true;
	int scale = 100, digits = 0;
	for (; **at >= '0' && **at <= '9'; (*at)++, digits++) {
		*ret_ms += (**at - '0') * scale;
		scale /= 10;
	}
	return digits > 0;
}

static bool take_time(const char **at, struct calendar *ret)
{
	ret->hour = take_number(at, 1, 2);
	if (ret->hour < 0 || ret->hour > 23 || !take(at, ':'))
		return false;
	ret->minute = take_number(at, 2, 2);
	if (ret->minute < 0 || ret->minute > 59)
		return false;
	if (!take(at, ':'))
		return true;
	ret->second = take_number(at, 2, 2);
	return ret->second >= 0 && ret->second <= 59 && take_fraction(at, &ret->millisecond);
}

/* Z, +01:00, +0100, +01 or nothing. */
static bool take_offset(const char **at, int32_t *ret_min, bool *ret_has)
{
	*ret_min = 0;
	*ret_has = **at != '\0';
	if (!*ret_has || take(at, 'Z'))
		return true;
	const bool west = **at == '-';
	if (!west && **at != '+')
		return false;
	(*at)++;
	const int hours = take_number(at, 2, 2);
	const bool needs_minutes = take(at, ':') || **at != '\0';
	const int minutes = needs_minutes ? take_number(at, 2, 2) : 0;
	if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
		return false;
	*ret_min = (hours * 60 + minutes) * (west ? -1 : 1);
	return true;
}

bool time_parse(
	int64_t *ret_wall_ms, int32_t *ret_offset_min, bool *ret_has_offset, const char *text)
{
	struct calendar calendar = { 0 };
	int32_t offset_min;
	bool has_offset;
	if (!take_date(&text, &calendar) || (!take(&text, 'T') && !take(&text, ' ')) ||
		!take_time(&text, &calendar) || !take_offset(&text, &offset_min, &has_offset) ||
		*text != '\0')
		return false;
	*ret_wall_ms = calendar_to_ms(&calendar, offset_min);
	*ret_offset_min = offset_min;
	*ret_has_offset = has_offset;
	return true;
}
