#include "base/coffer.h"

#include <errno.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "INCPSAFE"
#define MAGIC_BYTES 8
#define BLOCK_BYTES 65536
#define SEALED_BYTES (BLOCK_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES)
/* Of whoever stole the file; the page may not grow much either while it is made. */
#define PASSES 8
#define MEMORY_KIB 7168U
#define PASSES_MAX 32U
#define MEMORY_KIB_MAX (256U * 1024)

/* What the file begins with; the first block is a proof of the password. */
struct coffer_head {
	uint8_t magic[MAGIC_BYTES];
	uint8_t passes[4], memory_kib[4]; /* little end first */
	uint8_t salt[crypto_pwhash_SALTBYTES];
	uint8_t stream[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
	uint8_t proof[crypto_secretstream_xchacha20poly1305_ABYTES];
};

struct coffer {
	struct coffer_head head;
	crypto_secretstream_xchacha20poly1305_state stream;
	uint8_t plain[BLOCK_BYTES], sealed[SEALED_BYTES];
};

static void put_number(uint8_t ret[4], uint32_t number)
{
	for (int i = 0; i < 4; i++)
		ret[i] = (uint8_t)(number >> (8 * i));
}

static uint32_t number_of(const uint8_t bytes[4])
{
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

static int make_key(uint8_t ret[crypto_secretstream_xchacha20poly1305_KEYBYTES],
	const struct coffer_head *head, const char *password)
{
	return crypto_pwhash(ret, crypto_secretstream_xchacha20poly1305_KEYBYTES, password,
		       strlen(password), head->salt, number_of(head->passes),
		       (size_t)number_of(head->memory_kib) * 1024,
		       crypto_pwhash_ALG_ARGON2ID13) == 0
		       ? 0
		       : -ENOMEM;
}

static int write_all(int fd, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	while (length > 0) {
		const ssize_t put = write(fd, at, length);
		if (put < 0 && errno != EINTR)
			return -errno;
		at += put > 0 ? put : 0;
		length -= put > 0 ? (size_t)put : 0;
	}
	return 0;
}

/* Fewer than @length at the end of the file; -errno. */
static ssize_t read_all(int fd, void *ret, size_t length)
{
	size_t got = 0;
	while (got < length) {
		const ssize_t more = read(fd, (uint8_t *)ret + got, length - got);
		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return -errno;
		if (more == 0)
			break;
		got += (size_t)more;
	}
	return (ssize_t)got;
}

static int begin(struct coffer *coffer, int to, const char *password)
{
	uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	struct coffer_head *head = &coffer->head;
	memcpy(head->magic, MAGIC, MAGIC_BYTES);
	put_number(head->passes, PASSES);
	put_number(head->memory_kib, MEMORY_KIB);
	randombytes_buf(head->salt, sizeof head->salt);
	const int r = make_key(key, head, password);
	if (r < 0)
		return r;
	crypto_secretstream_xchacha20poly1305_init_push(&coffer->stream, head->stream, key);
	crypto_secretstream_xchacha20poly1305_push(
		&coffer->stream, head->proof, NULL, NULL, 0, NULL, 0, 0);
	sodium_memzero(key, sizeof key);
	return write_all(to, head, sizeof *head);
}

static int seal_all(struct coffer *coffer, int from, int to)
{
	for (;;) {
		const ssize_t got = read_all(from, coffer->plain, BLOCK_BYTES);
		if (got < 0)
			return (int)got;
		const bool last = got < BLOCK_BYTES;
		unsigned long long length;
		crypto_secretstream_xchacha20poly1305_push(&coffer->stream, coffer->sealed, &length,
			coffer->plain, (unsigned long long)got, NULL, 0,
			last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
		const int r = write_all(to, coffer->sealed, (size_t)length);
		if (r < 0 || last)
			return r;
	}
}

static struct coffer *create(int from, int to)
{
	struct coffer *coffer = calloc(1, sizeof *coffer);
	if (coffer && (lseek(from, 0, SEEK_SET) < 0 || lseek(to, 0, SEEK_SET) < 0)) {
		free(coffer);
		return NULL;
	}
	return coffer;
}

static void destroy(struct coffer *coffer)
{
	sodium_memzero(coffer, sizeof *coffer);
	free(coffer);
}

int coffer_close(int from, int to, const char *password)
{
	struct coffer *coffer = create(from, to);
	if (!coffer)
		return -ENOMEM;
	int r = begin(coffer, to, password);
	if (r == 0)
		r = seal_all(coffer, from, to);
	destroy(coffer);
	return r;
}

static int unlock(struct coffer *coffer, int from, const char *password)
{
	uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES], tag;
	struct coffer_head *head = &coffer->head;
	if (read_all(from, head, sizeof *head) != (ssize_t)sizeof *head ||
		memcmp(head->magic, MAGIC, MAGIC_BYTES) != 0)
		return -EBADMSG;
	const uint32_t passes = number_of(head->passes), kib = number_of(head->memory_kib);
	if (passes < 1 || passes > PASSES_MAX || kib < 8 || kib > MEMORY_KIB_MAX)
		return -EBADMSG;
	int r = make_key(key, head, password);
	if (r == 0 && crypto_secretstream_xchacha20poly1305_init_pull(
			      &coffer->stream, head->stream, key) != 0)
		r = -EBADMSG;
	if (r == 0 && crypto_secretstream_xchacha20poly1305_pull(&coffer->stream, NULL, NULL, &tag,
			      head->proof, sizeof head->proof, NULL, 0) != 0)
		r = -EKEYREJECTED;
	sodium_memzero(key, sizeof key);
	return r;
}

static int unseal_all(struct coffer *coffer, int from, int to)
{
	for (;;) {
		const ssize_t got = read_all(from, coffer->sealed, SEALED_BYTES);
		unsigned long long length;
		uint8_t tag = 0;
		if (got < 0)
			return (int)got;
		if (crypto_secretstream_xchacha20poly1305_pull(&coffer->stream, coffer->plain,
			    &length, &tag, coffer->sealed, (unsigned long long)got, NULL, 0) != 0)
			return -EBADMSG;
		const int r = write_all(to, coffer->plain, (size_t)length);
		if (r < 0)
			return r;
		if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)
			return read_all(from, coffer->sealed, 1) == 0 ? 0 : -EBADMSG;
	}
}

int coffer_open(int from, int to, const char *password)
{
	struct coffer *coffer = create(from, to);
	if (!coffer)
		return -ENOMEM;
	int r = unlock(coffer, from, password);
	if (r == 0)
		r = unseal_all(coffer, from, to);
	destroy(coffer);
	return r;
}

bool coffer_is_one(int fd)
{
	uint8_t magic[MAGIC_BYTES];
	return pread(fd, magic, sizeof magic, 0) == (ssize_t)sizeof magic &&
	       memcmp(magic, MAGIC, MAGIC_BYTES) == 0;
}
