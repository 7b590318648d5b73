/* incheckpaal backup FILE, incheckpaal restore FILE */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/words.h"
#include "store/backup.h"
#include "store/copy.h"

int command_backup(struct cli *cli)
{
	static const struct words done = {
		"saved %s\nIt holds names: keep it safe, and no longer than the log itself.\n",
		"opgeslagen: %s\nEr staan namen in: bewaar het veilig, en niet langer dan het "
		"logboek zelf.\n"
	};
	char from[BACKUP_PATH_SIZE], words[128];
	struct store *store;

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (!path_join(from, sizeof from, cli->arguments->data, STORE_FILE_NAME))
		return cli_fail("the name of the data directory is too long");
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	store_close(store);
	if (access(cli->words[0], F_OK) == 0)
		return cli_fail("%s is there already; nothing is overwritten", cli->words[0]);
	const int result = store_copy(from, cli->words[0], NULL, NULL, words, sizeof words);

	if (result < 0)
		return cli_fail("%s: %s", cli->words[0], words[0] ? words : strerror(-result));
	printf(cli_words(&done), cli->words[0]);
	return EXIT_DONE;
}

static void print_report(const struct restore_report *report)
{
	static const struct words restored = {
		"restored: %" PRId64 " taps; they stand as log %s, and new taps begin log %s\n",
		"teruggezet: %" PRId64 " taps; die staan als logboek %s, en nieuwe taps beginnen "
		"logboek %s\n"
	};
	static const struct words aside = { "what was here is kept as %s\n",
		"wat hier stond is bewaard als %s\n" };

	static const struct words journal = {
		"%" PRId64 " taps that the backup lacks came from the journal copy\n",
		"%" PRId64 " taps die de back-up mist kwamen uit de journaalkopie\n"
	};

	printf(cli_words(&restored), report->taps, report->earlier_id, report->log_id);
	if (report->journal_taps)
		printf(cli_words(&journal), report->journal_taps);
	if (report->aside[0])
		printf(cli_words(&aside), report->aside);
}

int command_restore(struct cli *cli)
{
	char venue[VENUE_PRINT_SIZE] = "";
	struct venue_key key;
	struct restore_report report;

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (access(cli->arguments->data, W_OK) < 0)
		return cli_fail("%s: %s; run \"incheckpaal init\" first", cli->arguments->data,
			strerror(errno));
	if (venue_key_load(&key, cli->arguments->data, false) == 0)
		venue_key_print(&key, venue);
	explicit_bzero(&key, sizeof key);
	if (backup_restore(cli->arguments->data, cli->words[0], cli->config.storage.journal_copy,
		    venue, clock_wall_ms(), &report) < 0)
		return cli_fail("%s: %s; nothing was changed", cli->words[0], report.words);
	print_report(&report);
	return EXIT_DONE;
}
