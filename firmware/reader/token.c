#include "reader/token.h"

#include <string.h>

#include "base/clock.h"

#define EXCHANGE_MS 60
#define MESSAGE_MAX 512 /* a badge's message is far shorter; a longer one is somebody else's */
#define PAGE 4
#define READ_BYTES 16
#define FIRST_DATA_PAGE 4
#define CAPABILITY_PAGE 3

/* One exchange inside the budget: the answer's length, or -1. */
static int exchange(struct device *device, const uint8_t *in, size_t length, uint8_t *ret,
	size_t capacity, int64_t deadline_ns)
{
	const int64_t left_ms = (deadline_ns - clock_mono_ns()) / 1000000;
	if (left_ms <= 0)
		return -1;
	const int wait_ms = left_ms < EXCHANGE_MS ? (int)left_ms : EXCHANGE_MS;
	const int got = device_exchange(device, in, length, ret, capacity, wait_ms);
	return got < 0 ? -1 : got;
}

static bool read_page(
	struct device *device, uint8_t page, uint8_t ret[READ_BYTES], int64_t deadline_ns)
{
	const uint8_t command[] = { 0x30, page };
	uint8_t answer[READ_BYTES + 2];
	if (exchange(device, command, sizeof command, answer, sizeof answer, deadline_ns) <
		READ_BYTES)
		return false;
	memcpy(ret, answer, READ_BYTES);
	return true;
}

static enum token_outcome found_or_none(
	struct ndef_token *ret, const uint8_t *message, size_t length)
{
	return ndef_find_token(ret, message, length) ? TOKEN_FOUND : TOKEN_NONE;
}

/* NFC Forum Type 2: capability container in page 3, then TLVs. */
static enum token_outcome read_type2(
	struct device *device, int64_t deadline_ns, struct ndef_token *ret)
{
	uint8_t area[MESSAGE_MAX + READ_BYTES];
	size_t have = 0, start = 0, length = 0;
	uint8_t first[READ_BYTES];
	if (!read_page(device, CAPABILITY_PAGE, first, deadline_ns))
		return TOKEN_TORN;
	if (first[0] != 0xE1)
		return TOKEN_NONE;
	memcpy(area, first + PAGE, READ_BYTES - PAGE); /* pages 4 to 6 came along */
	have = READ_BYTES - PAGE;
	for (;;) {
		const enum tlv_outcome outcome = ndef_find_tlv(area, have, &start, &length);
		if (outcome == TLV_NONE || (outcome == TLV_FOUND && length > MESSAGE_MAX))
			return TOKEN_NONE;
		if (outcome == TLV_FOUND && start + length <= have)
			return found_or_none(ret, area + start, length);
		if (have + READ_BYTES > sizeof area)
			return TOKEN_NONE;
		const uint8_t page = (uint8_t)(FIRST_DATA_PAGE + have / PAGE);
		if (!read_page(device, page, area + have, deadline_ns))
			return TOKEN_TORN;
		have += READ_BYTES;
	}
}

/* An APDU that is answered with 9000: the data's length, -1 torn, -2 refused. */
static int apdu(struct device *device, const uint8_t *command, size_t length, uint8_t *ret,
	size_t capacity, int64_t deadline_ns)
{
	const int got = exchange(device, command, length, ret, capacity, deadline_ns);
	if (got < 2)
		return -1;
	return ret[got - 2] == 0x90 && ret[got - 1] == 0x00 ? got - 2 : -2;
}

/* NFC Forum Type 4: application, capability container, NDEF file. */
static enum token_outcome read_type4(
	struct device *device, int64_t deadline_ns, struct ndef_token *ret)
{
	static const uint8_t application[] = { 0x00, 0xA4, 0x04, 0x00, 0x07, 0xD2, 0x76, 0x00, 0x00,
		0x85, 0x01, 0x01, 0x00 };
	static const uint8_t container[] = { 0x00, 0xA4, 0x00, 0x0C, 0x02, 0xE1, 0x03 };
	static const uint8_t read_container[] = { 0x00, 0xB0, 0x00, 0x00, 0x0F };
	uint8_t answer[256];
	int got = apdu(device, application, sizeof application, answer, sizeof answer, deadline_ns);
	if (got == -2) /* no NDEF application: a plain access card or a phone */
		return TOKEN_NONE;
	if (got < 0 ||
		apdu(device, container, sizeof container, answer, sizeof answer, deadline_ns) < 0 ||
		apdu(device, read_container, sizeof read_container, answer, sizeof answer,
			deadline_ns) < 15)
		return TOKEN_TORN;

	const uint8_t file[] = { 0x00, 0xA4, 0x00, 0x0C, 0x02, answer[9], answer[10] };
	static const uint8_t read_length[] = { 0x00, 0xB0, 0x00, 0x00, 0x02 };
	if (apdu(device, file, sizeof file, answer, sizeof answer, deadline_ns) < 0 ||
		apdu(device, read_length, sizeof read_length, answer, sizeof answer, deadline_ns) <
			2)
		return TOKEN_TORN;
	const size_t length = (size_t)(answer[0] << 8 | answer[1]);
	if (length == 0 || length > 240) /* one READ BINARY that libnfc can carry */
		return TOKEN_NONE;
	const uint8_t read_message[] = { 0x00, 0xB0, 0x00, 0x02, (uint8_t)length };
	got = apdu(device, read_message, sizeof read_message, answer, sizeof answer, deadline_ns);
	return got < (int)length ? TOKEN_TORN : found_or_none(ret, answer, length);
}

enum token_outcome token_read(struct device *device, const struct sighting *sighting,
	int64_t deadline_ns, struct ndef_token *ret)
{
	if (sighting->is_type2)
		return read_type2(device, deadline_ns, ret);
	return sighting->is_type4 ? read_type4(device, deadline_ns, ret) : TOKEN_NONE;
}
