/** What goes wrong on command: bent frames, silence, a chip that resets or hangs. */
#ifndef PN532_FAULT_H
#define PN532_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/pn532/chip.h"
#include "tests/pn532/line.h"

enum fault_kind {
	FAULT_NONE,
	FAULT_BAD_DCS,
	FAULT_BAD_LCS,
	FAULT_NACK,
	FAULT_NO_ACK,
	FAULT_NO_ANSWER,
	FAULT_LATE,
	FAULT_DOUBLE,
	FAULT_SHORT,
	FAULT_KIND_COUNT
};

struct fault {
	enum fault_kind kind;
	int left; /* commands it still hits; -1 until "fault none" */
	int late_ms;
	int64_t garbage_until_ns;
};

/* "bad-dcs [N]", "late MS [N]", "lowvbat", "hung", "torn N", "flaky P", "garbage MS", "none".
 * @words is cut up. NULL, or what is wrong. */
const char *fault_set(struct fault *fault, struct chip *chip, char *words, int64_t now_ns);

/* The kind that hits this command; counts down. */
enum fault_kind fault_strike(struct fault *fault);

/* Sends the chip's frame as the fault bends it. */
void fault_send(const struct fault *fault, enum fault_kind kind, struct line *line, uint8_t *frame,
	size_t length, int64_t due_ns);

#endif
