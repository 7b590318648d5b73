/* incheckpaal merge OTHER.db, or a directory with such files */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/words.h"
#include "core/text.h"
#include "store/backup.h"
#include "store/merge.h"

#define SCRATCH_NAME "merge.scratch"

/* What the tables and columns are called. */
/* clang-format off */
static const struct {
	const char *name;
	struct words words;
} names[] = {
	{ "cluster",            { "cluster", "cluster" } },
	{ "organisation",       { "organisation", "organisatie" } },
	{ "event",              { "event", "evenement" } },
	{ "session",            { "session", "sessie" } },
	{ "attendee",           { "attendee", "deelnemer" } },
	{ "name",               { "name", "naam" } },
	{ "name_nl",            { "name in Dutch", "naam in het Nederlands" } },
	{ "name_en",            { "name in English", "naam in het Engels" } },
	{ "short_nl",           { "short name in Dutch", "korte naam in het Nederlands" } },
	{ "short_en",           { "short name in English", "korte naam in het Engels" } },
	{ "target",             { "target", "doel" } },
	{ "position",           { "place in the order", "plaats in de volgorde" } },
	{ "kind",               { "kind", "soort" } },
	{ "education_level",    { "education level", "onderwijsniveau" } },
	{ "region",             { "region", "regio" } },
	{ "growth",             { "growth", "groei" } },
	{ "kvk",                { "KvK number", "KvK-nummer" } },
	{ "town",               { "town", "plaats" } },
	{ "to_check",           { "still to be checked", "nog na te kijken" } },
	{ "code",               { "code", "code" } },
	{ "title",              { "title", "titel" } },
	{ "venue",              { "venue", "locatie" } },
	{ "host",               { "host", "begeleider" } },
	{ "room",               { "room", "ruimte" } },
	{ "start_ms",           { "start", "begin" } },
	{ "end_ms",             { "end", "einde" } },
	{ "announced_start_ms", { "announced start", "aangekondigd begin" } },
	{ "utc_offset_min",     { "minutes from UTC", "minuten van UTC" } },
	{ "capacity",           { "capacity", "plaatsen" } },
	{ "state",              { "state", "toestand" } },
	{ "announced_room",     { "announced room", "aangekondigde ruimte" } },
	{ "given_name",         { "given name", "voornaam" } },
	{ "family_name",        { "family name", "achternaam" } },
	{ "email",              { "e-mail", "e-mail" } },
	{ "language",           { "language", "taal" } },
	{ "sessions",           { "sessions", "sessies" } },
	{ "forgotten_ms",       { "forgotten", "vergeten" } },
};
/* clang-format on */

static const char *called(const char *name)
{
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i].name, name) == 0)
			return cli_words(&names[i].words);
	return name;
}

/* What a cell holds, as people write it: a moment of the year here, yes or no, or as it is. */
static const char *as_said(const char *column, const char *value, char *ret, size_t size)
{
	static const struct words none = { "nothing", "niets" }, yes = { "yes", "ja" },
				  no = { "no", "nee" };
	const char *ending = strrchr(column, '_');
	if (!value[0])
		return cli_words(&none);
	if (strcmp(column, "to_check") == 0)
		return cli_words(strcmp(value, "0") == 0 ? &no : &yes);
	if (!ending || strcmp(ending, "_ms") != 0)
		return value;
	const int64_t wall_ms = strtoll(value, NULL, 10);
	struct calendar at;
	calendar_of(&at, wall_ms, clock_utc_offset_min(wall_ms));
	snprintf(ret, size, "%d-%d-%d %02d:%02d", at.day, at.month, at.year, at.hour, at.minute);
	return ret;
}

static void print_difference(void *context, const struct merge_difference *difference)
{
	static const struct words words = {
		"%s \"%s\": %s is \"%s\" here and \"%s\" there; the %s one stays, changed last\n",
		"%s \"%s\": %s is hier \"%s\" en daar \"%s\"; %s blijft, het laatst gewijzigd\n",
	};
	static const struct words ours = { "first", "het eerste" };
	static const struct words theirs = { "second", "het tweede" };

	char here[64], there[64];
	(void)context;
	printf(cli_words(&words), called(difference->kind), difference->which,
		called(difference->column),
		as_said(difference->column, difference->ours, here, sizeof here),
		as_said(difference->column, difference->theirs, there, sizeof there),
		cli_words(difference->theirs_stays ? &theirs : &ours));
}

