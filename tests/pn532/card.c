#include "tests/pn532/card.h"

#include <string.h>

#define PAGE 4

/* What the data sheets say of each kind. */
static const struct {
	const char *name;
	uint8_t sens_res[2], sel_res;
	uint8_t lengths[3]; /* allowed UID lengths */
	uint8_t pages;      /* Type 2 */
	uint8_t cc_size;    /* byte 2 of the capability container: bytes / 8 */
	uint8_t version[8]; /* GET_VERSION */
	uint8_t ats[8], ats_length;
} kinds[CARD_KIND_COUNT] = {
	[CARD_NTAG213] = { "ntag213", { 0x00, 0x44 }, 0x00, { 7, 4, 10 }, 45, 0x12,
		{ 0x00, 0x04, 0x04, 0x02, 0x01, 0x00, 0x0F, 0x03 }, { 0 }, 0 },
	[CARD_NTAG215] = { "ntag215", { 0x00, 0x44 }, 0x00, { 7, 4, 10 }, 135, 0x3E,
		{ 0x00, 0x04, 0x04, 0x02, 0x01, 0x00, 0x11, 0x03 }, { 0 }, 0 },
	[CARD_NTAG216] = { "ntag216", { 0x00, 0x44 }, 0x00, { 7, 4, 10 }, 231, 0x6D,
		{ 0x00, 0x04, 0x04, 0x02, 0x01, 0x00, 0x13, 0x03 }, { 0 }, 0 },
	[CARD_ULTRALIGHT_EV1] = { "ultralight-ev1", { 0x00, 0x44 }, 0x00, { 7, 0, 0 }, 20, 0x06,
		{ 0x00, 0x04, 0x03, 0x01, 0x01, 0x00, 0x0B, 0x03 }, { 0 }, 0 },
	[CARD_CLASSIC_1K] = { "classic1k", { 0x00, 0x04 }, 0x08, { 4, 7, 0 }, 0, 0, { 0 }, { 0 },
		0 },
	[CARD_DESFIRE] = { "desfire", { 0x03, 0x44 }, 0x20, { 7, 4, 10 }, 0, 0, { 0 },
		{ 0x06, 0x75, 0x77, 0x81, 0x02, 0x80 }, 6 },
	[CARD_PHONE] = { "phone", { 0x00, 0x04 }, 0x20, { 4, 0, 0 }, 0, 0, { 0 },
		{ 0x05, 0x78, 0x80, 0x70, 0x02 }, 5 },
	[CARD_FELICA] = { "felica", { 0 }, 0, { 8, 0, 0 }, 0, 0, { 0 }, { 0 }, 0 },
};

bool card_kind_from_name(enum card_kind *ret, const char *name)
{
	for (int i = 0; i < CARD_KIND_COUNT; i++) {
		if (strcmp(kinds[i].name, name) == 0) {
			*ret = (enum card_kind)i;
			return true;
		}
	}
	return false;
}

const char *card_kind_name(enum card_kind kind)
{
	return kinds[kind].name;
}

static void make_uid(struct card *card, uint32_t number)
{
	static const uint8_t base[CARD_UID_MAX] = { 0x04, 0x5A, 0x17, 0x00, 0x00, 0x00, 0x80, 0x01,
		0x02, 0x03 };
	memcpy(card->uid, base, sizeof base);
	for (size_t i = 0; i < 3; i++)
		card->uid[card->uid_length - 1 - i] = (uint8_t)(number >> (8 * i));
	if (card->kind == CARD_FELICA)
		card->uid[0] = 0x01;
}

bool card_init(
	struct card *ret, enum card_kind kind, const uint8_t *uid, size_t length, uint32_t number)
{
	const uint8_t *allowed = kinds[kind].lengths;
	struct card card = { .kind = kind,
		.uid_length = length ? length : allowed[0],
		.random = number * 2654435761u + 1 };
	if (length && length != allowed[0] && length != allowed[1] && length != allowed[2])
		return false;
	if (length)
		memcpy(card.uid, uid, length);
	else
		make_uid(&card, number);
	*ret = card;
	return true;
}

void card_power_off(struct card *card)
{
	card->active = card->halted = false;
	card->file = 0;
}

/* Android draws a new number each time its field comes up anew; 08 marks it as random. */
static void draw_random_uid(struct card *card)
{
	card->random = card->random * 1664525u + 1013904223u;
	card->uid[0] = 0x08;
	for (size_t i = 1; i < 4; i++)
		card->uid[i] = (uint8_t)(card->random >> (8 * i));
}

bool card_request(struct card *card, bool wake)
{
	if (card->kind == CARD_FELICA)
		return false;
	if (card->active && !wake) {
		card->active = false;
		return false;
	}
	if (card->halted && !wake)
		return false;
	if (card->kind == CARD_PHONE)
		draw_random_uid(card);
	card->active = true;
	card->halted = false;
	card->file = 0;
	return true;
}

bool card_is_iso_dep(const struct card *card)
{
	return kinds[card->kind].ats_length > 0;
}

static size_t felica_target(const struct card *card, uint8_t ret[64])
{
	static const uint8_t pad[8] = { 0x01, 0x20, 0x22, 0x04, 0x27, 0x67, 0x4E, 0xFF };
	ret[0] = 0x12;
	ret[1] = 0x01;
	memcpy(ret + 2, card->uid, 8);
	memcpy(ret + 10, pad, sizeof pad);
	return 18;
}

