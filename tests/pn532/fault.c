#include "tests/pn532/fault.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[FAULT_KIND_COUNT] = { "none", "bad-dcs", "bad-lcs", "nack", "no-ack",
	"no-answer", "late", "double", "short" };

/* Those that change the chip instead of its frames. */
static bool set_chip_fault(
	struct fault *fault, struct chip *chip, const char *name, int number, int64_t now_ns)
{
	if (strcmp(name, "lowvbat") == 0) {
		const bool was_hung = chip->hung;
		chip_reset(chip);
		chip->hung = was_hung;
	} else if (strcmp(name, "hung") == 0) {
		chip->hung = true;
	} else if (strcmp(name, "torn") == 0) {
		chip->torn_after = number;
	} else if (strcmp(name, "flaky") == 0) {
		chip->flaky_percent = number;
	} else if (strcmp(name, "garbage") == 0) {
		fault->garbage_until_ns = now_ns + (number ? number : 10) * 1000000LL;
	} else {
		return false;
	}
	return true;
}

const char *fault_set(struct fault *fault, struct chip *chip, char *words, int64_t now_ns)
{
	char *rest = words;
	const char *name = strsep(&rest, " ");
	const int first = rest ? atoi(strsep(&rest, " ")) : 0;
	if (set_chip_fault(fault, chip, name, first, now_ns))
		return NULL;
	for (int kind = 0; kind < FAULT_KIND_COUNT; kind++) {
		if (strcmp(names[kind], name) != 0)
			continue;
		const int second = rest ? atoi(strsep(&rest, " ")) : 0;
		const int times = kind == FAULT_LATE ? second : first;
		fault->kind = (enum fault_kind)kind;
		fault->late_ms = kind == FAULT_LATE ? first : 0;
		fault->left = times ? times : 1;
		if (kind == FAULT_NONE) {
			chip->flaky_percent = 0;
			chip->torn_after = -1;
			fault->garbage_until_ns = 0;
		}
		return NULL;
	}
	return "no such fault; see --help";
}

enum fault_kind fault_strike(struct fault *fault)
{
	if (fault->left == 0)
		return FAULT_NONE;
	if (fault->left > 0)
		fault->left--;
	return fault->kind;
}

void fault_send(const struct fault *fault, enum fault_kind kind, struct line *line, uint8_t *frame,
	size_t length, int64_t due_ns)
{
	if (kind == FAULT_NO_ANSWER)
		return;
	if (kind == FAULT_BAD_DCS)
		frame[length - 2] ^= 0x5A;
	if (kind == FAULT_BAD_LCS)
		frame[4] ^= 0x5A;
	if (kind == FAULT_SHORT)
		length /= 2;
	if (kind == FAULT_LATE)
		due_ns += fault->late_ms * 1000000LL;
	line_send(line, frame, length, due_ns);
	if (kind == FAULT_DOUBLE)
		line_send(line, frame, length, due_ns);
}