static void print_report(const struct merge_report *report)
{
	static const struct words words = { "new here: %s, %s, %s, %s; %s\n",
		"nieuw hier: %s, %s, %s, %s; %s\n" };
	static const struct counted
		logs = { { "log", "logboek" }, { "logs", "logboeken" } },
		corrections = { { "correction", "correctie" }, { "corrections", "correcties" } },
		rows = { { "row of people and programme", "regel van mensen en programma" },
			{ "rows of people and programme", "regels van mensen en programma" } },
		differences = { { "difference", "verschil" }, { "differences", "verschillen" } };
	char counts[5][COUNTED_SIZE];

	static const struct words rights = {
		"badges that open the service screen there and not here: %" PRId64
		"; a right is not taken over (incheckpaal badge organiser UID)\n",
		"badges die daar het servicescherm openen en hier niet: %" PRId64
		"; een recht gaat niet mee (incheckpaal badge organiser UID)\n",
	};

	printf(cli_words(&words), cli_counted(counts[0], report->logs, &logs),
		cli_counted(counts[1], report->taps, &counted_taps),
		cli_counted(counts[2], report->corrections, &corrections),
		cli_counted(counts[3], report->rows, &rows),
		cli_counted(counts[4], report->differences, &differences));
	if (report->organisers)
		printf(cli_words(&rights), report->organisers);
}

struct merging {
	struct store *store;
	char scratch[4096];
	int taken, refused;
};

static int merge_one(void *context, const char *path)
{
	static const struct words part = { "what was taken in stays, merge again to go on",
		"wat is overgenomen blijft, voeg nog eens samen om verder te gaan" };
	static const struct words none = { "nothing was merged", "er is niets samengevoegd" };
	struct merging *merging = context;
	struct merge_report report;
	const int r = store_merge(
		merging->store, path, merging->scratch, print_difference, NULL, &report);
	if (r < 0) {
		merging->refused++;
		cli_fail("%s: %s; %s", "%s: %s; %s", path, report.why.words[cli_language()],
			cli_words(report.begun ? &part : &none));
	} else {
		merging->taken++;
		print_report(&report);
	}
	return 0;
}

/* A directory is a kiosk's own, as it was copied, or a stick with the backups of some. */
static void merge_all(struct merging *merging, const char *path)
{
	static const struct words none = { "no log of a kiosk lies in this directory",
		"in deze map ligt geen logboek van een kiosk" };
	char log[4096];
	struct stat state;
	if (stat(path, &state) < 0 || !S_ISDIR(state.st_mode))
		merge_one(merging, path);
	else if (path_join(log, sizeof log, path, STORE_FILE_NAME) && access(log, F_OK) == 0)
		merge_one(merging, log);
	else if (backup_newest_each(path, merge_one, merging) <= 0) {
		merging->refused++;
		cli_fail("%s: %s", "%s: %s", path, cli_words(&none));
	}
}

int command_merge(struct cli *cli)
{
	struct merging merging = { .taken = 0 };
	struct venue_key key;

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (!path_join(merging.scratch, sizeof merging.scratch, cli->arguments->data, SCRATCH_NAME))
		return cli_fail("the name of the data directory is too long",
			"de naam van de gegevensmap is te lang");
	if (cli_store(cli, STORE_WRITE, &merging.store) < 0)
		return EXIT_FAILED;
	if (cli_venue(cli, merging.store, &key) == 0)
		merge_all(&merging, cli->words[0]);
	store_close(merging.store);
	return merging.refused == 0 && merging.taken > 0 ? EXIT_DONE
	       : merging.taken > 0                       ? EXIT_PARTLY
							 : EXIT_FAILED;
}
