#include "base/sign.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/scope.h"

/* What the file holds: the number people see, and what both keys are made of. */
struct key_file {
	uint8_t id[SIGN_KEY_ID_BYTES];
	uint8_t seed[crypto_sign_SEEDBYTES];
};

static void key_of(struct sign_key *ret, const struct key_file *file)
{
	memcpy(ret->public.id, file->id, sizeof ret->public.id);
	crypto_sign_seed_keypair(ret->public.bytes, ret->secret, file->seed);
}

static int draw(struct key_file *ret, const char *path)
{
	randombytes_buf(ret, sizeof *ret);
	return file_write_whole(path, ret, sizeof *ret, 0640);
}

static int read_key(struct key_file *ret, int fd)
{
	uint8_t beyond;
	const bool whole = read(fd, ret, sizeof *ret) == sizeof *ret && read(fd, &beyond, 1) == 0;
	return whole ? 0 : -EINVAL;
}

int sign_key_load(struct sign_key *ret, const char *directory, bool create)
{
	char path[PATH_MAX];
	struct key_file file;
	if ((size_t)snprintf(path, sizeof path, "%s/" SIGN_KEY_FILE, directory) >= sizeof path)
		return -ENAMETOOLONG;

	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && (errno != ENOENT || !create))
		return -errno;
	const int r = fd < 0 ? draw(&file, path) : read_key(&file, fd);
	if (r == 0)
		key_of(ret, &file);
	sodium_memzero(&file, sizeof file);
	return r;
}

void sign_bytes(
	const struct sign_key *key, const void *bytes, size_t length, uint8_t ret[SIGNATURE_BYTES])
{
	crypto_sign_detached(ret, NULL, bytes, length, key->secret);
}

bool sign_holds(const uint8_t public[SIGN_PUBLIC_BYTES], const void *bytes, size_t length,
	const uint8_t signature[SIGNATURE_BYTES])
{
	return crypto_sign_verify_detached(signature, bytes, length, public) == 0;
}

int sign_file_digest(uint8_t ret[FILE_DIGEST_BYTES], const char *path)
{
	static const size_t block = 65536;
	CLEANUP(freep) uint8_t *bytes = malloc(block);
	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || !bytes)
		/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): it is freed where the scope ends. */
		return fd < 0 ? -errno : -ENOMEM;

	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, FILE_DIGEST_BYTES);
	ssize_t got;
	while ((got = read(fd, bytes, block)) != 0) {
		if (got < 0 && errno != EINTR)
			return -errno;
		if (got > 0)
			crypto_generichash_update(&state, bytes, (size_t)got);
	}
	crypto_generichash_final(&state, ret, FILE_DIGEST_BYTES);
	return 0;
}

struct sign_hash {
	crypto_generichash_state file;
	crypto_hash_sha256_state sha256;
};

struct sign_hash *sign_hash_create(void)
{
	struct sign_hash *hash = aligned_alloc(64, (sizeof *hash + 63) / 64 * 64);
	if (!hash)
		return NULL;
	crypto_generichash_init(&hash->file, NULL, 0, FILE_DIGEST_BYTES);
	crypto_hash_sha256_init(&hash->sha256);
	return hash;
}

void sign_hash_add(struct sign_hash *hash, const void *bytes, size_t length)
{
	crypto_generichash_update(&hash->file, bytes, length);
	crypto_hash_sha256_update(&hash->sha256, bytes, length);
}

void sign_hash_end(struct sign_hash *hash, uint8_t ret_digest[FILE_DIGEST_BYTES],
	uint8_t ret_sha256[SIGN_SHA256_BYTES])
{
	crypto_generichash_final(&hash->file, ret_digest, FILE_DIGEST_BYTES);
	crypto_hash_sha256_final(&hash->sha256, ret_sha256);
	sign_hash_destroy(hash);
}

void sign_hash_destroy(struct sign_hash *hash)
{
	free(hash);
}

int sign_file(
	const struct sign_key *key, const char *path, const char *signed_name, const char *comment)
{
	uint8_t digest[FILE_DIGEST_BYTES];
	char text[MINISIG_SIZE], name[PATH_MAX];
	if ((size_t)snprintf(name, sizeof name, "%s.minisig", signed_name ? signed_name : path) >=
		sizeof name)
		return -ENAMETOOLONG;
	const int r = sign_file_digest(digest, path);
	if (r < 0)
		return r;
	minisig_write(key, digest, comment, text);
	return file_write_whole(name, text, strlen(text), 0644);
}
