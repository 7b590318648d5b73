#include "reader/ndef.h"

#include <string.h>

#define TNF_EXTERNAL 4
#define FLAG_SHORT 0x10
#define FLAG_ID 0x08

static const char our_type[] = "incheckpaal.nl:badge";

struct record {
	uint8_t tnf;
	const uint8_t *type, *payload;
	size_t type_length, payload_length;
};

/* The record at @at; 0 when it does not fit in @left, else its whole length. */
static size_t take_record(struct record *ret, const uint8_t *at, size_t left)
{
	if (left < 3)
		return 0;
	const bool is_short = at[0] & FLAG_SHORT, has_id = at[0] & FLAG_ID;
	const size_t header = (is_short ? 3u : 6u) + (has_id ? 1u : 0u);
	if (left < header)
		return 0;
	size_t payload = at[2];
	if (!is_short)
		payload = (size_t)at[2] << 24 | (size_t)at[3] << 16 | (size_t)at[4] << 8 | at[5];
	const size_t id = has_id ? at[header - 1] : 0;
	if (payload > left || header + at[1] + id + payload > left)
		return 0;
	*ret = (struct record){ .tnf = at[0] & 0x07,
		.type = at + header,
		.type_length = at[1],
		.payload = at + header + at[1] + id,
		.payload_length = payload };
	return header + at[1] + id + payload;
}

static bool take_token(struct ndef_token *ret, const uint8_t *payload, size_t length)
{
	if (length < 2 || payload[0] != 1 || length < (size_t)payload[1] + 2)
		return false;
	const size_t token = payload[1], rest = length - 2 - token;
	struct ndef_token found = { .has_mac = rest == REPORT_MAC_BYTES };
	if ((rest != 0 && !found.has_mac) ||
		!identity_from_token(&found.identity, payload + 2, token, false))
		return false;
	if (found.has_mac)
		memcpy(found.mac, payload + 2 + token, REPORT_MAC_BYTES);
	*ret = found;
	return true;
}

bool ndef_find_token(struct ndef_token *ret, const uint8_t *message, size_t length)
{
	struct record record;
	size_t step;
	for (size_t at = 0; (step = take_record(&record, message + at, length - at)) > 0;
		at += step) {
		if (record.tnf == TNF_EXTERNAL && record.type_length == sizeof our_type - 1 &&
			memcmp(record.type, our_type, sizeof our_type - 1) == 0)
			return take_token(ret, record.payload, record.payload_length);
	}
	return false;
}

enum tlv_outcome ndef_find_tlv(
	const uint8_t *area, size_t length, size_t *ret_start, size_t *ret_length)
{
	enum { TLV_NULL = 0x00, TLV_NDEF = 0x03, TLV_END = 0xFE };
	for (size_t at = 0; at < length;) {
		const uint8_t type = area[at++];
		if (type == TLV_NULL)
			continue;
		if (type == TLV_END)
			return TLV_NONE;
		if (at >= length || (area[at] == 0xFF && at + 3 > length))
			return TLV_MORE;
		const bool is_long = area[at] == 0xFF;
		const size_t size = is_long ? (size_t)(area[at + 1] << 8 | area[at + 2]) : area[at];
		at += is_long ? 3 : 1;
		if (type == TLV_NDEF) {
			*ret_start = at;
			*ret_length = size;
			return size ? TLV_FOUND : TLV_NONE;
		}
		at += size;
	}
	return TLV_MORE;
}
