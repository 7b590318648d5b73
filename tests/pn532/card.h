/** What may lie in the field: badges as data, and how they answer (ISO 14443-A, NFC Forum Type 2
 * and 4, FeliCa). Pure. */
#ifndef PN532_CARD_H
#define PN532_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CARD_UID_MAX 10
#define CARD_NDEF_MAX 800
#define CARD_ANSWER_MAX 258

enum card_kind {
	CARD_NTAG213,
	CARD_NTAG215,
	CARD_NTAG216,
	CARD_ULTRALIGHT_EV1,
	CARD_CLASSIC_1K,
	CARD_DESFIRE,
	CARD_PHONE,
	CARD_FELICA,
	CARD_KIND_COUNT
};

struct card {
	enum card_kind kind;
	uint8_t uid[CARD_UID_MAX];
	size_t uid_length;
	uint8_t ndef[CARD_NDEF_MAX]; /* the message, without TLV or length */
	size_t ndef_length;
	bool active, halted; /* ISO 14443-3 states, beside IDLE */
	uint16_t file;       /* Type 4: the selected file */
	uint32_t random;     /* of the phone's numbers */
};

bool card_kind_from_name(enum card_kind *ret, const char *name);
const char *card_kind_name(enum card_kind kind);

/* @uid of @length 0: one made up of @number. False for a length this kind can not have. */
bool card_init(
	struct card *ret, enum card_kind kind, const uint8_t *uid, size_t length, uint32_t number);

void card_power_off(struct card *card);

/* REQA (or WUPA when @wake): true when it answers. An active card that hears REQA falls back to
 * idle, silently. */
bool card_request(struct card *card, bool wake);

/* The target data of InListPassiveTarget behind Tg: SENS_RES, SEL_RES, UID, ATS; or POL_RES.
 * Returns its length. */
size_t card_target(struct card *card, uint8_t ret[64]);

bool card_is_iso_dep(const struct card *card);

/* One exchange; the length of the answer, or 0 for silence. */
size_t card_exchange(
	struct card *card, const uint8_t *in, size_t length, uint8_t ret[CARD_ANSWER_MAX]);

#endif
