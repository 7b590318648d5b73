#include "tests/unit/check.h"

#include <string.h>

#include "core/report.h"

/* Where the fields lie, said a second time: kiosk and reader may be of different ages. */
#define AT_KIND 4
#define AT_STATE 5
#define AT_TECHNOLOGY 6
#define AT_HAS_MAC 7
#define AT_UID 40
#define AT_TOKEN 90
#define AT_WORDS 156
#define AT_CRC 188

int test_report(void);

static struct report badge_report(void)
{
	struct report report = {
		.kind = REPORT_BADGE,
		.state = READER_UP,
		.technology = TECHNOLOGY_TYPE2,
		.seen_ns = 0x0123456789ABCDEF,
		.opens = 1,
		.errors = UINT64_MAX,
		.hits = 256,
		.uid = { .kind = IDENTITY_UID, .length = 7, .bytes = { 4, 1, 2, 3, 4, 5, 6 } },
		.token = { .kind = IDENTITY_TOKEN, .length = 16, .bytes = "sixteen letters" },
		.has_mac = true,
		.mac = "a mac of sixteen",
		.words = "taking badges",
	};
	return report;
}

/* The usual CRC-32, by nibbles; the one under test goes by bits. */
static void seal(uint8_t bytes[REPORT_BYTES])
{
	uint32_t table[16], crc = 0xFFFFFFFF;
	for (uint32_t i = 0; i < 16; i++) {
		table[i] = i;
		for (int bit = 0; bit < 4; bit++)
			table[i] = table[i] & 1 ? table[i] >> 1 ^ 0xEDB88320 : table[i] >> 1;
	}
	for (size_t i = 0; i < AT_CRC; i++) {
		crc = table[(crc ^ bytes[i]) & 15] ^ crc >> 4;
		crc = table[(crc ^ bytes[i] >> 4) & 15] ^ crc >> 4;
	}
	for (size_t i = 0; i < 4; i++)
		bytes[AT_CRC + i] = (uint8_t)(~crc >> (8 * i));
}

