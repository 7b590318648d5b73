#include "tests/unit/check.h"

#include "core/debounce.h"

#define HOLD_MS 3000

int test_debounce(void);

static struct badge_key key_of(uint8_t n)
{
	return (struct badge_key){ .bytes = { n, 1 } };
}

static void one_tap_per_badge_held_once(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		int badge, at_ms;
		bool want;
	} rows[] = {
		{ "the first tap is a tap", 1, 0, true },
		{ "lost and found again is the same tap", 1, 2999, false },
		{ "another badge 100 ms later is its own tap", 2, 3099, true },
		{ "a refusal keeps the badge quiet anew", 1, 5998, false },
		{ "the other badge is still quiet", 2, 6098, false },
		{ "when the hold has passed it is a new tap", 1, 8998, true },
		{ "a badge never seen is a tap", 3, 8998, true },
	};
	struct debounce debounce = { .slots = { { .used = false } } };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct badge_key key = key_of((uint8_t)rows[i].badge);
		CHECK_ROW(rows[i].sentence,
			debounce_admits(&debounce, &key, rows[i].at_ms, HOLD_MS) == rows[i].want);
	}
}

static void a_badge_resting_ten_minutes_is_one_tap(void **state)
{
	(void)state;
	struct debounce debounce = { .slots = { { .used = false } } };
	const struct badge_key key = key_of(7);
	int taps = 0;
	for (int64_t at_ms = 0; at_ms < 600000; at_ms += 200)
		taps += debounce_admits(&debounce, &key, at_ms, HOLD_MS);
	assert_int_equal(taps, 1);
}

static void a_crowd_gives_up_the_badge_that_would_end_first(void **state)
{
	(void)state;
	struct debounce debounce = { .slots = { { .used = false } } };
	struct badge_key key;
	for (uint8_t i = 0; i < DEBOUNCE_SLOTS; i++) {
		key = key_of(i);
		assert_true(debounce_admits(&debounce, &key, i, HOLD_MS));
	}
	key = key_of(0); /* renewed, so that number 1 ends first */
	assert_false(debounce_admits(&debounce, &key, 100, HOLD_MS));
	key = key_of(200);
	assert_true(debounce_admits(&debounce, &key, 101, HOLD_MS));
	key = key_of(0);
	assert_false(debounce_admits(&debounce, &key, 102, HOLD_MS));
	key = key_of(1);
	assert_true(debounce_admits(&debounce, &key, 103, HOLD_MS));
}

int test_debounce(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_tap_per_badge_held_once),
		cmocka_unit_test(a_badge_resting_ten_minutes_is_one_tap),
		cmocka_unit_test(a_crowd_gives_up_the_badge_that_would_end_first),
	};
	return cmocka_run_group_tests_name("debounce", tests, NULL, NULL);
}
