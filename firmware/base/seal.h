/** Keyed hashes, chain hashes, random ids: libsodium, and the venue key's file. Any thread after
 * seal_start. */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include "core/badge.h"
#include "core/report.h"

#define VENUE_KEY_BYTES 32
#define VENUE_KEY_FILE "venue.key"
#define DIGEST_BYTES 32

struct venue_key {
	uint8_t bytes[VENUE_KEY_BYTES];
};

int seal_start(void); /* once, before anything else here; 0 or -EIO */

/* Reads DIR/venue.key; with @create a missing one is drawn and written 0640, fsynced. -ENOENT,
 * -EACCES, -EINVAL (damaged). */
int venue_key_load(struct venue_key *ret, const char *directory, bool create);
/* What became of that, for the journal: @r is what it returned, below 0. */
void venue_key_log(int r, const char *directory);

/* The key that these words stand for: the same on every kiosk of a venue that was given them. Case,
 * accents and double blanks do not count. -EINVAL: too few or too many; -ENOMEM. Takes 32 MiB, and
 * a second on a small computer. */
#define VENUE_WORDS_MIN 15 /* bytes, folded */
#define VENUE_WORDS_MAX 256
int venue_key_of_words(struct venue_key *ret, const char *words);
/* Writes DIR/venue.key, fsynced, in place of another. 0 or -errno. */
int venue_key_keep(const struct venue_key *key, const char *directory);

/* What tells one venue key from another without giving it away: 16 hexadecimal digits. */
#define VENUE_PRINT_SIZE 17
void venue_key_print(const struct venue_key *key, char ret[VENUE_PRINT_SIZE]);

void seal_badge(
	struct badge_key *ret, const struct venue_key *key, const struct identity *identity);
/* An attendee's id under a name that only this venue's kiosks can find again: the id itself is made
 * of an e-mail address, which whoever has a list of those could try. */
void seal_person(struct badge_key *ret, const struct venue_key *key, const char *attendee);
/* The same for a digest of which all but one part is known, so that nobody else can try the part.
 */
void seal_digest(
	uint8_t ret[DIGEST_BYTES], const struct venue_key *key, const uint8_t digest[DIGEST_BYTES]);
bool seal_token_mac_holds(const struct venue_key *key, const struct identity *token,
	const uint8_t mac[REPORT_MAC_BYTES]);
void seal_token_mac(
	const struct venue_key *key, const struct identity *token, uint8_t ret[REPORT_MAC_BYTES]);

/* BLAKE2b-256 of @before (DIGEST_BYTES) followed by @bytes. */
void seal_chain(uint8_t ret[DIGEST_BYTES], const uint8_t before[DIGEST_BYTES], const void *bytes,
	size_t length);

/* As sha256sum prints it. 0 or -errno. */
#define SHA256_TEXT_SIZE 65
int seal_file_sha256(char ret[SHA256_TEXT_SIZE], const char *path);

#define UUID_TEXT_SIZE 37
void uuid_draw(char ret[UUID_TEXT_SIZE], int64_t wall_ms); /* version 7 */
void uuid_of_name(char ret[UUID_TEXT_SIZE], const char *kind,
	const char *name); /* version 5, in our own name space */

uint32_t random_below(uint32_t limit); /* for jitter */

#endif
