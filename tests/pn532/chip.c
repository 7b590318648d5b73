#include "tests/pn532/chip.h"

#include <string.h>

#define STATUS_TIMEOUT 0x01
#define STATUS_CRC 0x02
#define STATUS_CONTEXT 0x27
#define BYTE_ON_AIR_NS 85000LL  /* eight bits and parity at 106 kbit/s */
#define FIRMWARE_NS 1200000LL   /* what the chip itself takes for an exchange; modelled */
#define ACTIVATION_NS 4500000LL /* REQA to SAK of a 7-byte UID */
#define RATS_NS 3500000LL

void chip_init(struct chip *ret, bool real_timing)
{
	memset(ret, 0, sizeof *ret);
	ret->real_timing = real_timing;
	ret->random = 2463534242u;
	chip_reset(ret);
}

void chip_reset(struct chip *chip)
{
	chip->power = POWER_LOW_VBAT;
	chip->hung = chip->field_on = chip->search.running = false;
	chip->retries = 0xFF;
	chip->selected = NULL;
	chip->torn_after = -1;
	for (size_t i = 0; i < CHIP_CARDS_MAX; i++)
		card_power_off(&chip->slots[i].card);
}

void chip_wake(struct chip *chip)
{
	if (chip->power == POWER_LOW_VBAT)
		chip->power = POWER_WOKEN;
}

void chip_abort(struct chip *chip)
{
	chip->search.running = false;
}

static void answer(struct chip_answer *ret, uint8_t code, const uint8_t *data, size_t length)
{
	ret->kind = ANSWER_DATA;
	ret->data[0] = (uint8_t)(code + 1);
	if (length)
		memcpy(ret->data + 1, data, length);
	ret->length = length + 1;
}

static void answer_status(struct chip_answer *ret, uint8_t code, uint8_t status)
{
	answer(ret, code, &status, 1);
}

static void do_echo(struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	(void)chip;
	answer(ret, in[0], in + 1, length - 1);
}

static void do_firmware(
	struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	static const uint8_t version[] = { 0x32, 0x01, 0x06, 0x07 };
	(void)chip;
	(void)length;
	answer(ret, in[0], version, sizeof version);
}

static void do_general_status(
	struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	const uint8_t status[] = { 0x00, chip->field_on, 0x00, 0x80 };
	(void)length;
	answer(ret, in[0], status, sizeof status);
}

static void do_read_registers(
	struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	uint8_t values[FRAME_DATA_MAX / 2];
	size_t count = 0;
	for (size_t i = 1; i + 1 < length; i += 2)
		values[count++] = chip->registers[in[i] << 8 | in[i + 1]];
	answer(ret, in[0], values, count);
}

static void do_write_registers(
	struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	for (size_t i = 1; i + 2 < length; i += 3)
		chip->registers[in[i] << 8 | in[i + 1]] = in[i + 2];
	answer(ret, in[0], NULL, 0);
}

static void do_accept(struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	(void)chip;
	(void)length;
	answer(ret, in[0], NULL, 0);
}

static void do_power_down(
	struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	(void)length;
	answer_status(ret, in[0], 0);
	chip->power = POWER_LOW_VBAT;
}

static void field_off(struct chip *chip)
{
	chip->field_on = false;
	chip->selected = NULL;
	for (size_t i = 0; i < CHIP_CARDS_MAX; i++)
		card_power_off(&chip->slots[i].card);
}

static void do_radio(struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	if (length >= 3 && in[1] == 0x01) {
		if (in[2] & 0x01)
			chip->field_on = true;
		else
			field_off(chip);
	}
	if (length >= 5 && in[1] == 0x05)
		chip->retries = in[4];
	answer(ret, in[0], NULL, 0);
}

static void do_release(struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	(void)length;
	if (chip->selected &&
		in[0] == 0x44) { /* InDeselect halts the card, InRelease forgets it too */
		chip->selected->active = false;
		chip->selected->halted = true;
	}
	chip->selected = NULL;
	answer_status(ret, in[0], 0);
}

static uint32_t draw(struct chip *chip)
{
	chip->random ^= chip->random << 13;
	chip->random ^= chip->random >> 17;
	chip->random ^= chip->random << 5;
	return chip->random;
}

static bool is_torn(struct chip *chip)
{
	if (chip->torn_after > 0)
		chip->torn_after--;
	else if (chip->torn_after == 0) {
		chip_remove(chip, "all");
		chip->torn_after = -1;
		return true;
	}
	return false;
}

