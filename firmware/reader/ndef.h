/**
 * The token on a badge, found in an NDEF message. Pure: bytes in, token out; whatever the bytes,
 * nothing is read beyond them.
 *
 * Record: external type (TNF 4) "incheckpaal.nl:badge"; payload: version 1, token length, token of
 * 12 to 48 bytes, then nothing or a MAC of 16 bytes.
 */
#ifndef READER_NDEF_H
#define READER_NDEF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/badge.h"
#include "core/report.h"

struct ndef_token {
	struct identity identity;
	bool has_mac;
	uint8_t mac[REPORT_MAC_BYTES];
};

/* True when the message holds our record, well-formed; @ret is untouched otherwise. */
bool ndef_find_token(struct ndef_token *ret, const uint8_t *message, size_t length);

enum tlv_outcome { TLV_FOUND, TLV_NONE, TLV_MORE };

/**
 * Finds the NDEF message in a Type 2 tag's data area (from page 4 on; NFC Forum Type 2 Tag, 2.3).
 * FOUND: it lies at
 * @ret_start, @ret_length bytes, perhaps beyond @length. NONE: there is none. MORE: the bytes end
 * before one can tell.
 */
enum tlv_outcome ndef_find_tlv(
	const uint8_t *area, size_t length, size_t *ret_start, size_t *ret_length);

#endif
