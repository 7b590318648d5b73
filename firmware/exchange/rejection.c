#include "exchange/rejection.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

/* clang-format off */
/* @allowed is a format for the rejection's number. */
static const struct {
	const char *name, *what[LANGUAGE_COUNT], *allowed[LANGUAGE_COUNT];
} faults[FAULT_COUNT] = {
	[FAULT_NONE] = { "none", { "", "" }, { NULL } },
	[FAULT_OTHER] = { "other",
		{ "Dit kan zo niet worden ingelezen", "This cannot be imported as it is" }, { NULL } },
	[FAULT_MEMORY] = { "memory",
		{ "Er is te weinig geheugen", "There is too little memory" }, { NULL } },
	[FAULT_LONG] = { "long",
		{ "Deze tekst is te lang", "This text is too long" },
		{ "%u tekens, een letter met een accent telt voor twee",
		  "%u characters, a letter with an accent counts as two" } },
	[FAULT_WIDTH] = { "width",
		{ "Te veel kolommen: er staat een scheidingsteken in de tekst",
		  "Too many columns: there is a separator inside the text" },
		{ "%u kolommen, zoals in de eerste regel", "%u columns, as on the first line" } },
	[FAULT_NOBODY] = { "nobody",
		{ "Naam ontbreekt", "Name is missing" },
		{ "een naam, een badge of een e-mailadres", "a name, a badge or an e-mail address" } },
	[FAULT_VALUE] = { "value",
		{ "Deze waarde kent de kiosk niet", "The kiosk does not know this value" }, { NULL } },
	[FAULT_CLUSTER] = { "cluster",
		{ "Dit cluster kent de kiosk niet", "The kiosk does not know this cluster" },
		{ "de naam of de code van een cluster, zoals health of Logistiek",
		  "the name or the code of a cluster, such as health or Logistics" } },
	[FAULT_KVK] = { "kvk",
		{ "Dit is geen KvK-nummer", "This is not a chamber of commerce number" },
		{ "acht cijfers", "eight digits" } },
	[FAULT_BADGE] = { "badge",
		{ "Dit is geen badgenummer", "This is not a badge number" },
		{ "8, 14, 16 of 20 tekens van 0 tot 9 en A tot F, of token: en 24 tot 96 daarvan",
		  "8, 14, 16 or 20 characters of 0 to 9 and A to F, or token: and 24 to 96 of them" } },
	[FAULT_RANDOM] = { "random",
		{ "Dit nummer begint met 08 en verandert bij elke tik",
		  "This number starts with 08 and changes at every tap" }, { NULL } },
	[FAULT_TWICE] = { "twice",
		{ "Deze badge staat er al eerder in", "This badge is on an earlier line already" }, { NULL } },
	[FAULT_TAKEN] = { "taken",
		{ "Badge is al van iemand anders", "Badge already belongs to somebody else" }, { NULL } },
	[FAULT_ORGANISER] = { "organiser",
		{ "Badge is van de organisatie en opent het servicescherm",
		  "Badge is an organiser's and opens the service screen" }, { NULL } },
	[FAULT_NOTITLE] = { "notitle", { "Titel ontbreekt", "Title is missing" }, { NULL } },
	[FAULT_NOSTART] = { "nostart", { "Begintijd ontbreekt", "Start time is missing" }, { NULL } },
	[FAULT_ALLDAY] = { "allday",
		{ "Heeft geen tijdstip, dus niemand kan hiervoor inchecken",
		  "Has no time of day, so nobody can check in to it" }, { NULL } },
	[FAULT_TIME] = { "time",
		{ "Dit is geen tijd; zo kan het wel: 24-11-2026 14:00",
		  "This is not a time; this works: 2026-11-24 14:00" }, { NULL } },
	[FAULT_ORDER] = { "order",
		{ "Eindtijd ontbreekt of ligt niet na de begintijd",
		  "End time is missing or not after the start" }, { NULL } },
	[FAULT_DURATION] = { "duration",
		{ "Eindtijd of duur ontbreekt", "End time or duration is missing" },
		{ "een eindtijd, of een duur zoals 01:30 of 90", "an end time, or a duration such as 01:30 or 90" } },
	[FAULT_NOID] = { "noid",
		{ "Heeft geen kenmerk (UID of guid), dus een volgende keer is het niet terug te vinden",
		  "Has no identifier (UID or guid), so it cannot be found again next time" }, { NULL } },
	[FAULT_CAPACITY] = { "capacity",
		{ "Aantal plekken is geen getal van 0 tot 100000",
		  "Number of places is not a number from 0 to 100000" }, { NULL } },
	[FAULT_KIND] = { "kind",
		{ "Soort moet plenair, deelsessie of pauze zijn", "Kind has to be plenary, parallel or break" },
		{ NULL } },
	[FAULT_STATE] = { "state",
		{ "Status moet gepland, verplaatst, geannuleerd of vertraagd zijn",
		  "State has to be planned, moved, cancelled or delayed" }, { NULL } },
	[FAULT_CODE] = { "code",
		{ "De code ontbreekt of kan zo niet", "The code is missing or cannot be as it is" },
		{ "1 tot 31 tekens van a tot z, 0 tot 9 en -", "1 to 31 characters of a to z, 0 to 9 and -" } },
	[FAULT_NAME] = { "name",
		{ "De Nederlandse naam ontbreekt of is te lang", "The Dutch name is missing or too long" },
		{ "1 tot %u tekens", "1 to %u characters" } },
	[FAULT_TARGET] = { "target",
		{ "Het doel is geen getal van 1 tot 1000", "The target is not a number from 1 to 1000" }, { NULL } },
	[FAULT_EMPTY] = { "empty", { "er staat niets in", "there is nothing in it" }, { NULL } },
	[FAULT_NO_TEXT] = { "notext",
		{ "dit is geen tekstbestand", "this is not a text file" }, { NULL } },
	[FAULT_QUOTE] = { "quote",
		{ "een aanhalingsteken dat hier begint, wordt nergens gesloten",
		  "a quote that is opened here never ends" }, { NULL } },
	[FAULT_NO_LIST] = { "nolist",
		{ "geen enkele kolom heet badge of naam", "no column is called badge or name" },
		{ "badge, voornaam, achternaam, naam, organisatie en meer, of hoe --map ze noemt",
		  "badge, given_name, family_name, name, organisation and more, or what --map calls them" } },
	[FAULT_NO_TABLE] = { "notable",
		{ "er moeten kolommen zijn voor titel, begin en eind", "there have to be columns for title, start and end" },
		{ "sessie, titel, begeleider, ruimte, begin, eind, cluster, capaciteit, soort en status",
		  "session, title, host, room, start, end, cluster, capacity, kind and state" } },
	[FAULT_NO_CLUSTERS] = { "noclusters",
		{ "er moeten kolommen zijn voor code en name_nl", "there have to be columns for code and name_nl" },
		{ "code, name_nl, name_en, short_nl, short_en en target",
		  "code, name_nl, name_en, short_nl, short_en and target" } },
	[FAULT_MAP] = { "map",
		{ "dit is geen regel van de vorm KOLOM = opschrift", "this is no line of the form COLUMN = header" },
		{ "als kolom badge, given_name, family_name, full_name, organisation, organisation_kind, "
		  "education_level, cluster, region, growth, email, language, sessions, kvk en town",
		  "as a column badge, given_name, family_name, full_name, organisation, organisation_kind, "
		  "education_level, cluster, region, growth, email, language, sessions, kvk and town" } },
	[FAULT_NO_SCHEDULE] = { "noschedule",
		{ "dit is geen programma", "this is no schedule" },
		{ "iCalendar (.ics), schedule.json van frab of pretalx, en CSV",
		  "iCalendar (.ics), schedule.json of frab or pretalx, and CSV" } },
	[FAULT_NO_JSON] = { "nojson", { "dit is geen JSON", "this is no JSON" }, { NULL } },
	[FAULT_NO_DAYS] = { "nodays",
		{ "in deze JSON staat geen programma: schedule, conference, days ontbreekt",
		  "this JSON holds no schedule: schedule, conference, days is missing" }, { NULL } },
	[FAULT_NO_UTF8] = { "noutf8",
		{ "deze kalender is geen tekst in UTF-8", "this calendar is no text in UTF-8" }, { NULL } },
	[FAULT_UNENDED] = { "unended",
		{ "deze kalender houdt halverwege op", "this calendar ends halfway" }, { NULL } },
	[FAULT_MANY] = { "many",
		{ "hier staan te veel sessies in", "there are too many sessions in it" }, { "%u sessies", "%u sessions" } },
	[FAULT_NO_SESSION] = { "nosession",
		{ "er staat geen sessie in", "there is no session in it" }, { NULL } },
};
/* clang-format on */

