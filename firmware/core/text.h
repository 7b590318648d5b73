/**
 * Text: UTF-8 that fits, CSV cells that are safe, ISO 8601 times. Pure; any thread.
 * Every writer returns the length without the NUL, always ends with a NUL when @size > 0, and
 * never cuts a character in two.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at @text, of which @left >= 1 bytes are there: how many bytes it takes (1 to 4), or
 * 0 with @ret_code untouched when it is no UTF-8. */
size_t utf8_next(const char *text, size_t left, uint32_t *ret_code);
bool utf8_is_valid(const char *text, size_t length); /* no surrogates, overlong forms, NUL */
/* Copies what fits in whole characters; bytes that are no UTF-8 become U+FFFD. */
size_t utf8_clip(char *ret, size_t size, const char *text);
/* Drops blanks (also U+00A0 and U+FEFF) at both ends, in place. */
void text_trim(char *text);
/* For comparing: lower case, accents of Latin letters removed (é -> e, ø -> o, ß -> ss, IJ -> ij),
 * written as one character or two; dashes and apostrophes of every shape made plain; runs of blanks
 * one blank. Ids of organisations and people are made of it, so what a letter folds to never
 * changes. */
size_t text_fold(char *ret, size_t size, const char *text);
/* Whether it can be an e-mail address: something before and after one '@', no blank in it. */
bool text_is_mail(const char *text);
/* By the first 1023 bytes of what they fold to. */
bool text_equal_folded(const char *a, const char *b);
/* The same, and "&", "en" and "and" between words are one. For names that people copy by hand. */
bool text_equal_loosely(const char *a, const char *b);

/**
 * One CSV cell: quoted when it holds @separator, '"', CR or LF, with '"' doubled; a first
 * = + - @ tab or CR is defused by a leading apostrophe (spreadsheets would calculate it).
 * Returns the length the whole cell needs; a cell that is not shorter than @size leaves @ret empty,
 * because half a cell would be read as something else.
 */
size_t csv_cell(char *ret, size_t size, const char *text, char separator);

#define DIGITS_TEXT_SIZE 21 /* the longest, with its NUL */
/* In decimal, with leading zeros when it has fewer than @least digits. */
size_t digits_text(char ret[DIGITS_TEXT_SIZE], int64_t value, int least);

/* Times are of the Gregorian calendar, also before it began; years 0001 to 9999. */
#define TIME_TEXT_SIZE 40
/* 2026-11-24T10:21:09.123+01:00; milliseconds only when not zero. */
size_t time_iso(char *ret, size_t size, int64_t wall_ms, int32_t utc_offset_min);
/* 24-11-2026 10:21:09, as Dutch Excel reads it. */
size_t time_dutch(char *ret, size_t size, int64_t wall_ms, int32_t utc_offset_min);
/* Accepts T or a blank, seconds or none, fraction or none, Z or an offset (+01:00, +0100, +01);
 * without an offset *@ret_has_offset is false and the time is as if UTC. 24-11-2026 10:21 is
 * accepted too, and 4-1-2026 9:05 as Dutch spreadsheets write it. False and untouched otherwise. */
bool time_parse(
	int64_t *ret_wall_ms, int32_t *ret_offset_min, bool *ret_has_offset, const char *text);

struct calendar {
	int year, month, day; /* month 1 to 12 */
	int hour, minute, second, millisecond;
	int weekday; /* 0 is Sunday */
};
void calendar_of(struct calendar *ret, int64_t wall_ms, int32_t utc_offset_min);
/* The weekday is ignored. */
int64_t calendar_to_ms(const struct calendar *calendar, int32_t utc_offset_min);

#endif
