#include "tests/unit/check.h"

#include <string.h>

#include "core/badge.h"

int test_badge(void);

static void uids_are_judged_as_the_standards_say(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		uint8_t uid[11];
		uint8_t length;
		enum technology technology;
		enum identity_outcome want;
		enum identity_kind kind;
	} rows[] = {
		{ "an NTAG has 7 bytes", { 4, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6 }, 7,
			TECHNOLOGY_TYPE2, IDENTITY_ACCEPTED, IDENTITY_UID },
		{ "triple size has 10", { 4, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 10, TECHNOLOGY_ISO_DEP,
			IDENTITY_ACCEPTED, IDENTITY_UID },
		{ "an old card has 4", { 0xDE, 0xAD, 0xBE, 0xEF }, 4, TECHNOLOGY_CLASSIC,
			IDENTITY_ACCEPTED, IDENTITY_UID4 },
		{ "4 bytes starting 08 are a phone's", { 8, 1, 2, 3 }, 4, TECHNOLOGY_ISO_DEP,
			IDENTITY_RANDOM, IDENTITY_NONE },
		{ "7 bytes starting 08 are a name", { 8, 1, 2, 3, 4, 5, 6 }, 7, TECHNOLOGY_TYPE2,
			IDENTITY_ACCEPTED, IDENTITY_UID },
		{ "the cascade tag starts no UID", { 0x88, 1, 2, 3 }, 4, TECHNOLOGY_CLASSIC,
			IDENTITY_REFUSED, IDENTITY_NONE },
		{ "no bytes are nobody", { 0 }, 0, TECHNOLOGY_TYPE2, IDENTITY_REFUSED,
			IDENTITY_NONE },
		{ "5 bytes are none of the sizes", { 1, 2, 3, 4, 5 }, 5, TECHNOLOGY_TYPE2,
			IDENTITY_REFUSED, IDENTITY_NONE },
		{ "8 bytes are FeliCa's alone", { 1, 2, 3, 4, 5, 6, 7, 8 }, 8, TECHNOLOGY_TYPE2,
			IDENTITY_REFUSED, IDENTITY_NONE },
		{ "11 bytes are too many", { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 11,
			TECHNOLOGY_TYPE2, IDENTITY_REFUSED, IDENTITY_NONE },
		{ "FeliCa has 8", { 1, 0x14, 3, 4, 5, 6, 7, 8 }, 8, TECHNOLOGY_FELICA,
			IDENTITY_ACCEPTED, IDENTITY_UID },
		{ "FeliCa may start 88", { 0x88, 1, 3, 4, 5, 6, 7, 8 }, 8, TECHNOLOGY_FELICA,
			IDENTITY_ACCEPTED, IDENTITY_UID },
		{ "FeliCa starting 02 FE is a card", { 2, 0xFE, 3, 4, 5, 6, 7, 8 }, 8,
			TECHNOLOGY_FELICA, IDENTITY_ACCEPTED, IDENTITY_UID },
		{ "FeliCa starting 01 FE is a phone's", { 1, 0xFE, 3, 4, 5, 6, 7, 8 }, 8,
			TECHNOLOGY_FELICA, IDENTITY_RANDOM, IDENTITY_NONE },
		{ "FeliCa never has 7", { 1, 2, 3, 4, 5, 6, 7 }, 7, TECHNOLOGY_FELICA,
			IDENTITY_REFUSED, IDENTITY_NONE },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct identity identity = { .kind = IDENTITY_NONE };
		CHECK_ROW(
			rows[i].sentence, identity_from_uid(&identity, rows[i].uid, rows[i].length,
						  rows[i].technology) == rows[i].want);
		CHECK_ROW(rows[i].sentence, identity.kind == rows[i].kind);
		const size_t length = rows[i].want == IDENTITY_ACCEPTED ? rows[i].length : 0;
		CHECK_ROW(rows[i].sentence, identity.length == length);
		CHECK_ROW(rows[i].sentence, memcmp(identity.bytes, rows[i].uid, length) == 0);
	}
}

static void tokens_have_enough_bytes_and_not_too_many(void **state)
{
	(void)state;
	uint8_t token[IDENTITY_BYTES_MAX + 1];
	memset(token, 0x5A, sizeof token);
	for (size_t length = 0; length <= sizeof token; length++) {
		struct identity identity = { .kind = IDENTITY_NONE };
		const bool fits = length >= IDENTITY_TOKEN_MIN && length <= IDENTITY_BYTES_MAX;
		assert_int_equal(identity_from_token(&identity, token, length, false), fits);
		assert_int_equal(identity.kind, fits ? IDENTITY_TOKEN : IDENTITY_NONE);
		assert_int_equal(identity.length, fits ? length : 0);
	}
	struct identity identity;
	assert_true(identity_from_token(&identity, token, 16, true));
	assert_int_equal(identity.kind, IDENTITY_SIGNED);
}

static void people_write_identities_in_many_ways(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum identity_kind kind;
		size_t length;
	} rows[] = {
		{ "04A1B2C3D4E5F6", IDENTITY_UID, 7 },
		{ "04a1b2c3d4e5f6", IDENTITY_UID, 7 },
		{ "04:A1:b2:C3:d4:E5:f6", IDENTITY_UID, 7 },
		{ "04-A1-B2-C3-D4-E5-F6", IDENTITY_UID, 7 },
		{ "04 A1 B2 C3 D4 E5 F6", IDENTITY_UID, 7 },
		{ "04A1 B2C3 D4E5F6", IDENTITY_UID, 7 },
		{ "DEADBEEF", IDENTITY_UID4, 4 },
		{ "0114030405060708", IDENTITY_UID, 8 },
		{ "04010203040506070809", IDENTITY_UID, 10 },
		{ "token:000102030405060708090a0b", IDENTITY_TOKEN, 12 },
		{ "token:00:01:02:03:04:05:06:07:08:09:0A:0B", IDENTITY_TOKEN, 12 },
		{ "", IDENTITY_NONE, 0 },
		{ "token:", IDENTITY_NONE, 0 },
		{ "token:0001", IDENTITY_NONE, 0 },
		{ "tokens:000102030405060708090a0b", IDENTITY_NONE, 0 },
		{ "04A1B2C3D4E5F", IDENTITY_NONE, 0 },
		{ "04A1B2C3D4E5FG", IDENTITY_NONE, 0 },
		{ "04A1B2C3D4E5F@", IDENTITY_NONE, 0 },
		{ ":04A1B2C3D4E5F6", IDENTITY_NONE, 0 },
		{ "04A1B2C3D4E5F6:", IDENTITY_NONE, 0 },
		{ "04::A1B2C3D4E5F6", IDENTITY_NONE, 0 },
		{ "0 4A1B2C3D4E5F6", IDENTITY_NONE, 0 },
		{ "08010203", IDENTITY_NONE, 0 },
		{ "8801020304", IDENTITY_NONE, 0 },
		{ "Ada", IDENTITY_NONE, 0 },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct identity identity = { .kind = IDENTITY_NONE };
		const bool accepted = identity_from_text(&identity, rows[i].text);
		CHECK_ROW(rows[i].text, accepted == (rows[i].kind != IDENTITY_NONE));
		CHECK_ROW(rows[i].text, identity.kind == rows[i].kind);
		CHECK_ROW(rows[i].text, identity.length == rows[i].length);
	}
	struct identity identity;
	char endless[2 * IDENTITY_BYTES_MAX + 10] = "token:";
	memset(endless + 6, 'a', 2 * IDENTITY_BYTES_MAX);
	assert_true(identity_from_text(&identity, endless));
	memset(endless + 6, 'a', 2 * IDENTITY_BYTES_MAX + 2);
	assert_false(identity_from_text(&identity, endless));
	assert_true(identity_from_text(&identity, "04:a1:B2:c3:D4:e5:F6"));
	static const uint8_t want[] = { 0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6 };
	assert_memory_equal(identity.bytes, want, sizeof want);
}

