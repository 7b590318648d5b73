/**
 * What the reader process tells the kiosk, as a message of REPORT_BYTES on a pipe.
 *
 * Fixed size and below PIPE_BUF, so a write is whole or absent and a message never needs
 * reassembly. Little-endian, with a magic and a CRC-32 at the end: a reader that was killed in
 * mid-write or went mad can not make the kiosk see a badge. Pure; any thread.
 */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include "core/badge.h"

#define REPORT_BYTES 192
#define REPORT_MAC_BYTES 16
#define REPORT_WORDS_SIZE 33

enum report_kind {
	REPORT_PULSE,      /* alive; at least once a second, in every state */
	REPORT_BADGE,      /* a new badge in the field, once per presence */
	REPORT_RANDOM_ID,  /* a phone or a card with a random number, once per presence */
	REPORT_UNREADABLE, /* torn off before its identity was read, or two cards at once */
	REPORT_GONE,       /* the field is empty again: what rested there was taken away */
	REPORT_STATE,      /* the reader came up or went down: @state, @words */
	REPORT_KIND_COUNT
};

enum reader_state {
	READER_STARTING,
	READER_UP,
	READER_ABSENT,  /* no such device, or unplugged */
	READER_SILENT,  /* there, but it does not answer */
	READER_REFUSED, /* no permission, or another program holds it */
	READER_STATE_COUNT
};

struct report {
	enum report_kind kind;
	enum reader_state state;      /* of every message, so that one pulse tells all */
	enum technology technology;   /* REPORT_BADGE, REPORT_RANDOM_ID */
	uint64_t seen_ns;             /* CLOCK_MONOTONIC when the chip's answer was read */
	uint64_t opens, errors, hits; /* since the process started */
	struct identity uid;          /* REPORT_BADGE: IDENTITY_NONE if there is only a token */
	struct identity token; /* REPORT_BADGE: IDENTITY_NONE without one, else IDENTITY_TOKEN */
	bool has_mac;          /* the token record carried a MAC; the kiosk checks it */
	uint8_t mac[REPORT_MAC_BYTES]; /* BLAKE2b-128(venue key, "incheckpaal badge" || token) */
	char words[REPORT_WORDS_SIZE]; /* REPORT_STATE: for the journal; never an identity */
};

void report_encode(const struct report *report, uint8_t ret[REPORT_BYTES]);

/**
 * False, and @ret untouched, when the CRC does not hold or a field is out of range: an enum, the
 * length of an identity for its kind, a badge without any identity, a MAC without a token, words
 * that are no UTF-8 (report_encode makes them so).
 */
bool report_decode(struct report *ret, const uint8_t bytes[REPORT_BYTES]);

const char *reader_state_name(enum reader_state state); /* "up", "absent", …; static */

#endif