const char *fault_name(enum fault fault)
{
	return faults[fault].name;
}

enum fault fault_from_name(const char *name)
{
	for (int fault = 0; fault < FAULT_COUNT; fault++)
		if (strcmp(faults[fault].name, name) == 0)
			return (enum fault)fault;
	return FAULT_OTHER;
}

const char *fault_words(enum fault fault, enum language language)
{
	return faults[fault].what[language];
}

static void add(char ret[REASON_SIZE], const char *text)
{
	const size_t length = strlen(ret);
	utf8_clip(ret + length, REASON_SIZE - length, text);
}

/* Which column, what stood in it, and on which other line. */
static void add_where(char ret[REASON_SIZE], const struct rejection *rejection, bool dutch)
{
	const struct fault_column *column = rejection->column;
	const char *name = !column ? "" : dutch ? column->nl : column->name;
	char text[64 + sizeof rejection->value];

	if (!name[0] && !rejection->value[0])
		return;
	snprintf(text, sizeof text, " (%.40s%s%s%s%s)", name,
		name[0] && rejection->value[0] ? ": " : "", rejection->value[0] ? "\"" : "",
		rejection->value, rejection->value[0] ? "\"" : "");
	add(ret, text);
	if (rejection->fault != FAULT_TWICE)
		return;
	snprintf(text, sizeof text, dutch ? ", op regel %u" : ", on line %u", rejection->number);
	add(ret, text);
}

void rejection_words(
	char ret[REASON_SIZE], const struct rejection *rejection, enum language language)
{
	const bool dutch = language == LANGUAGE_NL, whole = rejection->fault >= FAULT_EMPTY;
	const char *allowed = faults[rejection->fault].allowed[language];
	char text[REASON_SIZE] = "";

	if (whole && rejection->line)
		snprintf(text, sizeof text, dutch ? "regel %u: " : "line %u: ", rejection->line);
	ret[0] = '\0';
	add(ret, text);
	add(ret, fault_words(rejection->fault, language));
	add_where(ret, rejection, dutch);
	if (rejection->fault == FAULT_VALUE && rejection->column)
		allowed = rejection->column->allowed[language];
	if (!allowed)
		return;
	snprintf(text, sizeof text, allowed, rejection->number);
	add(ret, dutch ? "; toegestaan: " : "; allowed: ");
	add(ret, text);
}
