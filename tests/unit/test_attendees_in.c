#include "tests/unit/check.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "exchange/attendees_in.h"

#define SEEN_SIZE 1024

int test_attendees_in(void);

/* What came out of a list, as text: "line:values|" for people, "line!reason|" for the rest. */
struct seen {
	char people[SEEN_SIZE], rejected[SEEN_SIZE];
};

static void add(char *text, const char *format, unsigned line, const char *words)
{
	const size_t length = strlen(text);
	snprintf(text + length, SEEN_SIZE - length, format, line, words);
}

static int on_attendee(void *context, const struct attendee_line *line, unsigned number)
{
	struct seen *seen = context;
	char values[512];
	snprintf(values, sizeof values, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s",
		line->values[COLUMN_GIVEN_NAME], line->values[COLUMN_FAMILY_NAME],
		line->values[COLUMN_ORGANISATION], line->values[COLUMN_ORGANISATION_KIND],
		line->values[COLUMN_EDUCATION_LEVEL], line->values[COLUMN_CLUSTER],
		line->values[COLUMN_REGION], line->values[COLUMN_GROWTH],
		line->values[COLUMN_LANGUAGE], line->values[COLUMN_SESSIONS]);
	add(seen->people, "%u:%s|", number, values);
	return 0;
}

static void on_reject(void *context, const struct rejection *rejection)
{
	struct seen *seen = context;
	char words[32];
	snprintf(words, sizeof words, "%.*s", (int)strcspn(rejection->reason, ":;,"),
		rejection->reason);
	add(seen->rejected, "%u!%s|", rejection->line, words);
}

static const char *cluster_of(void *context, const char *name)
{
	(void)context;
	return strcmp(name, "health") == 0 || strcmp(name, "Health") == 0 ? "health"
	       : strcmp(name, "ICT & E-commerce") == 0                    ? "ict-ecommerce"
									  : NULL;
}

static int read_list(const char *text, const struct column_map *map, struct seen *ret, char *reason)
{
	*ret = (struct seen){ .people = "" };
	const struct attendee_sink sink = { ret, on_attendee, on_reject };
	return attendees_read(text, strlen(text), map, cluster_of, NULL, &sink, reason);
}

static void lists_are_read_as_people_write_them(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *text, *people, *rejected;
	} rows[] = {
		{ "English, comma", "given_name,family_name,organisation\nAda,de Vries,Hanzecode\n",
			"2:Ada,de Vries,Hanzecode,,,,,,,|", "" },
		{ "Dutch, semicolon, BOM, CRLF",
			"\xEF\xBB\xBFVoornaam;Achternaam;Organisatie;Soort "
			"organisatie;Groeicluster;Regio;"
			"Groei;Taal\r\nZo\xC3\xAB;Bos;IJsselzorg;bedrijf;Health;buiten;startup;"
			"Nederlands\r\n",
			"2:Zo\xC3\xAB,Bos,IJsselzorg,company,,health,outside,start-up,nl,|", "" },
		{ "tabs, any order, a column nobody knows",
			"taal\tshirt\tvoornaam\tonderwijsniveau\ten\n\t\t\t\t\nen\tM\tChi\tHBO\t\n",
			"3:Chi,,,,hbo,,,,en,|", "" },
		{ "Windows-1252", "voornaam,achternaam\nZo\xEB,\x8Aimek\n",
			"2:Zo\xC3\xAB,\xC5\xA0imek,,,,,,,,|", "" },
		{ "quotes, a comma and a line end inside",
			"voornaam,organisatie\n\"Jan, Piet\",\"de \"\"Hoek\"\"\nlinks\"\nEva,\n",
			"2:Jan, Piet,,de \"Hoek\"\nlinks,,,,,,,|4:Eva,,,,,,,,,|", "" },
		{ "one name for both", "naam\nJan van der Berg\nCher\n",
			"2:Jan,van der Berg,,,,,,,,|3:Cher,,,,,,,,,|", "" },
		{ "sessions by any separator", "voornaam,sessies\nA,\" data; zorg|,slot \"\n",
			"2:A,,,,,,,,,data zorg slot|", "" },
		{ "blanks around, lines without anything",
			"voornaam , achternaam\n\n  Ada ,  Bos  \n\n", "3:Ada,Bos,,,,,,,,|", "" },
		{ "a quote in the middle of a cell is a letter",
			"voornaam,organisatie\nAda,Scherm 5\" Zwolle\nBob,X\n",
			"2:Ada,,Scherm 5\" Zwolle,,,,,,,|3:Bob,,X,,,,,,,|", "" },
		{ "old line ends, the last one missing", "voornaam\rAda\rBob",
			"2:Ada,,,,,,,,,|3:Bob,,,,,,,,,|", "" },
		{ "fewer cells are empty, more are refused",
			"voornaam,achternaam\nAda\nAda,Bos,extra\n", "2:Ada,,,,,,,,,|",
			"3!3 cells|" },
		{ "values that are not allowed",
			"voornaam,soort,niveau,cluster,regio,groei,taal\nA,kerk,,,,,\nB,,vwo,,,,\n"
			"C,,,Ruimtevaart,,,\nD,,,,elders,,\nE,,,,,groot,\nF,,,,,,fr\n",
			"",
			"2!organisation_kind|3!education_level|4!cluster|5!region|6!growth|7!"
			"language|" },
		{ "badges: bad, random, twice in other writing",
			"badge,voornaam\n04AABBCC010203,A\nzoiets,B\n08112233,C\n04:aa:bb:cc:01:02:"
			"03,D\n",
			"2:A,,,,,,,,,|", "3!badge|4!badge|5!badge|" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct seen seen;
		char reason[REASON_SIZE] = "";
		CHECK_ROW(rows[i].sentence, read_list(rows[i].text, NULL, &seen, reason) == 0);
		if (strcmp(seen.people, rows[i].people) != 0)
			fail_msg("%s: people: %s", rows[i].sentence, seen.people);
		if (strcmp(seen.rejected, rows[i].rejected) != 0)
			fail_msg("%s: rejected: %s", rows[i].sentence, seen.rejected);
	}
}

