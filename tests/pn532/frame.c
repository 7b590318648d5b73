#include "tests/pn532/frame.h"

#include <string.h>

const uint8_t frame_ack[6] = { 0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00 };
const uint8_t frame_nack[6] = { 0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00 };
const uint8_t frame_error[8] = { 0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00 };

static uint8_t sum_of(const uint8_t *bytes, size_t length)
{
	uint8_t sum = 0;
	for (size_t i = 0; i < length; i++)
		sum = (uint8_t)(sum + bytes[i]);
	return sum;
}

/* @at points behind 00 FF; @header says where the data starts and how long it is. */
static enum frame_kind take_data(const uint8_t *at, size_t left, size_t header, size_t count,
	size_t *ret_used, uint8_t *ret_data, size_t *ret_length)
{
	if (left < header + count + 2)
		return FRAME_INCOMPLETE;
	*ret_used += header + count + 2;
	const uint8_t *data = at + header;
	const uint8_t sum = (uint8_t)(sum_of(data, count) + data[count]);
	if (sum != 0 || count < 2 || data[0] != 0xD4)
		return FRAME_BROKEN;
	memcpy(ret_data, data + 1, count - 1);
	*ret_length = count - 1;
	return FRAME_COMMAND;
}

static enum frame_kind take_after_start(
	const uint8_t *at, size_t left, size_t *ret_used, uint8_t *ret_data, size_t *ret_length)
{
	if (left < 3)
		return FRAME_INCOMPLETE;
	if (memcmp(at, frame_ack + 3, 3) == 0 || memcmp(at, frame_nack + 3, 3) == 0) {
		*ret_used += 3;
		return at[0] == 0x00 ? FRAME_ACK : FRAME_NACK;
	}
	if (at[0] == 0xFF && at[1] == 0xFF) {
		if (left < 5)
			return FRAME_INCOMPLETE;
		const size_t count = (size_t)(at[2] << 8 | at[3]);
		if ((uint8_t)(at[2] + at[3] + at[4]) != 0 || count > FRAME_DATA_MAX) {
			*ret_used += 5;
			return FRAME_BROKEN;
		}
		return take_data(at, left, 5, count, ret_used, ret_data, ret_length);
	}
	if ((uint8_t)(at[0] + at[1]) != 0) {
		*ret_used += 2;
		return FRAME_BROKEN;
	}
	return take_data(at, left, 2, at[0], ret_used, ret_data, ret_length);
}

enum frame_kind frame_take(const uint8_t *bytes, size_t length, size_t *ret_used,
	uint8_t ret_data[FRAME_DATA_MAX], size_t *ret_length)
{
	size_t used = 0;
	*ret_used = 0;
	if (length == 0)
		return FRAME_INCOMPLETE;
	if (bytes[0] == 0x55) {
		while (used < length && bytes[used] == 0x55)
			used++;
		*ret_used = used;
		return FRAME_WAKE_UP;
	}
	while (used + 1 < length && !(bytes[used] == 0x00 && bytes[used + 1] == 0xFF))
		used++;
	if (used + 1 >= length) { /* no start code yet; a last 00 may be its first half */
		*ret_used = bytes[length - 1] == 0x00 ? length - 1 : length;
		return *ret_used ? FRAME_NOISE : FRAME_INCOMPLETE;
	}
	size_t taken = used + 2;
	const enum frame_kind kind =
		take_after_start(bytes + taken, length - taken, &taken, ret_data, ret_length);
	if (kind != FRAME_INCOMPLETE)
		*ret_used = taken;
	return kind;
}

size_t frame_make(uint8_t ret[FRAME_WIRE_MAX], const uint8_t *data, size_t length)
{
	const size_t count = length + 1;
	size_t at = 0;
	ret[at++] = 0x00;
	ret[at++] = 0x00;
	ret[at++] = 0xFF;
	if (count > 255) {
		ret[at++] = 0xFF;
		ret[at++] = 0xFF;
		ret[at++] = (uint8_t)(count >> 8);
	}
	ret[at++] = (uint8_t)count;
	ret[at++] = (uint8_t)(0 - (count >> 8) - count);
	ret[at] = 0xD5;
	memcpy(ret + at + 1, data, length);
	ret[at + count] = (uint8_t)(0 - sum_of(ret + at, count));
	ret[at + count + 1] = 0x00;
	return at + count + 2;
}