size_t card_target(struct card *card, uint8_t ret[64])
{
	if (card->kind == CARD_FELICA)
		return felica_target(card, ret);
	size_t at = 0;
	ret[at++] = kinds[card->kind].sens_res[0];
	ret[at++] = kinds[card->kind].sens_res[1];
	ret[at++] = kinds[card->kind].sel_res;
	ret[at++] = (uint8_t)card->uid_length;
	memcpy(ret + at, card->uid, card->uid_length);
	at += card->uid_length;
	memcpy(ret + at, kinds[card->kind].ats, kinds[card->kind].ats_length);
	return at + kinds[card->kind].ats_length;
}

/* Byte @address of a Type 2 tag's memory: UID pages, capability container, NDEF TLV. */
static uint8_t memory_byte(const struct card *card, size_t address)
{
	const uint8_t header[16] = { card->uid[0], card->uid[1], card->uid[2],
		(uint8_t)(0x88 ^ card->uid[0] ^ card->uid[1] ^ card->uid[2]), card->uid[3],
		card->uid[4], card->uid[5], card->uid[6],
		(uint8_t)(card->uid[3] ^ card->uid[4] ^ card->uid[5] ^ card->uid[6]), 0x48, 0x00,
		0x00, 0xE1, 0x10, kinds[card->kind].cc_size, 0x00 };
	if (address < sizeof header)
		return address >= 12 && !card->ndef_length ? 0x00 : header[address];
	const bool is_long = card->ndef_length > 254;
	const uint8_t tlv[4] = { 0x03, is_long ? 0xFF : (uint8_t)card->ndef_length,
		(uint8_t)(card->ndef_length >> 8), (uint8_t)card->ndef_length };
	const size_t tlv_length = is_long ? 4 : 2, offset = address - sizeof header;
	if (!card->ndef_length)
		return 0x00;
	if (offset < tlv_length)
		return tlv[offset];
	if (offset < tlv_length + card->ndef_length)
		return card->ndef[offset - tlv_length];
	return offset == tlv_length + card->ndef_length ? 0xFE : 0x00;
}

static size_t read_pages(const struct card *card, size_t first, size_t count, uint8_t *ret)
{
	const size_t pages = kinds[card->kind].pages;
	if (first >= pages || count > CARD_ANSWER_MAX / PAGE)
		return 0;
	for (size_t i = 0; i < count * PAGE; i++)
		ret[i] = memory_byte(
			card, (first * PAGE + i) % (pages * PAGE)); /* reads wrap around */
	return count * PAGE;
}

static size_t exchange_type2(
	const struct card *card, const uint8_t *in, size_t length, uint8_t *ret)
{
	if (length == 2 && in[0] == 0x30)
		return read_pages(card, in[1], 4, ret);
	if (length == 3 && in[0] == 0x3A && in[2] >= in[1])
		return read_pages(card, in[1], (size_t)in[2] - in[1] + 1, ret);
	if (length == 1 && in[0] == 0x60) {
		memcpy(ret, kinds[card->kind].version, 8);
		return 8;
	}
	return 0;
}

static size_t status_word(uint8_t *ret, uint16_t word)
{
	ret[0] = (uint8_t)(word >> 8);
	ret[1] = (uint8_t)word;
	return 2;
}

static size_t select_file(struct card *card, const uint8_t *in, size_t length, uint8_t *ret)
{
	static const uint8_t application[] = { 0xD2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01 };
	if (card->kind != CARD_DESFIRE || !card->ndef_length)
		return status_word(ret, 0x6A82);
	if (in[2] == 0x04 && length >= 12 && in[4] == 7 && memcmp(in + 5, application, 7) == 0) {
		card->file = 1;
		return status_word(ret, 0x9000);
	}
	if (in[2] == 0x00 && length >= 7 && card->file && in[5] == 0xE1 &&
		(in[6] == 0x03 || in[6] == 0x04)) {
		card->file = (uint16_t)(in[5] << 8 | in[6]);
		return status_word(ret, 0x9000);
	}
	return status_word(ret, 0x6A82);
}

static uint8_t file_byte(const struct card *card, size_t at)
{
	static const uint8_t container[15] = { 0x00, 0x0F, 0x20, 0x00, 0x3B, 0x00, 0x34, 0x04, 0x06,
		0xE1, 0x04, 0x03, 0x20, 0x00, 0x00 };
	if (card->file == 0xE103)
		return at < sizeof container ? container[at] : 0;
	if (at < 2)
		return (uint8_t)(card->ndef_length >> (at ? 0 : 8));
	return at - 2 < card->ndef_length ? card->ndef[at - 2] : 0;
}

static size_t read_binary(const struct card *card, const uint8_t *in, uint8_t *ret)
{
	const size_t offset = (size_t)(in[2] << 8 | in[3]), count = in[4] ? in[4] : 256;
	if (card->file < 0xE103)
		return status_word(ret, 0x6985);
	for (size_t i = 0; i < count; i++)
		ret[i] = file_byte(card, offset + i);
	return count + status_word(ret + count, 0x9000);
}

static size_t exchange_type4(struct card *card, const uint8_t *in, size_t length, uint8_t *ret)
{
	if (length < 5 || in[0] != 0x00)
		return status_word(ret, 0x6E00);
	if (in[1] == 0xA4)
		return select_file(card, in, length, ret);
	if (in[1] == 0xB0)
		return read_binary(card, in, ret);
	return status_word(ret, 0x6D00);
}

size_t card_exchange(
	struct card *card, const uint8_t *in, size_t length, uint8_t ret[CARD_ANSWER_MAX])
{
	if (!card->active)
		return 0;
	if (card_is_iso_dep(card))
		return exchange_type4(card, in, length, ret);
	return kinds[card->kind].pages ? exchange_type2(card, in, length, ret) : 0;
}
