#include "base/seal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/file.h"
#include "base/log.h"
#include "base/scope.h"
#include "core/text.h"

#define PATH_SIZE 4096
#define WORDS_SIZE 1024
#define WORDS_PASSES 4
#define WORDS_MEMORY_BYTES (32U * 1024 * 1024)

int seal_start(void)
{
	return sodium_init() < 0 ? -EIO : 0;
}

int venue_key_keep(const struct venue_key *key, const char *directory)
{
	char path[PATH_SIZE];
	if (!path_join(path, sizeof path, directory, VENUE_KEY_FILE))
		return -ENAMETOOLONG;
	return file_write_whole(path, key->bytes, sizeof key->bytes, 0640);
}

static int venue_key_draw(struct venue_key *ret, const char *directory)
{
	struct venue_key key;
	randombytes_buf(key.bytes, sizeof key.bytes);
	const int r = venue_key_keep(&key, directory);
	if (r < 0)
		return r;

	*ret = key;
	return 0;
}

int venue_key_of_words(struct venue_key *ret, const char *words)
{
	/* The same everywhere, because kiosks that never met must agree. */
	static const char salt[] = "incheckpaal venue";
	static_assert(sizeof salt > crypto_pwhash_SALTBYTES, "long enough");
	char folded[WORDS_SIZE];
	const size_t length = text_fold(folded, sizeof folded, words);
	if (length < VENUE_WORDS_MIN || strlen(words) > VENUE_WORDS_MAX)
		return -EINVAL;
	struct venue_key key;
	if (crypto_pwhash(key.bytes, sizeof key.bytes, folded, length, (const uint8_t *)salt,
		    WORDS_PASSES, WORDS_MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return -ENOMEM;
	*ret = key;
	return 0;
}

int venue_key_load(struct venue_key *ret, const char *directory, bool create)
{
	char path[PATH_SIZE];
	if (!path_join(path, sizeof path, directory, VENUE_KEY_FILE))
		return -ENAMETOOLONG;

	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT && create ? venue_key_draw(ret, directory) : -errno;

	struct venue_key key;
	uint8_t beyond;
	if (read(fd, key.bytes, sizeof key.bytes) != sizeof key.bytes || read(fd, &beyond, 1) != 0)
		return -EINVAL;

	*ret = key;
	return 0;
}

void venue_key_log(int r, const char *directory)
{
	log_error("%s/" VENUE_KEY_FILE ": %s", directory,
		r == -EINVAL ? "the venue key is damaged, and no badge is known without it; put "
			       "the copy of another kiosk here"
			     : strerror(-r));
}

void venue_key_print(const struct venue_key *key, char ret[VENUE_PRINT_SIZE])
{
	static const char purpose[] = "incheckpaal venue";
	uint8_t digest[crypto_generichash_BYTES_MIN];
	crypto_generichash(digest, sizeof digest, (const uint8_t *)purpose, sizeof purpose - 1,
		key->bytes, sizeof key->bytes);
	sodium_bin2hex(ret, VENUE_PRINT_SIZE, digest, (VENUE_PRINT_SIZE - 1) / 2);
}

void seal_badge(struct badge_key *ret, const struct venue_key *key, const struct identity *identity)
{
	uint8_t canonical[IDENTITY_CANONICAL_MAX];
	const size_t length = identity_canonical(identity, canonical);
	crypto_generichash(
		ret->bytes, sizeof ret->bytes, canonical, length, key->bytes, sizeof key->bytes);
	sodium_memzero(canonical, sizeof canonical);
}

static void seal_for(uint8_t *ret, size_t size, const struct venue_key *key, const char *purpose,
	const void *bytes, size_t length)
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, key->bytes, sizeof key->bytes, size);
	crypto_generichash_update(&state, (const uint8_t *)purpose, strlen(purpose));
	crypto_generichash_update(&state, bytes, length);
	crypto_generichash_final(&state, ret, size);
}

void seal_person(struct badge_key *ret, const struct venue_key *key, const char *attendee)
{
	seal_for(ret->bytes, sizeof ret->bytes, key, "incheckpaal person", attendee,
		strlen(attendee));
}

