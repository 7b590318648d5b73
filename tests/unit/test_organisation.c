#include "check.h"

#include <stdio.h>
#include <string.h>

#include "core/organisation.h"

/* clang-format off */
static const struct {
	const char *name, *key;
} keys[] = {
	{ "IJsselbyte Software B.V.",            "ijsselbyte software" },
	{ "ijsselbyte  software bv",             "ijsselbyte software" },
	{ "IJSSELBYTE SOFTWARE, B. V.",          "ijsselbyte software" },
	{ "Ĳsselbyte Software B.V. i.o.",        "ijsselbyte software" },
	{ "IJsselbyte Software BV in oprichting", "ijsselbyte software" },
	{ "B.V. IJsselbyte Software",            "ijsselbyte software" },
	{ "Webstad Winkels N.V.",                "webstad winkels" },
	{ "Coöperatie De Stroom U.A.",           "de stroom" },
	{ "Cooperatie De Stroom",                "de stroom" },
	{ "Coöperatieve De Stroom W.A.",         "de stroom" },
	{ "Stichting Stadslab",                  "stadslab" },
	{ "Stadslab (Stichting)",                "stadslab" },
	{ "Vereniging Salland",                  "salland" },
	{ "Jansen & Zn. V.O.F.",                 "jansen en zn" },
	{ "Jansen en Zn",                        "jansen en zn" },
	{ "Jansen + Zn VOF",                     "jansen en zn" },
	{ "Jansen and Zn",                       "jansen en zn" },
	{ "Müller Technik GmbH",                 "muller technik" },
	{ "North Sea Ltd.",                      "north sea" },
	{ "North Sea Limited",                   "north sea" },
	{ "Atelier 1",                           "atelier 1" },
	{ "A.B.C. Zorg",                         "abc zorg" },
	{ "A B C Zorg",                          "abc zorg" },
	{ "Café ’t Hoekje",                      "cafe t hoekje" },
	{ "  -Vezelwerk-  ",                     "vezelwerk" },
	{ "Stichting",                           "stichting" },
	{ "Stichting B.V.",                      "bv" },
	{ "In Oprichting",                       "in oprichting" },
	{ "Team in",                             "team in" },
	{ "& + en",                              "en en en" },
	{ "A &",                                 "a en" },
	{ "日本 B.V.",                            "日本" },
	{ "Kade:vracht_{Zuid}",                  "kade vracht zuid" },
	{ "kb kc kd kf kg kh kj kk km kp kq kr lb lc ld lf lg lh lj lk lm lp lq lr mb mc md mf mg mh mj mk mm mp",
	  "kb kc kd kf kg kh kj kk km kp kq kr lb lc ld lf lg lh lj lk lm lp lq lr mb mc md mf mg mh mj mk" },
	{ "",                                    "" },
	{ "...",                                 "" },
	{ "- / -",                               "" },
};

static const struct {
	const char *a, *b;
	int least, most;
	const char *why, *reason; /* NULL: nobody is asked */
} likenesses[] = {
	{ "Hanzecode", "Hanzecode B.V.",            100, 100, "the legal form is no difference", "same" },
	{ "Hanzecode", "Hanzecdoe",                  85,  99, "two letters were swapped", "letters" },
	{ "Hanzecode", "Hanze Code",                 99,  99, "a blank more is a question", "blanks" },
	{ "Hanzecode", "Hanzekode",                  85,  95, "one letter", "letters" },
	{ "Deltion", "Deltion College",              85,  85, "a part of the name", "start" },
	{ "Windesheim", "Hogeschool Windesheim",     85,  85, "the end of the name", "part" },
	{ "Zorggroep IJsselland", "IJsselland Zorggroep", 85, 85, "the words in another order", "order" },
	{ "UMCG", "Universitair Medisch Centrum Groningen", 80, 80, "an acronym", "acronym" },
	{ "Universitair Medisch Centrum Groningen", "UMCG", 80, 80, "the other way round", "acronym" },
	{ "UMCX", "Universitair Medisch Centrum Groningen", 0, 40, "no acronym", NULL },
	{ "Ab", "Alfa Beta",                          0,  60, "two letters are no acronym", NULL },
	{ "De", "De Stroom",                          0,  60, "a small word is no part", NULL },
	{ "Atelier 1", "Atelier 2",                   0,  74, "another number is another place", NULL },
	{ "Atelier 12", "Ateliers 12",              85,  99, "the same number", "letters" },
	{ "Atelier", "Atelier 2",                     0,  74, "a number more", NULL },
	{ "Bytebrug", "Zorgkring Salland",            0,  40, "nothing alike", NULL },
	{ "", "Bytebrug",                             0,   0, "no name", NULL },
	{ "Bytebrug", "",                             0,   0, "no name on the other side", NULL },
	{ "ab", "ba",                                50,  50, "swapped at the start", NULL },
};

