#include "base/secret.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>

/* OWASP's row for little memory: what is taken while one password is tried. */
#define PASSES 5
#define MEMORY_BYTES (7U * 1024 * 1024)

static_assert(SECRET_HASH_SIZE >= crypto_pwhash_STRBYTES, "a hash fits");

int secret_hash_password(char ret[SECRET_HASH_SIZE], const char *password)
{
	char hash[crypto_pwhash_STRBYTES];
	if (crypto_pwhash_str_alg(hash, password, strlen(password), PASSES, MEMORY_BYTES,
		    crypto_pwhash_ALG_ARGON2ID13) != 0)
		return -ENOMEM;
	memcpy(ret, hash, strlen(hash) + 1);
	return 0;
}

bool secret_password_holds(const char *hash, const char *password)
{
	/* Of a password that nobody knows: whoever measures does not learn that none was set. */
	static const char nobody[] = "$argon2id$v=19$m=7168,t=5,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
				     "4tDmWJ3mHkWcm9mWnJ3kcYb3p9o1m0pYk0q0m8X1v1A";
	const bool is_hash = strncmp(hash, "$argon2id$", 10) == 0;
	const int r = crypto_pwhash_str_verify(is_hash ? hash : nobody, password, strlen(password));
	return is_hash && r == 0;
}

void secret_draw_token(char ret[SECRET_TOKEN_SIZE])
{
	uint8_t bytes[SECRET_DIGEST_BYTES];
	randombytes_buf(bytes, sizeof bytes);
	secret_write_digest(ret, bytes);
	sodium_memzero(bytes, sizeof bytes);
}

void secret_digest(uint8_t ret[SECRET_DIGEST_BYTES], const char *purpose, const char *token)
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, SECRET_DIGEST_BYTES);
	crypto_generichash_update(&state, (const uint8_t *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&state, (const uint8_t *)token, strlen(token));
	crypto_generichash_final(&state, ret, SECRET_DIGEST_BYTES);
}

void secret_write_digest(char ret[SECRET_TOKEN_SIZE], const uint8_t digest[SECRET_DIGEST_BYTES])
{
	sodium_bin2base64(ret, SECRET_TOKEN_SIZE, digest, SECRET_DIGEST_BYTES,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool secret_equal(const char *a, const char *b)
{
	const size_t length = strlen(a);
	return strlen(b) == length && sodium_memcmp(a, b, length) == 0;
}

void secret_forget(void *bytes, size_t length)
{
	sodium_memzero(bytes, length);
}
