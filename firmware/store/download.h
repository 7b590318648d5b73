/** Files that were handed out: who, when, why, and what tells whether one is genuine. */
#ifndef STORE_DOWNLOAD_H
#define STORE_DOWNLOAD_H

#include "base/sign.h"
#include "store/account.h"
#include "store/store.h"

#define DOWNLOAD_FILE_SIZE 192
#define DOWNLOAD_REASON_SIZE 512
#define DOWNLOAD_CODE_SIZE 15 /* "7F3A-91C4-0BD2" */

struct download_entry {
	int64_t id, wall_ms, rows;
	char who[WHO_SIZE], file[DOWNLOAD_FILE_SIZE], reason[DOWNLOAD_REASON_SIZE];
	bool names;
	char code[DOWNLOAD_CODE_SIZE]; /* the first letters of its SHA-256 */
};

/* Its id is ignored. 0 or -errno. */
int download_add(struct store *store, const struct download_entry *entry,
	const uint8_t digest[FILE_DIGEST_BYTES], const char *minisig);
/* Newest first, at most @limit; with @digest not NULL only those with these very bytes. */
int download_each(struct store *store, const uint8_t *digest, int limit,
	int (*row)(void *context, const struct download_entry *entry), void *context);
/* The signature of one, and its file's name; -ENOENT. */
int download_minisig(struct store *store, int64_t id, char ret_minisig[MINISIG_SIZE],
	char ret_file[DOWNLOAD_FILE_SIZE]);

#endif
