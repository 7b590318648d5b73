#include "tests/unit/check.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "exchange/attendees_in.h"

#define SEEN_SIZE 1024

int test_attendees_in(void);

/* What came out of a list, as text: "line:values|" for people, "line!fault of column|" for the
 * rest. */
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
	char words[64];
	snprintf(words, sizeof words, "%s of %s", fault_name(rejection->fault),
		rejection->column->name);
	add(seen->rejected, "%u!%s|", rejection->line, words);
}

static const char *cluster_of(void *context, const char *name)
{
	(void)context;
	return strcmp(name, "health") == 0 || strcmp(name, "Health") == 0 ? "health"
	       : strcmp(name, "ICT & E-commerce") == 0                    ? "ict-ecommerce"
									  : NULL;
}

static int read_list(
	const char *text, const struct column_map *map, struct seen *ret, struct rejection *refusal)
{
	*ret = (struct seen){ .people = "" };
	const struct attendee_sink sink = { ret, on_attendee, on_reject };
	return attendees_read(text, strlen(text), map, cluster_of, NULL, &sink, refusal);
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
			"2:Jan, Piet,,de \"Hoek\" links,,,,,,,|4:Eva,,,,,,,,,|", "" },
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
			"3!width of organisation|" },
		{ "values that are not allowed",
			"voornaam,soort,niveau,cluster,regio,groei,taal\nA,kerk,,,,,\nB,,vwo,,,,\n"
			"C,,,Ruimtevaart,,,\nD,,,,elders,,\nE,,,,,groot,\nF,,,,,,fr\n",
			"",
			"2!value of organisation_kind|3!value of education_level|4!cluster of "
			"cluster|5!value of region|6!value of growth|7!value of language|" },
		{ "too long, nobody, no number of the chamber of commerce",
			"voornaam,kvk,taal\n"
			"A,,abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\n,,nl\nB,12,\n",
			"", "2!long of language|3!nobody of given_name|4!kvk of kvk|" },
		{ "titles above the header, as a spreadsheet saves them",
			"Deelnemers, expeditie, Zwolle;;;\n;;;\nVoornaam;Tussenvoegsel;Achternaam;"
			"Bedrijfsnaam\nRen\xC3\xA9;van der;Vos;Zorg\nPiet;;Kok;X, Y, Z, "
			"Q\n;;;\n;;;\n",
			"4:Ren\xC3\xA9,van der Vos,Zorg,,,,,,,|5:Piet,Kok,X, Y, Z, Q,,,,,,,|", "" },
		{ "a line that tells the separator", "sep=;\nnaam;organisatie\nAda Bos;Robotica\n",
			"3:Ada,Bos,Robotica,,,,,,,|", "" },
		{ "headers over headers",
			"Persoon;;Organisatie\nVoornaam;Achternaam;Organisatie\nTeun;Kok;Kaas\n",
			"3:Teun,Kok,Kaas,,,,,,,|", "" },
		{ "a title that is short of separators",
			"Lijst van Inge, Jan, Piet en Kees\nnaam;organisatie\nAda, Bos;Zorg, BV\n"
			"Ben;X\n",
			"3:Ada,,Bos,Zorg, BV,,,,,,,|4:Ben,,X,,,,,,,|", "" },
		{ "one line of Windows-1252 among UTF-8", "voornaam\nZo\xC3\xAB\nRen\xE9\n",
			"2:Zo\xC3\xAB,,,,,,,,,|3:Ren\xC3\xA9,,,,,,,,,|", "" },
		{ "blanks that do not break, marks without width",
			"naam\xC2\xA0,organisatie\n\xC2\xA0"
			"Ada\xC2\xA0"
			"Bos,\xE2\x80\x8BZorg\n",
			"2:Ada,Bos,Zorg,,,,,,,|", "" },
		{ "an export of pretix",
			"Order code,Attendee name,Attendee name: Given name,Attendee name: Family "
			"name,"
			"Company\nA1,Ada van Bos,Ada,van Bos,Zorg\n",
			"2:Ada,van Bos,Zorg,,,,,,,|", "" },
		{ "badges: bad, random, twice in other writing",
			"badge,voornaam\n04AABBCC010203,A\nzoiets,B\n08112233,C\n04:aa:bb:cc:01:02:"
			"03,D\n",
			"2:A,,,,,,,,,|", "3!badge of badge|4!random of badge|5!twice of badge|" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct seen seen;
		struct rejection refusal = { .fault = FAULT_NONE };
		CHECK_ROW(rows[i].sentence, read_list(rows[i].text, NULL, &seen, &refusal) == 0);
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
		const char *sentence, *text;
		enum fault fault;
		unsigned line;
	} rows[] = {
		{ "nothing", "", FAULT_EMPTY, 0 },
		{ "only line ends", "\n\n", FAULT_EMPTY, 0 },
		{ "no column that names anybody", "kleur,maat\nrood,M\n", FAULT_NO_LIST, 1 },
		{ "a quote that never ends", "voornaam\n\"Ada\n", FAULT_QUOTE, 2 },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct seen seen;
		struct rejection refusal = { .fault = FAULT_NONE };
		CHECK_ROW(rows[i].sentence,
			read_list(rows[i].text, NULL, &seen, &refusal) == -EINVAL);
		CHECK_ROW(rows[i].sentence,
			refusal.fault == rows[i].fault && refusal.line == rows[i].line);
	}
}

