#include "core/badge.h"

#include <string.h>

#define CASCADE_TAG 0x88 /* ISO 14443-3: never the first byte of a UID */
#define RANDOM_UID_TAG 0x08

static bool starts_with(const uint8_t *bytes, uint8_t first, uint8_t second)
{
	return bytes[0] == first && bytes[1] == second;
}

static enum identity_outcome judge_uid(
	const uint8_t *uid, size_t length, enum technology technology)
{
	if (technology == TECHNOLOGY_FELICA) {
		if (length != 8)
			return IDENTITY_REFUSED;
		/* A manufacturer code of 01 FE announces NFC-DEP: a phone, with a number drawn
		 * anew. */
		return starts_with(uid, 0x01, 0xFE) ? IDENTITY_RANDOM : IDENTITY_ACCEPTED;
	}
	if (length != 4 && length != 7 && length != 10)
		return IDENTITY_REFUSED;
	if (uid[0] == CASCADE_TAG)
		return IDENTITY_REFUSED;
	return length == 4 && uid[0] == RANDOM_UID_TAG ? IDENTITY_RANDOM : IDENTITY_ACCEPTED;
}

enum identity_outcome identity_from_uid(
	struct identity *ret, const uint8_t *uid, size_t length, enum technology technology)
{
	const enum identity_outcome outcome = judge_uid(uid, length, technology);
	if (outcome != IDENTITY_ACCEPTED)
		return outcome;

	*ret = (struct identity){ .length = (uint8_t)length };
	ret->kind = length == 4 ? IDENTITY_UID4 : IDENTITY_UID;
	memcpy(ret->bytes, uid, length);
	return IDENTITY_ACCEPTED;
}

bool identity_from_token(struct identity *ret, const uint8_t *token, size_t length, bool is_signed)
{
	if (length < IDENTITY_TOKEN_MIN || length > IDENTITY_BYTES_MAX)
		return false;
	*ret = (struct identity){ .length = (uint8_t)length };
	ret->kind = is_signed ? IDENTITY_SIGNED : IDENTITY_TOKEN;
	memcpy(ret->bytes, token, length);
	return true;
}

static int hex_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char lower = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
	const char *at = lower ? strchr(digits, lower) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* Bytes with an optional separator between them; how many, or 0 when it is something else. */
static size_t read_hex(uint8_t ret[IDENTITY_BYTES_MAX], const char *text)
{
	size_t count = 0;
	while (*text) {
		if (count > 0 && strchr(":- ", *text))
			text++;
		const int high = hex_value(text[0]);
		const int low = high < 0 ? -1 : hex_value(text[1]);
		if (low < 0 || count == IDENTITY_BYTES_MAX)
			return 0;
		ret[count++] = (uint8_t)(high << 4 | low);
		text += 2;
	}
	return count;
}

bool identity_from_text(struct identity *ret, const char *text)
{
	static const char token_prefix[] = "token:";
	const bool is_token = strncmp(text, token_prefix, sizeof token_prefix - 1) == 0;
	uint8_t bytes[IDENTITY_BYTES_MAX];
	const size_t length = read_hex(bytes, is_token ? text + sizeof token_prefix - 1 : text);
	if (is_token)
		return identity_from_token(ret, bytes, length, false);
	const enum technology technology = length == 8 ? TECHNOLOGY_FELICA : TECHNOLOGY_UNKNOWN;
	return identity_from_uid(ret, bytes, length, technology) == IDENTITY_ACCEPTED;
}

size_t identity_canonical(const struct identity *identity, uint8_t ret[IDENTITY_CANONICAL_MAX])
{
	const bool is_token = identity->kind >= IDENTITY_TOKEN;
	ret[0] = is_token ? 't' : 'u';
	ret[1] = identity->length;
	memcpy(ret + 2, identity->bytes, identity->length);
	return (size_t)identity->length + 2;
}

bool badge_key_equal(const struct badge_key *a, const struct badge_key *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void badge_key_text(const struct badge_key *key, char ret[BADGE_KEY_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < BADGE_KEY_BYTES; i++) {
		ret[2 * i] = digits[key->bytes[i] >> 4];
		ret[2 * i + 1] = digits[key->bytes[i] & 0x0f];
	}
	ret[2 * BADGE_KEY_BYTES] = '\0';
}

bool badge_key_from_text(struct badge_key *ret, const char *text)
{
	uint8_t bytes[IDENTITY_BYTES_MAX];
	if (strlen(text) != 2 * BADGE_KEY_BYTES || read_hex(bytes, text) != BADGE_KEY_BYTES)
		return false;
	memcpy(ret->bytes, bytes, BADGE_KEY_BYTES);
	return true;
}

const char *technology_name(enum technology technology)
{
	static const char *const names[TECHNOLOGY_COUNT] = { "unknown", "type2", "classic",
		"iso-dep", "felica" };
	return names[technology];
}
