#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/sign.h"

#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "

/* minisign's records, byte for byte. "ED": the file was hashed first; a key says "Ed". */
struct public_record {
	uint8_t kind[2], id[SIGN_KEY_ID_BYTES], key[SIGN_PUBLIC_BYTES];
};
struct signature_record {
	uint8_t kind[2], id[SIGN_KEY_ID_BYTES], signature[SIGNATURE_BYTES];
};
/* What the second signature is over. */
struct vouched {
	uint8_t signature[SIGNATURE_BYTES];
	char comment[SIGN_COMMENT_SIZE];
};

void sign_public_text(const struct sign_public *key, char ret[SIGN_PUBLIC_TEXT_SIZE])
{
	struct public_record record = { .kind = { 'E', 'd' } };
	memcpy(record.id, key->id, sizeof record.id);
	memcpy(record.key, key->bytes, sizeof record.key);
	sodium_bin2base64(
		ret, SIGN_PUBLIC_TEXT_SIZE, (const uint8_t *)&record, sizeof record, BASE64);
}

static bool decode(void *ret, size_t size, const char *text, size_t length)
{
	size_t got;
	return sodium_base642bin(ret, size, text, length, NULL, &got, NULL, BASE64) == 0 &&
	       got == size;
}

bool sign_public_from_text(struct sign_public *ret, const char *text)
{
	struct public_record record;
	if (!decode(&record, sizeof record, text, strlen(text)) ||
		memcmp(record.kind, "Ed", sizeof record.kind) != 0)
		return false;
	memcpy(ret->id, record.id, sizeof ret->id);
	memcpy(ret->bytes, record.key, sizeof ret->bytes);
	return true;
}

static size_t vouch(
	struct vouched *ret, const uint8_t signature[SIGNATURE_BYTES], const char *comment)
{
	memcpy(ret->signature, signature, SIGNATURE_BYTES);
	snprintf(ret->comment, sizeof ret->comment, "%s", comment);
	return SIGNATURE_BYTES + strlen(ret->comment);
}

/* The key's number, as minisign shows it. */
static unsigned long long number_of(const uint8_t id[SIGN_KEY_ID_BYTES])
{
	unsigned long long number = 0;
	for (size_t i = SIGN_KEY_ID_BYTES; i-- > 0;)
		number = number << 8 | id[i];
	return number;
}

void minisig_write(const struct sign_key *key, const uint8_t digest[FILE_DIGEST_BYTES],
	const char *comment, char ret[MINISIG_SIZE])
{
	struct signature_record record = { .kind = { 'E', 'D' } };
	struct vouched vouched;
	uint8_t comment_signature[SIGNATURE_BYTES];
	char first[sodium_base64_ENCODED_LEN(sizeof record, BASE64)];
	char second[sodium_base64_ENCODED_LEN(SIGNATURE_BYTES, BASE64)];
	memcpy(record.id, key->public.id, sizeof record.id);
	sign_bytes(key, digest, FILE_DIGEST_BYTES, record.signature);
	sign_bytes(key, &vouched, vouch(&vouched, record.signature, comment), comment_signature);
	sodium_bin2base64(first, sizeof first, (const uint8_t *)&record, sizeof record, BASE64);
	sodium_bin2base64(
		second, sizeof second, comment_signature, sizeof comment_signature, BASE64);
	snprintf(ret, MINISIG_SIZE,
		UNTRUSTED "signature of Incheckpaal, key %016llX\n%s\n" TRUSTED "%s\n%s\n",
		number_of(key->public.id), first, vouched.comment, second);
}

/* The next line, without what ends it; false when there is none. */
static bool next_line(const char **at, const char *end, const char **ret, size_t *ret_length)
{
	if (*at >= end)
		return false;
	const char *newline = memchr(*at, '\n', (size_t)(end - *at));
	const char *stop = newline ? newline : end;
	*ret = *at;
	*ret_length = (size_t)(stop - *at);
	if (*ret_length && (*ret)[*ret_length - 1] == '\r')
		--*ret_length;
	*at = newline ? newline + 1 : end;
	return true;
}

bool minisig_parse(struct minisig *ret, const char *text, size_t length)
{
	static const size_t mark = sizeof TRUSTED - 1;
	const char *at = text, *end = text + length, *lines[4];
	size_t lengths[4];
	struct signature_record record;
	struct minisig minisig = { .comment = "" };
	for (size_t i = 0; i < 4; i++)
		if (!next_line(&at, end, &lines[i], &lengths[i]))
			return false;
	if (lengths[2] < mark || memcmp(lines[2], TRUSTED, mark) != 0 ||
		lengths[2] - mark >= sizeof minisig.comment || memchr(lines[2], '\0', lengths[2]) ||
		!decode(&record, sizeof record, lines[1], lengths[1]) ||
		memcmp(record.kind, "ED", sizeof record.kind) != 0 ||
		!decode(minisig.comment_signature, SIGNATURE_BYTES, lines[3], lengths[3]))
		return false;
	memcpy(minisig.id, record.id, sizeof minisig.id);
	memcpy(minisig.signature, record.signature, sizeof minisig.signature);
	memcpy(minisig.comment, lines[2] + mark, lengths[2] - mark);
	*ret = minisig;
	return true;
}

bool minisig_comment_holds(const struct minisig *minisig, const struct sign_public *key)
{
	struct vouched vouched;
	const size_t length = vouch(&vouched, minisig->signature, minisig->comment);
	return memcmp(minisig->id, key->id, sizeof minisig->id) == 0 &&
	       sign_holds(key->bytes, &vouched, length, minisig->comment_signature);
}

bool minisig_holds(const struct minisig *minisig, const struct sign_public *key,
	const uint8_t digest[FILE_DIGEST_BYTES])
{
	return minisig_comment_holds(minisig, key) &&
	       sign_holds(key->bytes, digest, FILE_DIGEST_BYTES, minisig->signature);
}
