/* incheckpaal merge OTHER.db */
#include <inttypes.h>
#include <stdio.h>

#include "base/seal.h"
#include "cli/cli.h"
#include "cli/words.h"
#include "store/merge.h"

#define SCRATCH_NAME "merge.scratch"

static void print_difference(void *context, const struct merge_difference *difference)
{
	static const struct words words = {
		"%s \"%s\": %s is \"%s\" here and \"%s\" there; the %s one stays, changed last\n",
		"%s \"%s\": %s is hier \"%s\" en daar \"%s\"; %s blijft, het laatst gewijzigd\n",
	};
	static const struct words ours = { "first", "het eerste" };
	static const struct words theirs = { "second", "het tweede" };

	(void)context;
	printf(cli_words(&words), difference->kind, difference->which, difference->column,
		difference->ours, difference->theirs,
		cli_words(difference->theirs_stays ? &theirs : &ours));
}

static void print_report(const struct merge_report *report)
{
	static const struct words words = {
		"new here: %" PRId64 " logs, %" PRId64 " taps, %" PRId64 " corrections, %" PRId64
		" rows of people and programme; %" PRId64 " differences\n",
		"nieuw hier: %" PRId64 " logboeken, %" PRId64 " taps, %" PRId64
		" correcties, %" PRId64 " regels van mensen en programma; %" PRId64
		" verschillen\n",
	};

	printf(cli_words(&words), report->logs, report->taps, report->corrections, report->rows,
		report->differences);
}

int command_merge(struct cli *cli)
{
	char scratch[4096];
	struct venue_key key;
	struct store *store;
	struct merge_report report;

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (!path_join(scratch, sizeof scratch, cli->arguments->data, SCRATCH_NAME))
		return cli_fail("the name of the data directory is too long");
	if (cli_store(cli, STORE_WRITE, &store) < 0)
		return EXIT_FAILED;
	int result = cli_venue(cli, store, &key);

	if (result < 0) {
		store_close(store);
		return EXIT_FAILED;
	}
	result = store_merge(store, cli->words[0], scratch, print_difference, NULL, &report);
	store_close(store);
	if (result < 0)
		return cli_fail("%s: %s; nothing was merged", cli->words[0], report.words);
	print_report(&report);
	return EXIT_DONE;
}