static bool same_identity(const struct identity *a, const struct identity *b)
{
	return a->kind == b->kind && a->length == b->length &&
	       memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static void a_report_arrives_as_it_was_sent(void **state)
{
	(void)state;
	const struct report sent = badge_report();
	uint8_t bytes[REPORT_BYTES], sealed[REPORT_BYTES];
	struct report got;
	report_encode(&sent, bytes);
	memcpy(sealed, bytes, sizeof sealed);
	seal(sealed);
	assert_memory_equal(bytes, sealed, sizeof sealed);
	assert_memory_equal(bytes, "ICR1\x01\x01\x01\x01\xEF\xCD\xAB\x89\x67\x45\x23\x01", 16);
	assert_true(report_decode(&got, bytes));
	assert_int_equal(got.kind, sent.kind);
	assert_int_equal(got.state, sent.state);
	assert_int_equal(got.technology, sent.technology);
	assert_true(got.seen_ns == sent.seen_ns && got.opens == sent.opens);
	assert_true(got.errors == sent.errors && got.hits == sent.hits);
	assert_true(same_identity(&got.uid, &sent.uid) && same_identity(&got.token, &sent.token));
	assert_true(got.has_mac);
	assert_memory_equal(got.mac, sent.mac, sizeof got.mac);
	assert_string_equal(got.words, sent.words);
}

static void no_single_bit_goes_unnoticed(void **state)
{
	(void)state;
	const struct report sent = badge_report();
	uint8_t bytes[REPORT_BYTES];
	struct report untouched = { .hits = 42 };
	report_encode(&sent, bytes);
	for (size_t bit = 0; bit < 8 * REPORT_BYTES; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (report_decode(&untouched, bytes) || untouched.hits != 42)
			fail_msg("bit %zu was turned and the report was believed", bit);
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

static void a_mad_reader_is_refused_field_by_field(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		size_t at;
		uint8_t bytes[3];
		uint8_t count;
		bool want;
	} rows[] = {
		{ "untouched, it is believed", AT_KIND, { REPORT_BADGE }, 1, true },
		{ "another magic", 0, { 'X' }, 1, false },
		{ "a kind there is not", AT_KIND, { REPORT_KIND_COUNT }, 1, false },
		{ "a state there is not", AT_STATE, { READER_STATE_COUNT }, 1, false },
		{ "a technology there is not", AT_TECHNOLOGY, { TECHNOLOGY_COUNT }, 1, false },
		{ "neither yes nor no", AT_HAS_MAC, { 2 }, 1, false },
		{ "a UID of 10 bytes", AT_UID, { IDENTITY_UID, 10 }, 2, true },
		{ "an IDm of 8", AT_UID, { IDENTITY_UID, 8 }, 2, true },
		{ "a UID of 4", AT_UID, { IDENTITY_UID4, 4 }, 2, true },
		{ "a UID of 9", AT_UID, { IDENTITY_UID, 9 }, 2, false },
		{ "a short UID of 7", AT_UID, { IDENTITY_UID4, 7 }, 2, false },
		{ "a UID that says it is signed", AT_UID, { IDENTITY_SIGNED, 16 }, 2, false },
		{ "a UID of a kind there is not", AT_UID, { IDENTITY_KIND_COUNT, 7 }, 2, false },
		{ "no UID, yet with a length", AT_UID, { IDENTITY_NONE, 7 }, 2, false },
		{ "no UID beside a token", AT_UID, { IDENTITY_NONE, 0 }, 2, true },
		{ "the shortest token", AT_TOKEN, { IDENTITY_TOKEN, 12 }, 2, true },
		{ "the longest token", AT_TOKEN, { IDENTITY_TOKEN, 48 }, 2, true },
		{ "a token too short", AT_TOKEN, { IDENTITY_TOKEN, 11 }, 2, false },
		{ "a token too long", AT_TOKEN, { IDENTITY_TOKEN, 49 }, 2, false },
		{ "a token that says it was checked", AT_TOKEN, { IDENTITY_SIGNED, 16 }, 2, false },
		{ "a UID in the token's place", AT_TOKEN, { IDENTITY_UID, 7 }, 2, false },
		{ "a MAC without its token", AT_TOKEN, { IDENTITY_NONE, 0 }, 2, false },
		{ "words that are no UTF-8", AT_WORDS, { 0xC3, 'x' }, 2, false },
		{ "no words", AT_WORDS, { 0 }, 1, true },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct report sent = badge_report();
		uint8_t bytes[REPORT_BYTES];
		struct report got;
		report_encode(&sent, bytes);
		memcpy(bytes + rows[i].at, rows[i].bytes, rows[i].count);
		seal(bytes);
		CHECK_ROW(rows[i].sentence, report_decode(&got, bytes) == rows[i].want);
	}
}

static void a_badge_has_an_identity_and_a_pulse_needs_none(void **state)
{
	(void)state;
	struct report report = { .kind = REPORT_PULSE }, got;
	uint8_t bytes[REPORT_BYTES];
	report_encode(&report, bytes);
	assert_true(report_decode(&got, bytes));
	report.kind = REPORT_BADGE;
	report_encode(&report, bytes);
	assert_false(report_decode(&got, bytes));
	report.uid = (struct identity){ .kind = IDENTITY_UID4, .length = 4 };
	report_encode(&report, bytes);
	assert_true(report_decode(&got, bytes));
}

static void words_always_arrive_whole(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		char sent[REPORT_WORDS_SIZE];
		const char *got;
	} rows[] = {
		{ "32 letters fit", "12345678901234567890123456789012",
			"12345678901234567890123456789012" },
		{ "half a character is replaced", "caf\xC3", "caf\xEF\xBF\xBD" },
		{ "or left out at the end", "1234567890123456789012345678901\xC3",
			"1234567890123456789012345678901" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct report report = { .kind = REPORT_STATE }, got;
		uint8_t bytes[REPORT_BYTES];
		memcpy(report.words, rows[i].sent, sizeof report.words);
		report_encode(&report, bytes);
		CHECK_ROW(rows[i].sentence, report_decode(&got, bytes));
		CHECK_ROW(rows[i].sentence, strcmp(got.words, rows[i].got) == 0);
	}
}

static void states_have_names(void **state)
{
	(void)state;
	static const char *const names[READER_STATE_COUNT] = { "starting", "up", "absent", "silent",
		"refused" };
	for (size_t i = 0; i < READER_STATE_COUNT; i++)
		assert_string_equal(reader_state_name((enum reader_state)i), names[i]);
}

int test_report(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_arrives_as_it_was_sent),
		cmocka_unit_test(no_single_bit_goes_unnoticed),
		cmocka_unit_test(a_mad_reader_is_refused_field_by_field),
		cmocka_unit_test(a_badge_has_an_identity_and_a_pulse_needs_none),
		cmocka_unit_test(words_always_arrive_whole),
		cmocka_unit_test(states_have_names),
	};
	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
