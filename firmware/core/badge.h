/**
 * A badge: what a reader saw, normalised.
 *
 * An identity is raw (a UID or a token) and lives in memory only, between the reader and the
 * hash. What is stored, logged and compared is the badge key: BLAKE2b-128 of the identity,
 * keyed with the venue key (base/seal.h), so kiosks of one venue agree and nobody else can
 * work back from it. Pure: no I/O, no allocation; any thread.
 */
#ifndef CORE_BADGE_H
#define CORE_BADGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IDENTITY_BYTES_MAX 48 /* the longest token accepted; UIDs are 4, 7, 8 or 10 bytes */
#define IDENTITY_TOKEN_MIN 12 /* 96 bits: cannot be guessed */
#define IDENTITY_CANONICAL_MAX (IDENTITY_BYTES_MAX + 2)
#define IDENTITY_TEXT_SIZE (2 * IDENTITY_BYTES_MAX + 8)
#define BADGE_KEY_BYTES 16
#define BADGE_KEY_TEXT_SIZE (2 * BADGE_KEY_BYTES + 1)

/* Best last: a greater kind is the better identity (DESIGN 5). */
enum identity_kind {
	IDENTITY_NONE,
	IDENTITY_UID4,
	IDENTITY_UID, /* 7 or 10 bytes, or the 8-byte IDm of a FeliCa card */
	IDENTITY_TOKEN,
	IDENTITY_SIGNED,
	IDENTITY_KIND_COUNT
};

struct identity {
	uint8_t kind; /* enum identity_kind */
	uint8_t length;
	uint8_t bytes[IDENTITY_BYTES_MAX];
};

struct badge_key {
	uint8_t bytes[BADGE_KEY_BYTES];
};

enum technology {
	TECHNOLOGY_UNKNOWN,
	TECHNOLOGY_TYPE2,   /* NTAG and Ultralight */
	TECHNOLOGY_CLASSIC, /* MIFARE Classic */
	TECHNOLOGY_ISO_DEP, /* DESFire, phones, NTAG 424 */
	TECHNOLOGY_FELICA,
	TECHNOLOGY_COUNT
};

enum identity_outcome {
	IDENTITY_ACCEPTED,
	IDENTITY_RANDOM,  /* a new number at every activation: worthless as a name */
	IDENTITY_REFUSED, /* not 4, 7, 8 (FeliCa) or 10 bytes, or starting with cascade tag 88 */
};

/**
 * Makes an identity of an ISO 14443-A UID or a FeliCa IDm as the chip reported it.
 * A 4-byte UID starting 08 is random (ISO 14443-3, AN10927); so is an IDm starting 01 FE, by which
 * phones speak NFC-DEP. @ret changes only on IDENTITY_ACCEPTED.
 */
enum identity_outcome identity_from_uid(
	struct identity *ret, const uint8_t *uid, size_t length, enum technology technology);

/** Makes an identity of an NDEF token; false below IDENTITY_TOKEN_MIN or above the maximum. */
bool identity_from_token(struct identity *ret, const uint8_t *token, size_t length, bool is_signed);

/**
 * Reads an identity as people write it: hexadecimal of either case, with or without ':', '-'
 * or blanks between bytes; "token:" before it makes it a token. False when it is anything else;
 * @ret changes only on success.
 */
bool identity_from_text(struct identity *ret, const char *text);

/**
 * The bytes that are hashed: kind class, length, bytes. A signed and an unsigned token with the
 * same bytes give the same canonical bytes, so signing later keeps the badge's key.
 * Returns how many bytes of @ret were filled.
 */
size_t identity_canonical(const struct identity *identity, uint8_t ret[IDENTITY_CANONICAL_MAX]);

bool badge_key_equal(const struct badge_key *a, const struct badge_key *b);
void badge_key_text(const struct badge_key *key, char ret[BADGE_KEY_TEXT_SIZE]);
bool badge_key_from_text(struct badge_key *ret, const char *text); /* 32 hexadecimal digits */

const char *technology_name(enum technology technology); /* "type2", …; static */

#endif