void seal_digest(
	uint8_t ret[DIGEST_BYTES], const struct venue_key *key, const uint8_t digest[DIGEST_BYTES])
{
	seal_for(ret, DIGEST_BYTES, key, "incheckpaal digest", digest, DIGEST_BYTES);
}

void seal_token_mac(
	const struct venue_key *key, const struct identity *token, uint8_t ret[REPORT_MAC_BYTES])
{
	static const char purpose[] = "incheckpaal badge";
	crypto_generichash_state state;
	crypto_generichash_init(&state, key->bytes, sizeof key->bytes, REPORT_MAC_BYTES);
	crypto_generichash_update(&state, (const uint8_t *)purpose, sizeof purpose - 1);
	crypto_generichash_update(&state, token->bytes, token->length);
	crypto_generichash_final(&state, ret, REPORT_MAC_BYTES);
}

bool seal_token_mac_holds(const struct venue_key *key, const struct identity *token,
	const uint8_t mac[REPORT_MAC_BYTES])
{
	uint8_t expected[REPORT_MAC_BYTES];
	seal_token_mac(key, token, expected);
	return sodium_memcmp(expected, mac, sizeof expected) == 0;
}

void seal_chain(uint8_t ret[DIGEST_BYTES], const uint8_t before[DIGEST_BYTES], const void *bytes,
	size_t length)
{
	uint8_t digest[DIGEST_BYTES]; /* apart, because @ret may be @before */
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof digest);
	crypto_generichash_update(&state, before, DIGEST_BYTES);
	crypto_generichash_update(&state, bytes, length);
	crypto_generichash_final(&state, digest, sizeof digest);
	memcpy(ret, digest, sizeof digest);
}

int seal_file_sha256(char ret[SHA256_TEXT_SIZE], const char *path)
{
	uint8_t piece[4096], digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	CLEANUP(fclosep) FILE *file = fopen(path, "re");
	if (!file)
		return -errno;
	size_t length;
	crypto_hash_sha256_init(&state);
	while ((length = fread(piece, 1, sizeof piece, file)) > 0)
		crypto_hash_sha256_update(&state, piece, length);
	if (ferror(file))
		return -EIO;
	crypto_hash_sha256_final(&state, digest);
	sodium_bin2hex(ret, SHA256_TEXT_SIZE, digest, sizeof digest);
	return 0;
}

static void uuid_write(char ret[UUID_TEXT_SIZE], uint8_t bytes[16], uint8_t version)
{
	static const uint8_t dash_before[16] = { [4] = 1, [6] = 1, [8] = 1, [10] = 1 };
	bytes[6] = (uint8_t)((bytes[6] & 0x0f) | version << 4);
	bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);

	char *out = ret;
	for (size_t i = 0; i < 16; i++) {
		if (dash_before[i])
			*out++ = '-';
		sodium_bin2hex(out, 3, &bytes[i], 1);
		out += 2;
	}
}

void uuid_draw(char ret[UUID_TEXT_SIZE], int64_t wall_ms)
{
	uint8_t bytes[16];
	randombytes_buf(bytes, sizeof bytes);
	for (size_t i = 0; i < 6; i++)
		bytes[i] = (uint8_t)((uint64_t)wall_ms >> (40 - 8 * i));
	uuid_write(ret, bytes, 7);
}

/*
 * RFC 9562 asks for SHA-1 in version 5; libsodium leaves SHA-1 out, so the first 16 bytes of
 * SHA-256 stand in. Nobody recomputes these ids but our own programs, which all do it here.
 */
void uuid_of_name(char ret[UUID_TEXT_SIZE], const char *kind, const char *name)
{
	static const char name_space[] = "https://incheckpaal.nl/";
	uint8_t digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const uint8_t *)name_space, sizeof name_space - 1);
	crypto_hash_sha256_update(&state, (const uint8_t *)kind, strlen(kind) + 1);
	crypto_hash_sha256_update(&state, (const uint8_t *)name, strlen(name));
	crypto_hash_sha256_final(&state, digest);
	uuid_write(ret, digest, 5);
}

uint32_t random_below(uint32_t limit)
{
	return randombytes_uniform(limit);
}
