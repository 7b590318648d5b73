#include "tests/unit/check.h"

#include <ctype.h>
#include <string.h>

#include "core/text.h"
#include "exchange/attendees_in.h"

int test_rejection(void);

static void every_fault_is_said_in_both_languages(void **state)
{
	(void)state;
	for (int i = FAULT_NONE + 1; i < FAULT_COUNT; i++) {
		const enum fault fault = (enum fault)i;
		char words[LANGUAGE_COUNT][REASON_SIZE];

		assert_non_null(fault_name(fault));
		assert_int_equal(fault_from_name(fault_name(fault)), fault);
		for (int language = 0; language < LANGUAGE_COUNT; language++) {
			const struct rejection rejection = { .fault = fault, .number = 3 };
			const char *what = fault_words(fault, (enum language)language);

			CHECK_ROW(fault_name(fault), what && what[0]);
			CHECK_ROW(fault_name(fault), what[strlen(what) - 1] != '.');
			CHECK_ROW(what, !isupper((unsigned char)what[0]) == (fault >= FAULT_EMPTY));
			rejection_words(words[language], &rejection, (enum language)language);
		}
		CHECK_ROW(words[0], strcmp(words[0], words[1]) != 0);
		CHECK_ROW(
			words[0], !strstr(words[0], "toegestaan") == !strstr(words[1], "allowed"));
	}
	assert_int_equal(fault_from_name("nonsense"), FAULT_OTHER);
}

static void a_column_with_a_list_says_it_in_both_languages(void **state)
{
	(void)state;
	int lists = 0;
	for (int i = 0; i < COLUMN_COUNT; i++) {
		const struct fault_column *column = attendee_column_said((enum attendee_column)i);
		CHECK_ROW(column->name, column->nl[0]);
		CHECK_ROW(column->name, !column->allowed[0] == !column->allowed[1]);
		lists += column->allowed[0] != NULL;
	}
	assert_int_equal(lists, 5);
}

static void it_tells_where_and_what_is_allowed(void **state)
{
	(void)state;
	const struct {
		struct rejection rejection;
		const char *nl, *en;
	} rows[] = {
		{ { .line = 7,
			  .fault = FAULT_VALUE,
			  .column = attendee_column_said(COLUMN_REGION),
			  .value = "elders" },
			"Deze waarde kent de kiosk niet (regio: \"elders\"); toegestaan: binnen of "
			"buiten",
			"The kiosk does not know this value (region: \"elders\"); allowed: inside "
			"or "
			"outside" },
		{ { .line = 9,
			  .fault = FAULT_TWICE,
			  .column = attendee_column_said(COLUMN_BADGE),
			  .value = "04AA",
			  .number = 2 },
			"Deze badge staat er al eerder in (badgenummer: \"04AA\"), op regel 2",
			"This badge is on an earlier line already (badge: \"04AA\"), on line 2" },
		{ { .line = 3,
			  .fault = FAULT_NOBODY,
			  .column = attendee_column_said(COLUMN_FULL_NAME) },
			"Naam ontbreekt (naam); toegestaan: een naam, een badge of een e-mailadres",
			"Name is missing (full_name); allowed: a name, a badge or an e-mail "
			"address" },
		{ { .line = 3, .fault = FAULT_NOTITLE }, "Titel ontbreekt", "Title is missing" },
		{ { .line = 4, .fault = FAULT_NO_JSON, .value = "invalid token" },
			"regel 4: dit is geen JSON (\"invalid token\")",
			"line 4: this is no JSON (\"invalid token\")" },
		{ { .fault = FAULT_MANY, .number = 5000 },
			"hier staan te veel sessies in; toegestaan: 5000 sessies",
			"there are too many sessions in it; allowed: 5000 sessions" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char words[REASON_SIZE];
		rejection_words(words, &rows[i].rejection, LANGUAGE_NL);
		assert_string_equal(words, rows[i].nl);
		rejection_words(words, &rows[i].rejection, LANGUAGE_EN);
		assert_string_equal(words, rows[i].en);
	}
}

static void the_longest_still_ends_in_a_whole_letter(void **state)
{
	(void)state;
	char words[REASON_SIZE];
	for (int i = 0; i < FAULT_COUNT; i++) {
		struct rejection rejection = { .line = 4000000000u,
			.fault = (enum fault)i,
			.column = attendee_column_said(COLUMN_ORGANISATION_KIND),
			.number = 4000000000u };
		for (size_t at = 0; at + 2 < sizeof rejection.value; at += 2)
			memcpy(rejection.value + at, "\xC3\xA9", 2);
		rejection_words(words, &rejection, LANGUAGE_NL);
		assert_true(utf8_is_valid(words, strlen(words)));
	}
}

int test_rejection(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fault_is_said_in_both_languages),
		cmocka_unit_test(a_column_with_a_list_says_it_in_both_languages),
		cmocka_unit_test(it_tells_where_and_what_is_allowed),
		cmocka_unit_test(the_longest_still_ends_in_a_whole_letter),
	};
	return cmocka_run_group_tests_name("rejection", tests, NULL, NULL);
}
