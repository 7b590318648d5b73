/** HSU frames of a PN532 (NXP UM0701-02, 6.2.1): the bytes on the wire, both ways. Pure. */
#ifndef PN532_FRAME_H
#define PN532_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define FRAME_DATA_MAX 265 /* TFI included */
#define FRAME_WIRE_MAX (FRAME_DATA_MAX + 11)

enum frame_kind {
	FRAME_INCOMPLETE,
	FRAME_NOISE,
	FRAME_WAKE_UP,
	FRAME_ACK,
	FRAME_NACK,
	FRAME_COMMAND,
	FRAME_BROKEN
};

/**
 * Looks at the front of what came in. *@ret_used bytes are to be dropped (0 when incomplete).
 * FRAME_COMMAND fills @ret_data with command code and parameters (TFI D4 removed).
 */
enum frame_kind frame_take(const uint8_t *bytes, size_t length, size_t *ret_used,
	uint8_t ret_data[FRAME_DATA_MAX], size_t *ret_length);

/* A frame from the chip (TFI D5 is put in front); extended above 254 bytes. Returns its length on
 * the wire. */
size_t frame_make(uint8_t ret[FRAME_WIRE_MAX], const uint8_t *data, size_t length);

extern const uint8_t frame_ack[6], frame_nack[6], frame_error[8];

#endif
