#include "tests/unit/check.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

#define SCRAMBLED_SIZE 64

int test_text(void);

static void only_real_utf8_is_valid(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *bytes;
		size_t length;
		bool want;
	} rows[] = {
		{ "nothing is valid", "", 0, true },
		{ "plain letters", "Zwolle", 6, true },
		{ "two, three and four bytes", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9, true },
		{ "the last code point", "\xF4\x8F\xBF\xBF", 4, true },
		{ "past the last code point", "\xF4\x90\x80\x80", 4, false },
		{ "a NUL inside", "a\0b", 3, false },
		{ "a lone continuation", "\x80", 1, false },
		{ "a byte that never occurs", "\xFF", 1, false },
		{ "cut short", "\xE2\x82", 2, false },
		{ "followed by a letter",
			"\xC3"
			"a",
			2, false },
		{ "broken in the third byte",
			"\xE2\x82"
			"a",
			3, false },
		{ "overlong in two", "\xC0\xAF", 2, false },
		{ "overlong in three", "\xE0\x80\xAF", 3, false },
		{ "overlong in four", "\xF0\x80\x80\xAF", 4, false },
		{ "the first surrogate", "\xED\xA0\x80", 3, false },
		{ "the last surrogate", "\xED\xBF\xBF", 3, false },
		{ "after the surrogates", "\xEE\x80\x80", 3, true },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(rows[i].sentence,
			utf8_is_valid(rows[i].bytes, rows[i].length) == rows[i].want);
}

static void every_code_point_is_read_back(void **state)
{
	(void)state;
	uint32_t code;
	for (uint32_t want = 1; want <= 0x10FFFF; want++) {
		const char bytes[] = { (char)(0xF0 | want >> 18),
			(char)(0x80 | (want >> 12 & 0x3F)), (char)(0x80 | (want >> 6 & 0x3F)),
			(char)(0x80 | (want & 0x3F)) };
		char three = (char)(0xE0 | want >> 12), two = (char)(0xC0 | want >> 6);
		const char in_three[] = { three, bytes[2], bytes[3] }, in_two[] = { two, bytes[3] };
		const char in_one[] = { (char)want };
		const bool surrogate = want >= 0xD800 && want <= 0xDFFF;
		const size_t length = want < 0x80 ? 1 : want < 0x800 ? 2 : want < 0x10000 ? 3 : 4;
		const char *const forms[] = { in_one, in_two, in_three, bytes };
		const size_t step = utf8_next(forms[length - 1], length, &code);
		if (surrogate ? step != 0 : step != length || code != want)
			fail_msg("U+%04X was read as %zu bytes", want, step);
	}
}

static void text_is_cut_between_characters(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *text;
		size_t size;
		const char *want;
	} rows[] = {
		{ "what fits is kept", "Zwolle", 7, "Zwolle" },
		{ "letters are cut anywhere", "Zwolle", 4, "Zwo" },
		{ "an accent goes with its letter", "caf\xC3\xA9", 5, "caf" },
		{ "or stays with it", "caf\xC3\xA9", 6, "caf\xC3\xA9" },
		{ "room for a NUL only", "Zwolle", 1, "" },
		{ "a stray byte is said",
			"a\xFF"
			"b",
			9,
			"a\xEF\xBF\xBD"
			"b" },
		{ "a cut character is said byte by byte", "\xE2\x82", 9,
			"\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "a replacement that does not fit is left out", "a\xFF", 4, "a" },
	};
	char ret[16];
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const size_t length = utf8_clip(ret, rows[i].size, rows[i].text);
		CHECK_ROW(rows[i].sentence, strcmp(ret, rows[i].want) == 0);
		CHECK_ROW(rows[i].sentence, length == strlen(ret));
	}
	ret[0] = 'x';
	assert_int_equal(utf8_clip(ret, 0, "Zwolle"), 0);
	assert_int_equal(ret[0], 'x');
}

/* Words of a few bytes each: letters, accents, signs, blanks and bytes that are no UTF-8. */
static void scramble(char ret[SCRAMBLED_SIZE], size_t pieces, uint64_t *seed)
{
	static const char *const parts[] = { "a", "Z", " ", "\t", "\xC3\xA9", "\xC3\x9F",
		"\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xFF", "\x80", "\xE2\x82", "\xC2\xA0",
		"\xC4\xB2", "e\xCC\x81", "\xE1\xBB\x91", "\"", ";", "\xED\xA0\x80" };
	int length = 0;
	ret[0] = '\0';
	for (size_t i = 0; i < pieces; i++)
		length += snprintf(ret + length, SCRAMBLED_SIZE - (size_t)length, "%s",
			parts[chance(seed) % COUNT_OF(parts)]);
}

static void whatever_comes_in_utf8_that_fits_comes_out(void **state)
{
	(void)state;
	uint64_t seed = 0xC11B;
	for (int round = 0; round < 3000; round++) {
		char text[SCRAMBLED_SIZE], ret[64], again[64];
		const size_t size = 1 + chance(&seed) % sizeof ret;
		scramble(text, chance(&seed) % 12, &seed);
		size_t length = utf8_clip(ret, size, text);
		assert_true(length < size && length == strlen(ret) && utf8_is_valid(ret, length));
		assert_int_equal(utf8_clip(again, sizeof again, ret), length);
		assert_string_equal(again, ret);
		length = text_fold(ret, size, text);
		assert_true(length < size && length == strlen(ret) && utf8_is_valid(ret, length));
		assert_int_equal(text_fold(again, sizeof again, ret), length);
		assert_string_equal(again, ret);
	}
}

