/**
 * The PN532 itself: commands in, answers out, the cards in its field (NXP UM0701-02, chapter 7).
 * Time is a parameter in nanoseconds; nothing here touches a file. One instance, one thread.
 */
#ifndef PN532_CHIP_H
#define PN532_CHIP_H

#include "tests/pn532/card.h"
#include "tests/pn532/frame.h"

#define CHIP_CARDS_MAX 8
#define CHIP_NAME_SIZE 32
#define ATTEMPT_NS 5000000LL /* one look for a card; assumed, see --help */

enum chip_power { POWER_LOW_VBAT, POWER_WOKEN, POWER_NORMAL };

struct slot {
	bool used;
	char name[CHIP_NAME_SIZE];
	int64_t leaves_ns; /* 0: stays until removed */
	struct card card;
};

struct chip {
	enum chip_power power;
	bool hung, field_on;
	uint8_t retries; /* MxRtyPassiveActivation */
	uint8_t registers[65536];
	struct slot slots[CHIP_CARDS_MAX];
	struct card *selected; /* in @slots; NULL when none or gone */
	bool real_timing;
	int torn_after; /* exchanges until the card is torn off; -1 never */
	int flaky_percent;
	uint32_t random;

	struct {
		bool running;
		uint8_t command[FRAME_DATA_MAX];
		size_t length;
		int attempts_left; /* -1: for ever */
		int64_t next_ns;
	} search; /* InListPassiveTarget or InAutoPoll under way */

	uint64_t commands, activations;
	int64_t activated_ns;
};

struct chip_answer {
	enum {
		ANSWER_NONE,
		ANSWER_DATA,
		ANSWER_ERROR,
		ANSWER_LATER
	} kind; /* NONE: the command was not heard */
	uint8_t data[FRAME_DATA_MAX];
	size_t length;
	int64_t work_ns; /* radio and firmware time it took; 0 without real timing */
};

void chip_init(struct chip *ret, bool real_timing);
void chip_reset(struct chip *chip); /* power or RSTPD_N: back to LowVbat, also from hung */
void chip_wake(struct chip *chip);  /* 55 on the wire */
void chip_abort(struct chip *chip); /* an ACK from the host */

void chip_command(struct chip *chip, const uint8_t *command, size_t length, int64_t now_ns,
	struct chip_answer *ret);

/* Cards that are due leave; a search under way goes on. True when it ended in @ret. */
bool chip_tick(struct chip *chip, int64_t now_ns, struct chip_answer *ret);
int64_t chip_next_ns(const struct chip *chip); /* INT64_MAX when nothing is due */

/* False when the field is full or the name is taken. */
bool chip_put(struct chip *chip, const char *name, const struct card *card, int64_t leaves_ns);
bool chip_remove(struct chip *chip, const char *name); /* "all" too */
size_t chip_card_count(const struct chip *chip);

#endif
