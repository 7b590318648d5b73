#include "core/report.h"

#include <string.h>

#include "core/text.h"

/*
 * The layout: magic 4, kind 1, state 1, technology 1, has_mac 1, four counters of 8, two
 * identities of 2 + 48, MAC 16, words 32, CRC-32 4. Numbers are little-endian.
 */
#define MAGIC 0x31524349u /* "ICR1" */
#define WORDS_BYTES 32
#define AT_COUNTERS 8
#define AT_UID (AT_COUNTERS + 32)
#define AT_TOKEN (AT_UID + 2 + IDENTITY_BYTES_MAX)
#define AT_MAC (AT_TOKEN + 2 + IDENTITY_BYTES_MAX)
#define AT_WORDS (AT_MAC + REPORT_MAC_BYTES)
#define AT_CRC (REPORT_BYTES - 4)
_Static_assert(AT_WORDS + WORDS_BYTES == AT_CRC, "the message is exactly full");

static void put(uint8_t *to, uint64_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		to[i] = (uint8_t)(value >> (8 * i));
}

static uint64_t get(const uint8_t *from, size_t bytes)
{
	uint64_t value = 0;
	for (size_t i = bytes; i > 0; i--)
		value = value << 8 | from[i - 1];
	return value;
}

static uint32_t crc32_of(const uint8_t *bytes, size_t length)
{
	uint32_t crc = 0xFFFFFFFF;
	for (size_t i = 0; i < length; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (0xEDB88320 & (0u - (crc & 1)));
	}
	return ~crc;
}

static void put_identity(uint8_t *to, const struct identity *identity)
{
	to[0] = identity->kind;
	to[1] = identity->length;
	memcpy(to + 2, identity->bytes, IDENTITY_BYTES_MAX);
}

static void get_identity(struct identity *ret, const uint8_t *from)
{
	ret->kind = from[0];
	ret->length = from[1];
	memcpy(ret->bytes, from + 2, IDENTITY_BYTES_MAX);
}

/* Whether core/badge.h could have made it of what a reader saw. */
static bool is_absent(const struct identity *identity)
{
	return identity->kind == IDENTITY_NONE && identity->length == 0;
}

static bool is_uid(const struct identity *identity)
{
	const size_t length = identity->length;
	return (identity->kind == IDENTITY_UID4 && length == 4) ||
	       (identity->kind == IDENTITY_UID && (length == 7 || length == 8 || length == 10));
}

static bool is_token(const struct identity *identity)
{
	return identity->kind == IDENTITY_TOKEN && identity->length >= IDENTITY_TOKEN_MIN &&
	       identity->length <= IDENTITY_BYTES_MAX;
}

/* Each field alone is in range; do they make sense together? */
static bool is_whole(const struct report *report)
{
	const bool has_uid = is_uid(&report->uid), has_token = is_token(&report->token);
	if (!has_uid && !is_absent(&report->uid))
		return false;
	if (!has_token && !is_absent(&report->token))
		return false;
	if (report->has_mac && !has_token)
		return false;
	return report->kind != REPORT_BADGE || has_uid || has_token;
}

/* Words are cut to what fits, in whole characters: a decoder refuses anything else. */
static void put_words(uint8_t *to, const char *words)
{
	char ended[REPORT_WORDS_SIZE] = "", clipped[REPORT_WORDS_SIZE] = "";
	memcpy(ended, words, strnlen(words, WORDS_BYTES));
	utf8_clip(clipped, sizeof clipped, ended);
	memcpy(to, clipped, WORDS_BYTES);
}

void report_encode(const struct report *report, uint8_t ret[REPORT_BYTES])
{
	put(ret, MAGIC, 4);
	ret[4] = (uint8_t)report->kind;
	ret[5] = (uint8_t)report->state;
	ret[6] = (uint8_t)report->technology;
	ret[7] = report->has_mac;
	put(ret + AT_COUNTERS, report->seen_ns, 8);
	put(ret + AT_COUNTERS + 8, report->opens, 8);
	put(ret + AT_COUNTERS + 16, report->errors, 8);
	put(ret + AT_COUNTERS + 24, report->hits, 8);
	put_identity(ret + AT_UID, &report->uid);
	put_identity(ret + AT_TOKEN, &report->token);
	memcpy(ret + AT_MAC, report->mac, REPORT_MAC_BYTES);
	put_words(ret + AT_WORDS, report->words);
	put(ret + AT_CRC, crc32_of(ret, AT_CRC), 4);
}

bool report_decode(struct report *ret, const uint8_t bytes[REPORT_BYTES])
{
	if (get(bytes, 4) != MAGIC || get(bytes + AT_CRC, 4) != crc32_of(bytes, AT_CRC))
		return false;
	if (bytes[4] >= REPORT_KIND_COUNT || bytes[5] >= READER_STATE_COUNT ||
		bytes[6] >= TECHNOLOGY_COUNT || bytes[7] > 1)
		return false;

	struct report report = {
		.kind = (enum report_kind)bytes[4],
		.state = (enum reader_state)bytes[5],
		.technology = (enum technology)bytes[6],
		.has_mac = bytes[7],
		.seen_ns = get(bytes + AT_COUNTERS, 8),
		.opens = get(bytes + AT_COUNTERS + 8, 8),
		.errors = get(bytes + AT_COUNTERS + 16, 8),
		.hits = get(bytes + AT_COUNTERS + 24, 8),
	};
	get_identity(&report.uid, bytes + AT_UID);
	get_identity(&report.token, bytes + AT_TOKEN);
	memcpy(report.mac, bytes + AT_MAC, REPORT_MAC_BYTES);
	memcpy(report.words, bytes + AT_WORDS, WORDS_BYTES);
	if (!is_whole(&report) || !utf8_is_valid(report.words, strlen(report.words)))
		return false;
	*ret = report;
	return true;
}

const char *reader_state_name(enum reader_state state)
{
	static const char *const names[READER_STATE_COUNT] = { "starting", "up", "absent", "silent",
		"refused" };
	return names[state];
}
