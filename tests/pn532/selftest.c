/* The simulated chip, spoken to in memory: what the real one would answer is what the data sheets
 * say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/pn532/chip.h"

static struct chip chip;

static int wake(void **state)
{
	(void)state;
	struct chip_answer answer;
	chip_init(&chip, false);
	chip_wake(&chip);
	chip_command(&chip, (const uint8_t[]){ 0x14, 0x01 }, 2, 0, &answer);
	chip_command(&chip, (const uint8_t[]){ 0x32, 0x05, 0xFF, 0x01, 0x02 }, 5, 0, &answer);
	return answer.kind == ANSWER_DATA ? 0 : -1;
}

static void lay(const char *name, enum card_kind kind, const uint8_t *uid, size_t length)
{
	struct card card;
	assert_true(card_init(&card, kind, uid, length, 7));
	assert_true(chip_put(&chip, name, &card, 0));
}

/* One search to its end; how many cards it found. */
static uint8_t search(uint8_t modulation, struct chip_answer *ret)
{
	int64_t now_ns = 0;
	const uint8_t command[] = { 0x4A, 0x01, modulation, 0x00, 0xFF, 0xFF, 0x01, 0x00 };
	chip_command(&chip, command, modulation ? sizeof command : 3, now_ns, ret);
	assert_int_equal(ret->kind, ANSWER_LATER);
	for (int i = 0; i < 100; i++, now_ns += ATTEMPT_NS)
		if (chip_tick(&chip, now_ns, ret))
			return ret->data[1];
	fail_msg("the search does not end");
	return 0;
}

static void frames_survive_the_way_there_and_back(void **state)
{
	(void)state;
	for (size_t length = 1; length <= 263; length++) {
		uint8_t data[263], wire[FRAME_WIRE_MAX], back[FRAME_DATA_MAX];
		size_t used, got;
		for (size_t i = 0; i < length; i++)
			data[i] = (uint8_t)(i * 7 + length);
		const size_t size = frame_make(wire, data, length);
		const size_t tfi = wire[3] == 0xFF && wire[4] == 0xFF ? 8 : 5;
		assert_int_equal(frame_take(wire, size, &used, back, &got),
			FRAME_BROKEN); /* D5 is not for the chip */
		wire[tfi] = 0xD4;
		wire[size - 2] = (uint8_t)(wire[size - 2] + 1);
		assert_int_equal(frame_take(wire, size - 2, &used, back, &got), FRAME_INCOMPLETE);
		assert_int_equal(frame_take(wire, size, &used, back, &got), FRAME_COMMAND);
		assert_int_equal(got, length);
		assert_memory_equal(back, data, length);
	}
}

static void a_sleeping_chip_hears_nothing_but_its_wake_up(void **state)
{
	(void)state;
	struct chip_answer answer;
	chip_reset(&chip);
	chip_command(&chip, (const uint8_t[]){ 0x02 }, 1, 0, &answer);
	assert_int_equal(answer.kind, ANSWER_NONE);
	chip_wake(&chip);
	chip_command(&chip, (const uint8_t[]){ 0x02 }, 1, 0, &answer);
	assert_int_equal(answer.kind, ANSWER_NONE);
	chip_command(&chip, (const uint8_t[]){ 0x14, 0x01 }, 2, 0, &answer);
	assert_int_equal(answer.kind, ANSWER_DATA);
	chip_command(&chip, (const uint8_t[]){ 0x02 }, 1, 0, &answer);
	assert_int_equal(answer.data[1], 0x32);
	chip_command(&chip, (const uint8_t[]){ 0x8C }, 1, 0, &answer);
	assert_int_equal(answer.kind, ANSWER_ERROR);
}