static void a_map_names_other_columns(void **state)
{
	(void)state;
	static const char text[] = "# pretix\n\nfull_name = Attendee name\norganisation=Company\n"
				   "organisation = Bedrijf\n";
	struct column_map map;
	struct seen seen;
	struct rejection refusal;
	assert_int_equal(column_map_read(&map, text, strlen(text), &refusal), 0);
	assert_string_equal(map.headers[COLUMN_ORGANISATION], "Bedrijf"); /* the last one holds */
	assert_int_equal(read_list("Order;Attendee name;BEDRIJF;company\n1;Ada Bos;Bytebrug;X\n",
				 &map, &seen, &refusal),
		0);
	assert_string_equal(seen.people, "2:Ada,Bos,Bytebrug,,,,,,,|");
	column_map_finish(&map);

	static const struct {
		const char *sentence, *text;
		unsigned line;
	} wrong[] = {
		{ "no equals sign", "badge = uid\nvoornaam\n", 2 },
		{ "a column that does not exist", "shirt = maat\n", 1 },
	};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		CHECK_ROW(wrong[i].sentence, column_map_read(&map, wrong[i].text,
						     strlen(wrong[i].text), &refusal) == -EINVAL);
		CHECK_ROW(wrong[i].sentence,
			refusal.fault == FAULT_MAP && refusal.line == wrong[i].line);
	}
}

/* Also one that is not to be read, and headers that say the same or nothing. */
static void a_map_tells_headers_apart(void **state)
{
	(void)state;
	static const char text[] = "full_name = \ngiven_name = naam\nfamily_name = Naam [3]\n"
				   "organisation = [4]\n";
	struct column_map map;
	struct seen seen;
	struct rejection refusal;
	assert_int_equal(column_map_read(&map, text, strlen(text), &refusal), 0);
	assert_int_equal(
		read_list(
			"Lijst van november\nNaam;maat;Naam;;volledige naam\nAda;M;Bos;Zorg;X Y\n",
			&map, &seen, &refusal),
		0);
	assert_string_equal(seen.people, "3:Ada,Bos,Zorg,,,,,,,|");
	column_map_finish(&map);
}

/* A long one is cut between letters. */
static void a_long_header_stays_text(void **state)
{
	(void)state;
	char text[HEADER_NAME_SIZE + 8], name[HEADER_NAME_SIZE];
	for (size_t pad = 0; pad < 4; pad++) {
		memset(text, 'a', sizeof text);
		for (size_t at = pad; at + 2 < sizeof text; at += 2)
			memcpy(text + at, "\xC3\xAB", 2);
		text[sizeof text - 1] = '\0';
		const struct table_row header = { .count = 2, .cells = { text, text } };
		attendee_header_name(&header, 1, name);
		CHECK_ROW("cut", utf8_is_valid(name, strlen(name)) && strstr(name, " [2]"));
	}
}

static void ninety_columns_are_read(void **state)
{
	(void)state;
	char text[4096];
	size_t length = 0;
	for (int row = 0; row < 2; row++) {
		for (int i = 0; i < 90; i++)
			length += (size_t)snprintf(
				text + length, sizeof text - length, "vraag %d;", i);
		length += (size_t)snprintf(
			text + length, sizeof text - length, "%s\n", row ? "Ada" : "voornaam");
	}
	struct seen seen;
	struct rejection refusal;
	assert_int_equal(read_list(text, NULL, &seen, &refusal), 0);
	assert_string_equal(seen.people, "2:Ada,,,,,,,,,|");
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
	struct rejection refusal;
	assert_int_equal(read_list(text, NULL, &seen, &refusal), 0);
	assert_string_equal(seen.rejected, "3002!twice of badge|");
}

/* The addresses of the list, and what stood in place of one: "address/other|". */
static int on_mail(void *context, const struct attendee_line *line, unsigned number)
{
	struct seen *seen = context;
	char words[128];
	snprintf(words, sizeof words, "%s/%s", line->values[COLUMN_EMAIL], line->no_mail);
	add(seen->people, "%u:%s|", number, words);
	return 0;
}

static void what_is_no_address_makes_nobody_one(void **state)
{
	static const char text[] =
		"name,email\nAda,Ada Bos <ada@voorbeeld.example>\nBo,n.v.t.\nCo,\nDe,a@b@c\n"
		"Ed,\"a b@c\"\n,geen\nFa,@x\nGe,x@\n";
	struct seen seen = { .people = "" };
	struct rejection refusal;
	const struct attendee_sink sink = { &seen, on_mail, on_reject };
	(void)state;
	assert_int_equal(
		attendees_read(text, strlen(text), NULL, cluster_of, NULL, &sink, &refusal), 0);
	assert_string_equal(seen.people,
		"2:ada@voorbeeld.example/|3:/n.v.t.|4:/|5:/a@b@c|6:/a b@c|8:/@x|9:/x@|");
	assert_string_equal(seen.rejected, "7!nobody of full_name|");
}

int test_attendees_in(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_read_as_people_write_them),
		cmocka_unit_test(a_file_that_is_no_list_is_refused_whole),
		cmocka_unit_test(a_map_names_other_columns),
		cmocka_unit_test(a_map_tells_headers_apart),
		cmocka_unit_test(a_long_header_stays_text),
		cmocka_unit_test(ninety_columns_are_read),
		cmocka_unit_test(a_thousand_badges_are_told_apart),
		cmocka_unit_test(what_is_no_address_makes_nobody_one),
	};
	return cmocka_run_group_tests_name("attendees_in", tests, NULL, NULL);
}