static void do_exchange(
	struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	uint8_t out[CARD_ANSWER_MAX + 1] = { 0 };
	const size_t skip = in[0] == 0x40 ? 2 : 1; /* InDataExchange names its target first */
	if (length <= skip || (!chip->selected && in[0] == 0x40)) {
		answer_status(ret, in[0], STATUS_CONTEXT);
		return;
	}
	if (is_torn(chip) || !chip->selected) {
		answer_status(ret, in[0], STATUS_TIMEOUT);
		return;
	}
	if (chip->flaky_percent && draw(chip) % 100 < (uint32_t)chip->flaky_percent) {
		answer_status(ret, in[0], STATUS_CRC);
		return;
	}
	const size_t got = card_exchange(chip->selected, in + skip, length - skip, out + 1);
	if (got == 0) {
		answer_status(ret, in[0], STATUS_TIMEOUT);
		return;
	}
	answer(ret, in[0], out, got + 1);
	ret->work_ns = FIRMWARE_NS + (int64_t)(length + got) * BYTE_ON_AIR_NS;
}

static void start_search(
	struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret)
{
	ret->kind = ANSWER_LATER;
	chip->search.running = true;
	memcpy(chip->search.command, in, length);
	chip->search.length = length;
	if (in[0] == 0x60) /* PollNr times Period of 150 ms for each type */
		chip->search.attempts_left =
			length < 4 || in[1] == 0xFF ? -1
						    : (int)(in[1] * in[2] * 30) * (int)(length - 3);
	else
		chip->search.attempts_left = chip->retries == 0xFF ? -1 : chip->retries + 1;
	chip->field_on = true;
}

/* One row a command; what is not here the chip answers with its error frame. */
static const struct {
	uint8_t code;
	void (*run)(struct chip *chip, const uint8_t *in, size_t length, struct chip_answer *ret);
} commands[] = {
	{ 0x00, do_echo },
	{ 0x02, do_firmware },
	{ 0x04, do_general_status },
	{ 0x06, do_read_registers },
	{ 0x08, do_write_registers },
	{ 0x12, do_accept },
	{ 0x14, do_accept },
	{ 0x16, do_power_down },
	{ 0x32, do_radio },
	{ 0x40, do_exchange },
	{ 0x42, do_exchange },
	{ 0x44, do_release },
	{ 0x4A, start_search },
	{ 0x52, do_release },
	{ 0x54, do_release },
	{ 0x60, start_search },
};

void chip_command(struct chip *chip, const uint8_t *command, size_t length, int64_t now_ns,
	struct chip_answer *ret)
{
	*ret = (struct chip_answer){ .kind = ANSWER_NONE };
	const bool configures = command[0] == 0x14;
	if (chip->hung || chip->power == POWER_LOW_VBAT ||
		(chip->power == POWER_WOKEN && !configures))
		return;
	chip->power = POWER_NORMAL;
	chip->search.running = false;
	chip->search.next_ns = now_ns;
	chip->commands++;
	ret->kind = ANSWER_ERROR;
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (commands[i].code == command[0])
			commands[i].run(chip, command, length, ret);
	if (!chip->real_timing)
		ret->work_ns = 0;
}

/* Which cards a modulation of InListPassiveTarget or a type of InAutoPoll reaches. */
static bool reaches(const uint8_t *in, uint8_t type, const struct card *card)
{
	const bool felica = card->kind == CARD_FELICA, iso_dep = card_is_iso_dep(card);
	if (in[0] == 0x4A)
		return felica ? type == 1 || type == 2 : type == 0;
	switch (type) {
	case 0x00:
		return !felica;
	case 0x01:
	case 0x02:
	case 0x11:
	case 0x12:
		return felica;
	case 0x10:
		return !felica && !iso_dep;
	case 0x20:
		return iso_dep;
	default:
		return false;
	}
}

/* 4A 01 00 UID: only that card, and halted ones too. */
static bool is_named(const uint8_t *in, size_t length, const struct card *card)
{
	if (in[0] != 0x4A || in[2] != 0 || length <= 3)
		return true;
	size_t named = length - 3;
	const uint8_t *uid = in + 3;
	while (named > card->uid_length &&
		uid[0] == 0x88) { /* cascade tags stand between the parts */
		uid++;
		named--;
	}
	return named >= card->uid_length && memcmp(uid, card->uid, 3) == 0;
}