static void every_kind_shows_its_own_face(void **state)
{
	(void)state;
	static const struct {
		enum card_kind kind;
		uint8_t modulation, sel_res, uid_length;
	} rows[] = {
		{ CARD_NTAG213, 0, 0x00, 7 },
		{ CARD_NTAG215, 0, 0x00, 7 },
		{ CARD_NTAG216, 0, 0x00, 7 },
		{ CARD_ULTRALIGHT_EV1, 0, 0x00, 7 },
		{ CARD_CLASSIC_1K, 0, 0x08, 4 },
		{ CARD_DESFIRE, 0, 0x20, 7 },
		{ CARD_PHONE, 0, 0x20, 4 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct chip_answer answer;
		chip_remove(&chip, "all");
		assert_int_equal(search(0, &answer), 0);
		lay("one", rows[i].kind, NULL, 0);
		assert_int_equal(search(0, &answer), 1);
		assert_int_equal(answer.data[5], rows[i].sel_res);
		assert_int_equal(answer.data[6], rows[i].uid_length);
	}
	struct chip_answer answer;
	chip_remove(&chip, "all");
	lay("one", CARD_FELICA, NULL, 0);
	assert_int_equal(search(0, &answer), 0);
	assert_int_equal(search(1, &answer), 1);
}

static void a_phone_has_another_number_each_time(void **state)
{
	(void)state;
	struct chip_answer first, second;
	lay("phone", CARD_PHONE, NULL, 0);
	assert_int_equal(search(0, &first), 1);
	assert_int_equal(search(0, &second), 1);
	assert_int_equal(first.data[7], 0x08);
	assert_int_equal(second.data[7], 0x08);
	assert_memory_not_equal(first.data + 7, second.data + 7, 4);
}

static void a_resting_badge_answers_every_second_request(void **state)
{
	(void)state;
	struct card card;
	assert_true(card_init(&card, CARD_NTAG213, NULL, 0, 1));
	assert_true(card_request(&card, false));
	assert_false(card_request(&card, false));
	assert_true(card_request(&card, false));
	card.active = false;
	card.halted = true;
	assert_false(card_request(&card, false));
	assert_true(card_request(&card, true));
}

static void a_tags_message_is_read_page_by_page(void **state)
{
	(void)state;
	struct chip_answer answer;
	struct card card;
	assert_true(card_init(&card, CARD_NTAG213, NULL, 0, 1));
	card.ndef_length = 20;
	memset(card.ndef, 0xAB, card.ndef_length);
	assert_true(chip_put(&chip, "tag", &card, 0));
	assert_int_equal(search(0, &answer), 1);
	chip_command(&chip, (const uint8_t[]){ 0x40, 0x01, 0x30, 0x03 }, 4, 0, &answer);
	assert_int_equal(answer.data[1], 0x00);
	assert_int_equal(answer.data[2], 0xE1);
	assert_int_equal(answer.data[6], 0x03);
	assert_int_equal(answer.data[7], 20);
	assert_int_equal(answer.data[8], 0xAB);
	chip_remove(&chip, "tag");
	chip_command(&chip, (const uint8_t[]){ 0x42, 0x30, 0x04 }, 3, 0, &answer);
	assert_int_equal(answer.data[1], 0x01);
}

static void noise_and_broken_frames_are_stepped_over(void **state)
{
	(void)state;
	uint32_t random = 12345;
	uint8_t bytes[64], data[FRAME_DATA_MAX];
	for (int turn = 0; turn < 20000; turn++) {
		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (uint8_t)((random = random * 1664525u + 1013904223u) >> 24);
		size_t left = sizeof bytes, used, length;
		while (left > 0 && frame_take(bytes + sizeof bytes - left, left, &used, data,
					   &length) != FRAME_INCOMPLETE) {
			assert_in_range(used, 1, left);
			left -= used;
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(frames_survive_the_way_there_and_back, wake),
		cmocka_unit_test_setup(a_sleeping_chip_hears_nothing_but_its_wake_up, wake),
		cmocka_unit_test_setup(every_kind_shows_its_own_face, wake),
		cmocka_unit_test_setup(a_phone_has_another_number_each_time, wake),
		cmocka_unit_test_setup(a_resting_badge_answers_every_second_request, wake),
		cmocka_unit_test_setup(a_tags_message_is_read_page_by_page, wake),
		cmocka_unit_test_setup(noise_and_broken_frames_are_stepped_over, wake),
	};
	return cmocka_run_group_tests_name("pn532", tests, NULL, NULL);
}