static void blanks_at_both_ends_go(void **state)
{
	(void)state;
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },
		{ "Ada", "Ada" },
		{ "  Ada Lovelace\t\r\n", "Ada Lovelace" },
		{ "\xEF\xBB\xBF"
		  "badge",
			"badge" },
		{ "\xC2\xA0 Ada \xC2\xA0", "Ada" },
		{ "Ada\xEF\xBB\xBF", "Ada" },
		{ " \t\xC2\xA0\xEF\xBB\xBF\r\n", "" },
		{ "\xA0", "\xA0" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[32];
		snprintf(text, sizeof text, "%s", rows[i].text);
		text_trim(text);
		CHECK_ROW(rows[i].text, strcmp(text, rows[i].want) == 0);
	}
}

static void names_are_compared_without_case_and_accents(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		bool want;
	} rows[] = {
		{ "Ren\xC3\xA9\x65", "RENEE", true },
		{ "Rene\xCC\x81\x65", "ren\xC3\xA9\x65", true },
		{ "IJssel", "\xC4\xB2ssel", true },
		{ "ijssel", "\xC4\xB3ssel", true },
		{ "Stra\xC3\x9F\x65", "STRASSE", true },
		{ "STRA\xE1\xBA\x9E\x45", "strasse", true },
		{ "S\xC3\xB8ren \xC3\x85rup", "soren arup", true },
		{ "\xC5\x81ukasz \xC5\xBB\xC3\xB3\xC5\x82\xC4\x87", "lukasz zolc", true },
		{ "Nguy\xE1\xBB\x85n Th\xE1\xBB\x8B \xE1\xBB\x91", "NGUYEN THI O", true },
		{ "\xC4\xB0stanbul", "istanbul", true },
		{ "\xC3\x9E\xC3\xB3r", "thor", true },
		{ "\xC5\x92uvre", "oeuvre", true },
		{ "\xC3\x86r\xC3\xB8", "aero", true },
		{ "'t Hart", "\xE2\x80\x99t hart", true },
		{ "ICT\xE2\x80\x93zorg", "ict-zorg", true },
		{ "Jan  de\tVries", "jan de\xC2\xA0vries", true },
		{ "jan\r\nde", "jan de", true },
		{ "co\xC2\xADoperatie", "cooperatie", true },
		{ "AZ", "az", true },
		{ "@[", "`{", false },
		{ "Jan", "Jans", false },
		{ "a", "\xCE\xB1", false },
		{ "\xC3\x97", "x", false },
		{ "\xC7\x9D", "e", false },
		{ "\xFF", "\xFE", true },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		CHECK_ROW(rows[i].a, text_equal_folded(rows[i].a, rows[i].b) == rows[i].want);
		CHECK_ROW(rows[i].b, text_equal_folded(rows[i].b, rows[i].a) == rows[i].want);
	}
}

static void and_is_an_ampersand_when_compared_loosely(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		bool want;
	} rows[] = {
		{ "Creatieve en slimme", "creatieve & Slimme", true },
		{ "bed and breakfast and more", "bed & breakfast en more", true },
		{ "Ensemble", "&semble", false },
		{ "a & b", "a & c", false },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(rows[i].a, text_equal_loosely(rows[i].a, rows[i].b) == rows[i].want);
}

/* Latin-1 and Extended-A without their accents, one letter each; '.' stands alone, '2' is two
 * letters. */
static void every_western_letter_folds(void **state)
{
	(void)state;
	static const char want[] =
		"aaaaaa2ceeeeiiiidnooooo.ouuuuy22"
		"aaaaaa2ceeeeiiiidnooooo.ouuuuy2y"
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii22jjkkklllllllllln"
		"nnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
	assert_int_equal(sizeof want - 1, 0x180 - 0xC0);
	for (unsigned code = 0xC0; code < 0x180; code++) {
		const char text[] = { (char)(0xC0 | code >> 6), (char)(0x80 | (code & 0x3F)),
			'\0' };
		const char letter = want[code - 0xC0];
		char folded[8];
		text_fold(folded, sizeof folded, text);
		const bool holds = letter == '.'   ? strcmp(folded, text) == 0
				   : letter == '2' ? strlen(folded) == 2 && (folded[0] & 0x80) == 0
						   : folded[0] == letter && folded[1] == '\0';
		if (!holds)
			fail_msg("U+%04X folds to \"%s\"", code, folded);
	}
}

static void folding_stops_where_it_no_longer_fits(void **state)
{
	(void)state;
	char ret[8] = "x";
	assert_int_equal(text_fold(ret, 0, "Ada"), 0);
	assert_string_equal(ret, "x");
	assert_int_equal(text_fold(ret, 3, "Ada"), 2);
	assert_string_equal(ret, "ad");
	assert_int_equal(text_fold(ret, 2, "\xC3\x9F"), 0);
	assert_string_equal(ret, "");
	assert_int_equal(text_fold(ret, sizeof ret, "  A  "), 3);
	assert_string_equal(ret, " a ");
}

int test_text(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_real_utf8_is_valid),
		cmocka_unit_test(every_code_point_is_read_back),
		cmocka_unit_test(text_is_cut_between_characters),
		cmocka_unit_test(whatever_comes_in_utf8_that_fits_comes_out),
		cmocka_unit_test(blanks_at_both_ends_go),
		cmocka_unit_test(names_are_compared_without_case_and_accents),
		cmocka_unit_test(and_is_an_ampersand_when_compared_loosely),
		cmocka_unit_test(every_western_letter_folds),
		cmocka_unit_test(folding_stops_where_it_no_longer_fits),
	};
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
