#include "check.h"
#include "core/typeahead.h"

static void names_fit_by_the_start_of_their_words(void **state)
{
	(void)state;
	static const struct {
		const char *name, *typed;
		enum typeahead_fit want;
	} rows[] = {
		{ "ijsselbyte software", "", TYPEAHEAD_NONE },
		{ "ijsselbyte software", "ijs", TYPEAHEAD_START },
		{ "ijsselbyte software", "soft", TYPEAHEAD_WORD },
		{ "ijsselbyte software", "oft", TYPEAHEAD_NONE },
		{ "ijsselbyte software", "ijsselbyte software", TYPEAHEAD_EXACT },
		{ "ijsselbyte software", "ijsselbyte software b", TYPEAHEAD_NONE },
		{ "zorg- en welzijn/oost (zwolle)", "oost", TYPEAHEAD_WORD },
		{ "zorg- en welzijn/oost (zwolle)", "zwolle", TYPEAHEAD_WORD },
		{ "x", "y", TYPEAHEAD_NONE },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(
			rows[i].typed, typeahead_fit(rows[i].name, rows[i].typed) == rows[i].want);
}

int test_typeahead(void);
int test_typeahead(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_fit_by_the_start_of_their_words),
	};
	return cmocka_run_group_tests_name("typeahead", tests, NULL, NULL);
}
