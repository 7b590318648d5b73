/** Passwords and tokens: libsodium draws and hashes them. Any thread after seal_start. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECRET_HASH_SIZE 128
#define SECRET_TOKEN_SIZE 44 /* 256 bits in the letters of a URL, with the NUL */
#define SECRET_DIGEST_BYTES 32
#define SECRET_PASSWORD_MIN 15 /* characters; NIST SP 800-63B-4 for a password on its own */
#define SECRET_PASSWORD_MAX 256

/* Argon2id, with its salt and cost in the text. Takes a few tens of milliseconds and 7 MiB. 0 or
 * -ENOMEM. */
int secret_hash_password(char ret[SECRET_HASH_SIZE], const char *password);
/* A hash that is no hash takes as long and holds for no password. */
bool secret_password_holds(const char *hash, const char *password);

void secret_draw_token(char ret[SECRET_TOKEN_SIZE]);
/* BLAKE2b-256 of @token for one @purpose: what is kept, or shown, instead of it. */
void secret_digest(uint8_t ret[SECRET_DIGEST_BYTES], const char *purpose, const char *token);
void secret_write_digest(char ret[SECRET_TOKEN_SIZE], const uint8_t digest[SECRET_DIGEST_BYTES]);
bool secret_equal(const char *a, const char *b); /* as long for a near miss as for a far one */
void secret_forget(void *bytes, size_t length);  /* overwrites them */

#endif
