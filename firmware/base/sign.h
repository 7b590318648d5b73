/**
 * The kiosk's signature: an Ed25519 key pair made at init, and detached signatures in minisign's
 * format, so that anybody can check them with `minisign -Vm FILE -P KEY`. Any thread after
 * seal_start.
 *
 * A signature says: a holder of this kiosk's secret key vouched for these bytes and this comment.
 * It does not say who held a badge, nor that the kiosk itself was not tampered with before.
 */
#ifndef BASE_SIGN_H
#define BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIGN_KEY_FILE "sign.key"
#define SIGN_KEY_ID_BYTES 8
#define SIGN_PUBLIC_BYTES 32
#define SIGN_SECRET_BYTES 64
#define SIGNATURE_BYTES 64
#define FILE_DIGEST_BYTES 64
#define SIGN_SHA256_BYTES 32
#define SIGN_PUBLIC_TEXT_SIZE 57
#define SIGN_COMMENT_SIZE 4096
#define MINISIG_SIZE (SIGN_COMMENT_SIZE + 512)

struct sign_public {
	uint8_t id[SIGN_KEY_ID_BYTES];
	uint8_t bytes[SIGN_PUBLIC_BYTES];
};

struct sign_key {
	struct sign_public public;
	uint8_t secret[SIGN_SECRET_BYTES];
};

/* Reads DIR/sign.key; with @create a missing one is drawn and written 0640, fsynced. -ENOENT,
 * -EACCES, -EINVAL (damaged). */
int sign_key_load(struct sign_key *ret, const char *directory, bool create);

/* As minisign writes public keys: the argument of its -P. */
void sign_public_text(const struct sign_public *key, char ret[SIGN_PUBLIC_TEXT_SIZE]);
bool sign_public_from_text(struct sign_public *ret, const char *text);

/* Plain signatures, for what is kept in the database. */
void sign_bytes(
	const struct sign_key *key, const void *bytes, size_t length, uint8_t ret[SIGNATURE_BYTES]);
bool sign_holds(const uint8_t public[SIGN_PUBLIC_BYTES], const void *bytes, size_t length,
	const uint8_t signature[SIGNATURE_BYTES]);

/* BLAKE2b-512 of a whole file; 0 or -errno. */
int sign_file_digest(uint8_t ret[FILE_DIGEST_BYTES], const char *path);

/* The same for a file that goes out in pieces, and its SHA-256 besides, which people compare by its
 * first letters. create NULL without memory; end frees, as destroy does (NULL is fine). */
struct sign_hash;
struct sign_hash *sign_hash_create(void);
void sign_hash_add(struct sign_hash *hash, const void *bytes, size_t length);
void sign_hash_end(struct sign_hash *hash, uint8_t ret_digest[FILE_DIGEST_BYTES],
	uint8_t ret_sha256[SIGN_SHA256_BYTES]);
void sign_hash_destroy(struct sign_hash *hash);

/* The text of FILE.minisig over the file with this digest. @comment is one line of at most
 * SIGN_COMMENT_SIZE - 1 bytes and is signed too. */
void minisig_write(const struct sign_key *key, const uint8_t digest[FILE_DIGEST_BYTES],
	const char *comment, char ret[MINISIG_SIZE]);

struct minisig {
	uint8_t id[SIGN_KEY_ID_BYTES]; /* of the key that made it */
	uint8_t signature[SIGNATURE_BYTES], comment_signature[SIGNATURE_BYTES];
	char comment[SIGN_COMMENT_SIZE];
};
/* False when @text is no signature over a hashed file. */
bool minisig_parse(struct minisig *ret, const char *text, size_t length);
/* Did this key sign the file with this digest, and the comment? */
bool minisig_holds(const struct minisig *minisig, const struct sign_public *key,
	const uint8_t digest[FILE_DIGEST_BYTES]);

/* Did this key write the comment? True also when the file was changed since. */
bool minisig_comment_holds(const struct minisig *minisig, const struct sign_public *key);

/* Hashes the file at @path and writes PATH.minisig, or SIGNED_NAME.minisig when @signed_name is not
 * NULL; whole or not at all. */
int sign_file(
	const struct sign_key *key, const char *path, const char *signed_name, const char *comment);

#endif