static void a_file_that_is_no_list_is_refused_whole(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *text, *reason;
	} rows[] = {
		{ "nothing", "", "empty" },
		{ "only line ends", "\n\n", "empty" },
		{ "no column that names anybody", "kleur,maat\nrood,M\n", "line 1" },
		{ "a quote that never ends", "voornaam\n\"Ada\n", "quote" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct seen seen;
		char reason[REASON_SIZE] = "";
		CHECK_ROW(
			rows[i].sentence, read_list(rows[i].text, NULL, &seen, reason) == -EINVAL);
		if (!strstr(reason, rows[i].reason))
			fail_msg("%s: said: %s", rows[i].sentence, reason);
	}
}

static void a_map_names_other_columns(void **state)
{
	(void)state;
	static const char text[] = "# pretix\n\nfull_name = Attendee name\norganisation=Company\n"
				   "organisation = Bedrijf\n";
	struct column_map map;
	struct seen seen;
	char reason[REASON_SIZE] = "";
	assert_int_equal(column_map_read(&map, text, strlen(text), reason), 0);
	assert_string_equal(map.headers[COLUMN_ORGANISATION], "Bedrijf"); /* the last one holds */
	assert_int_equal(read_list("Order;Attendee name;BEDRIJF;company\n1;Ada Bos;Bytebrug;X\n",
				 &map, &seen, reason),
		0);
	assert_string_equal(seen.people, "2:Ada,Bos,Bytebrug,,,,,,,|");
	column_map_finish(&map);

	static const struct {
		const char *sentence, *text, *line;
	} wrong[] = {
		{ "no equals sign", "badge = uid\nvoornaam\n", "line 2" },
		{ "a column that does not exist", "shirt = maat\n", "line 1" },
	};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		CHECK_ROW(wrong[i].sentence, column_map_read(&map, wrong[i].text,
						     strlen(wrong[i].text), reason) == -EINVAL);
		CHECK_ROW(wrong[i].sentence, strstr(reason, wrong[i].line) != NULL);
	}
}

static void a_thousand_badges_are_told_apart(void **state)
{
	(void)state;
	static char text[64 * 1024];
	size_t length = (size_t)snprintf(text, sizeof text, "badge\n");
	for (unsigned i = 0; i < 3000; i++)
		length += (size_t)snprintf(text + length, sizeof text - length, "04%012X\n", i);
	snprintf(text + length, sizeof text - length, "04%012X\n", 1234u);
	struct seen seen;
	char reason[REASON_SIZE] = "";
	assert_int_equal(read_list(text, NULL, &seen, reason), 0);
	assert_string_equal(seen.rejected, "3002!badge|");
}

int test_attendees_in(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_read_as_people_write_them),
		cmocka_unit_test(a_file_that_is_no_list_is_refused_whole),
		cmocka_unit_test(a_map_names_other_columns),
		cmocka_unit_test(a_thousand_badges_are_told_apart),
	};
	return cmocka_run_group_tests_name("attendees_in", tests, NULL, NULL);
}
