#include "tests/unit/check.h"

#include <string.h>

#include "core/said.h"
#include "core/text.h"

int test_said(void);

static void both_are_filled_from_the_same(void **state)
{
	(void)state;
	struct said said, more;
	said_set(&said, "tap %d of %s", "tap %d van %s", 7, "Ingang");
	said_words(&more, ": gone", ": weg");
	said_add(&said, &more);
	assert_string_equal(said.words[LANGUAGE_EN], "tap 7 of Ingang: gone");
	assert_string_equal(said.words[LANGUAGE_NL], "tap 7 van Ingang: weg");
}

static void too_long_a_text_ends_in_a_whole_letter(void **state)
{
	(void)state;
	char text[SAID_SIZE * 2];
	struct said said, more;
	memset(text, 'x', sizeof text);
	for (size_t at = 1; at + 3 < sizeof text; at += 2)
		memcpy(text + at, "\xC3\xA9", 3);
	said_set(&said, "%s", "y%s", text);
	said_words(&more, text, text);
	said_add(&said, &more);
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		const size_t length = strlen(said.words[i]);
		assert_true(length >= SAID_SIZE - 6 && length < SAID_SIZE);
		assert_true(utf8_is_valid(more.words[i], strlen(more.words[i])));
	}
}

int test_said(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_are_filled_from_the_same),
		cmocka_unit_test(too_long_a_text_ends_in_a_whole_letter),
	};
	return cmocka_run_group_tests_name("said", tests, NULL, NULL);
}