/* Looks once for one type; fills what the answer holds behind NbTg. Returns how many were found. */
static uint8_t look(struct chip *chip, uint8_t type, uint8_t most, struct chip_answer *ret)
{
	const uint8_t *in = chip->search.command;
	const bool by_uid = in[0] == 0x4A && chip->search.length > 3 && in[2] == 0;
	uint8_t found = 0;
	for (size_t i = 0; i < CHIP_CARDS_MAX && found < most; i++) {
		struct card *card = &chip->slots[i].card;
		if (!chip->slots[i].used || !reaches(in, type, card) ||
			!is_named(in, chip->search.length, card))
			continue;
		if (card->kind == CARD_FELICA)
			card->active = true;
		else if (!card_request(card, by_uid))
			continue;
		uint8_t target[64];
		const size_t length = card_target(card, target);
		found++;
		if (in[0] == 0x60) {
			ret->data[ret->length++] = type;
			ret->data[ret->length++] = (uint8_t)(length + 1);
		}
		ret->data[ret->length++] = found;
		memcpy(ret->data + ret->length, target, length);
		ret->length += length;
		chip->selected = card;
		ret->work_ns += ACTIVATION_NS + (card_is_iso_dep(card) ? RATS_NS : 0);
	}
	return found;
}

static bool attempt(struct chip *chip, int64_t now_ns, struct chip_answer *ret)
{
	const uint8_t *in = chip->search.command;
	const size_t length = chip->search.length;
	const bool listing = in[0] == 0x4A;
	uint8_t found = 0;
	*ret = (struct chip_answer){ .kind = ANSWER_DATA, .length = 2 };
	ret->data[0] = (uint8_t)(in[0] + 1);
	if (listing && length >= 3)
		found = look(chip, in[2], in[1], ret);
	for (size_t i = 3; !listing && i < length && !found; i++)
		found = look(chip, in[i], 1, ret);
	ret->data[1] = found;
	if (!chip->real_timing)
		ret->work_ns = 0;
	if (found) {
		chip->activations++;
		chip->activated_ns = now_ns;
	}
	return found > 0;
}

static void let_go(struct chip *chip, struct slot *slot)
{
	if (chip->selected == &slot->card)
		chip->selected = NULL;
	slot->used = false;
}

bool chip_tick(struct chip *chip, int64_t now_ns, struct chip_answer *ret)
{
	for (size_t i = 0; i < CHIP_CARDS_MAX; i++)
		if (chip->slots[i].used && chip->slots[i].leaves_ns &&
			now_ns >= chip->slots[i].leaves_ns)
			let_go(chip, &chip->slots[i]);
	if (!chip->search.running || chip->hung || now_ns < chip->search.next_ns)
		return false;

	chip->search.next_ns = now_ns + ATTEMPT_NS;
	const bool found = attempt(chip, now_ns, ret);
	if (chip->search.attempts_left > 0)
		chip->search.attempts_left--;
	const bool over = found || chip->search.attempts_left == 0;
	if (over)
		chip->search.running = false;
	return over;
}

int64_t chip_next_ns(const struct chip *chip)
{
	int64_t next_ns = chip->search.running && !chip->hung ? chip->search.next_ns : INT64_MAX;
	for (size_t i = 0; i < CHIP_CARDS_MAX; i++) {
		const struct slot *slot = &chip->slots[i];
		if (slot->used && slot->leaves_ns && slot->leaves_ns < next_ns)
			next_ns = slot->leaves_ns;
	}
	return next_ns;
}

bool chip_put(struct chip *chip, const char *name, const struct card *card, int64_t leaves_ns)
{
	struct slot *free_slot = NULL;
	for (size_t i = 0; i < CHIP_CARDS_MAX; i++) {
		struct slot *slot = &chip->slots[i];
		if (slot->used && strcmp(slot->name, name) == 0)
			return false;
		if (!slot->used && !free_slot)
			free_slot = slot;
	}
	if (!free_slot || strlen(name) >= CHIP_NAME_SIZE)
		return false;
	*free_slot = (struct slot){ .used = true, .leaves_ns = leaves_ns, .card = *card };
	memcpy(free_slot->name, name, strlen(name) + 1);
	return true;
}

bool chip_remove(struct chip *chip, const char *name)
{
	const bool all = strcmp(name, "all") == 0;
	bool any = all;
	for (size_t i = 0; i < CHIP_CARDS_MAX; i++) {
		if (!chip->slots[i].used || (!all && strcmp(chip->slots[i].name, name) != 0))
			continue;
		let_go(chip, &chip->slots[i]);
		any = true;
	}
	return any;
}

size_t chip_card_count(const struct chip *chip)
{
	size_t count = 0;
	for (size_t i = 0; i < CHIP_CARDS_MAX; i++)
		count += chip->slots[i].used;
	return count;
}