static const struct {
	const char *text, *number; /* NULL: refused */
} numbers[] = {
	{ "12345678",   "12345678" },
	{ "1234 5678",  "12345678" },
	{ "12.34.56.78", "12345678" },
	{ "1234567",    NULL },
	{ "123456789",  NULL },
	{ "1234567a",   NULL },
	{ "1234-678",   NULL },
	{ "",           NULL },
};
/* clang-format on */

static void names_become_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		char key[ORGANISATION_KEY_SIZE];
		const size_t length = organisation_key(key, keys[i].name);
		assert_string_equal(key, keys[i].key);
		assert_int_equal(length, strlen(key));
		/* A key is its own key, but where only legal forms are left of it. */
		char again[ORGANISATION_KEY_SIZE];
		organisation_key(again, key);
		assert_string_equal(again, key);
	}
}

/* A form too many letters before or after changes nothing, whatever the name. */
static void every_form_is_left_out(void **state)
{
	static const char *const forms[] = { "B.V.", "BV", "b.v", "N.V.", "NV", "VOF", "V.O.F.",
		"U.A.", "UA", "C.V.", "GmbH", "Ltd", "Ltd.", "LLC", "Inc.", "Stichting",
		"Coöperatie", "COÖPERATIE", "Vereniging", "Maatschap", "Eenmanszaak" };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		char name[128], key[ORGANISATION_KEY_SIZE];
		snprintf(name, sizeof name, "Vezelwerk Zwolle %s", forms[i]);
		organisation_key(key, name);
		assert_string_equal(key, "vezelwerk zwolle");
		snprintf(name, sizeof name, "%s Vezelwerk, Zwolle", forms[i]);
		organisation_key(key, name);
		assert_string_equal(key, "vezelwerk zwolle");
	}
}

static void likeness_is_a_score(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(likenesses); i++) {
		char a[ORGANISATION_KEY_SIZE], b[ORGANISATION_KEY_SIZE];
		organisation_key(a, likenesses[i].a);
		organisation_key(b, likenesses[i].b);
		const int found = organisation_likeness(a, b);
		CHECK_ROW(likenesses[i].why,
			found >= likenesses[i].least && found <= likenesses[i].most);
		CHECK_ROW(likenesses[i].why, organisation_likeness(b, a) == found);
		if (!likenesses[i].reason)
			continue;
		CHECK_ROW(likenesses[i].why,
			strcmp(organisation_likeness_reason(a, b), likenesses[i].reason) == 0);
		CHECK_ROW(likenesses[i].why,
			strcmp(organisation_likeness_reason(b, a), likenesses[i].reason) == 0);
	}
}

static void a_providers_domain_says_nothing(void **state)
{
	(void)state;
	static const struct {
		const char *domain;
		bool common;
	} rows[] = {
		{ "gmail.com", true },
		{ "ziggo.nl", true },
		{ "notgmail.com", false },
		{ "ijsselzorg.nl", false },
		{ "voorbeeld.example", true },
		{ "example.nl", false },
		{ "", false },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(rows[i].domain, mail_domain_is_common(rows[i].domain) == rows[i].common);
}

static void any_bytes_give_a_bounded_key(void **state)
{
	(void)state;
	uint64_t seed = 5;
	for (int round = 0; round < 20000; round++) {
		static const char letters[] = "ab .&+-'1Bv\xC3\xA9\xE2\x82 io";
		char name[400], key[ORGANISATION_KEY_SIZE], again[ORGANISATION_KEY_SIZE];
		const size_t length = chance(&seed) % (sizeof name - 1);
		for (size_t i = 0; i < length; i++)
			name[i] = letters[chance(&seed) % (sizeof letters - 1)];
		name[length] = '\0';
		assert_true(organisation_key(key, name) < sizeof key);
		organisation_key(again, "Bytebrug");
		const int likeness = organisation_likeness(key, again);
		assert_true(likeness >= 0 && likeness <= 100);
	}
}

static void a_chamber_number_has_eight_digits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		char found[KVK_SIZE] = "same";
		const bool read = kvk_read(found, numbers[i].text);
		CHECK_ROW(numbers[i].text, read == (numbers[i].number != NULL));
		assert_string_equal(found, read ? numbers[i].number : "same");
	}
}

int test_organisation(void);
int test_organisation(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_become_keys),
		cmocka_unit_test(every_form_is_left_out),
		cmocka_unit_test(likeness_is_a_score),
		cmocka_unit_test(a_providers_domain_says_nothing),
		cmocka_unit_test(any_bytes_give_a_bounded_key),
		cmocka_unit_test(a_chamber_number_has_eight_digits),
	};
	return cmocka_run_group_tests_name("organisation", tests, NULL, NULL);
}