static void what_is_hashed_tells_uids_from_tokens_only(void **state)
{
	(void)state;
	static const uint8_t bytes[] = "abcdefghijkl";
	uint8_t plain[IDENTITY_CANONICAL_MAX], sealed[IDENTITY_CANONICAL_MAX];
	struct identity identity;
	assert_true(identity_from_token(&identity, bytes, 12, false));
	assert_int_equal(identity_canonical(&identity, plain), 14);
	assert_memory_equal(plain,
		"t\x0c"
		"abcdefghijkl",
		14);
	assert_true(identity_from_token(&identity, bytes, 12, true));
	assert_int_equal(identity_canonical(&identity, sealed), 14);
	assert_memory_equal(plain, sealed, 14);
	assert_int_equal(
		identity_from_uid(&identity, bytes, 4, TECHNOLOGY_CLASSIC), IDENTITY_ACCEPTED);
	assert_int_equal(identity_canonical(&identity, plain), 6);
	assert_memory_equal(plain,
		"u\x04"
		"abcd",
		6);
}

static void keys_are_written_and_read_back(void **state)
{
	(void)state;
	uint64_t seed = 0x1dea;
	for (int round = 0; round < 200; round++) {
		struct badge_key key, again;
		char text[BADGE_KEY_TEXT_SIZE];
		for (size_t i = 0; i < BADGE_KEY_BYTES; i++)
			key.bytes[i] = (uint8_t)chance(&seed);
		badge_key_text(&key, text);
		assert_int_equal(strlen(text), 2 * BADGE_KEY_BYTES);
		assert_true(badge_key_from_text(&again, text));
		assert_true(badge_key_equal(&key, &again));
		again.bytes[round % BADGE_KEY_BYTES] ^= 1;
		assert_false(badge_key_equal(&key, &again));
	}
	struct badge_key key;
	assert_false(badge_key_from_text(&key, "00"));
	assert_false(badge_key_from_text(&key, "0123456789abcdef0123456789abcdeg"));
	assert_false(badge_key_from_text(&key, "0123456789abcdef0123456789abcdef0"));
	assert_false(badge_key_from_text(&key, "0123456789abcdef:0123456789abcde"));
}

static void technologies_have_names(void **state)
{
	(void)state;
	static const char *const names[TECHNOLOGY_COUNT] = { "unknown", "type2", "classic",
		"iso-dep", "felica" };
	for (size_t i = 0; i < TECHNOLOGY_COUNT; i++)
		assert_string_equal(technology_name((enum technology)i), names[i]);
}

int test_badge(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(uids_are_judged_as_the_standards_say),
		cmocka_unit_test(tokens_have_enough_bytes_and_not_too_many),
		cmocka_unit_test(people_write_identities_in_many_ways),
		cmocka_unit_test(what_is_hashed_tells_uids_from_tokens_only),
		cmocka_unit_test(keys_are_written_and_read_back),
		cmocka_unit_test(technologies_have_names),
	};
	return cmocka_run_group_tests_name("badge", tests, NULL, NULL);
}
