/* incheckpaal backup FILE, incheckpaal restore FILE */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/coffer.h"
#include "base/scope.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/secret_line.h"
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
		return cli_fail("the name of the data directory is too long",
			"de naam van de gegevensmap is te lang");
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	store_close(store);
	if (access(cli->words[0], F_OK) == 0)
		return cli_fail("%s is there already; nothing is overwritten",
			"%s is er al; er wordt niets overschreven", cli->words[0]);
	const int result = store_copy(from, cli->words[0], NULL, NULL, words, sizeof words);

	if (result < 0)
		return cli_fail("%s: %s", "%s: %s", cli->words[0],
			words[0] ? words : cli_strerror(-result));
	printf(cli_words(&done), cli->words[0]);
	return EXIT_DONE;
}

static void print_report(const struct restore_report *report)
{
	static const struct words restored = { "restored: %s, as log %s; new taps begin log %s\n",
		"teruggezet: %s, als logboek %s; nieuwe tikken beginnen logboek %s\n" };
	static const struct words aside = { "what was here is kept as %s\n",
		"wat hier stond is bewaard als %s\n" };

	static const struct words journal = { "from the journal copy, and not in the backup: %s\n",
		"uit de journaalkopie, en niet in de back-up: %s\n" };

	char taps[COUNTED_SIZE];
	printf(cli_words(&restored), cli_counted(taps, report->taps, &counted_taps),
		report->earlier_id, report->log_id);
	if (report->journal_taps)
		printf(cli_words(&journal), cli_counted(taps, report->journal_taps, &counted_taps));
	if (report->aside[0])
		printf(cli_words(&aside), report->aside);
}

static int open_coffer(int from, const char *path)
{
	static const struct words question = { "Password of the backup: ",
		"Wachtwoord van de back-up: " };
	char password[SECRET_LINE_SIZE] = "";
	CLEANUP(closep)
	int to = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (to < 0)
		return -errno;
	secret_line_read(cli_words(&question), password);
	const int r = coffer_open(from, to, password);
	secret_forget(password, sizeof password);
	return r < 0 ? r : 1;
}

/* A backup under a password: what is in it, at @ret_path, for as long as it is put back. 1, 0 when
 * it is none, or -errno. */
static int take_out(struct cli *cli, char ret_path[BACKUP_PATH_SIZE])
{
	CLEANUP(closep) int from = open(cli->words[0], O_RDONLY | O_CLOEXEC);
	if (from < 0 || !coffer_is_one(from))
		return 0;
	if (!path_join(
		    ret_path, BACKUP_PATH_SIZE, cli->arguments->data, STORE_FILE_NAME OPENED_MARK))
		return -ENAMETOOLONG;
	const int r = open_coffer(from, ret_path);
	if (r < 0)
		unlink(ret_path);
	return r;
}

static const char *coffer_words(int trouble)
{
	static const struct words other = { "another password opens it",
		"een ander wachtwoord opent hem" },
				  damaged = { "it is damaged or cut short",
					  "hij is beschadigd of afgebroken" };
	return trouble == -EKEYREJECTED ? cli_words(&other)
	       : trouble == -EBADMSG    ? cli_words(&damaged)
					: cli_strerror(-trouble);
}

int command_restore(struct cli *cli)
{
	static const struct words unchanged = { "%s: %s; nothing was changed",
		"%s: %s; er is niets veranderd" };
	char venue[VENUE_PRINT_SIZE] = "", opened[BACKUP_PATH_SIZE];
	struct venue_key key;
	struct restore_report report;

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (access(cli->arguments->data, W_OK) < 0)
		return cli_fail("%s: %s; run \"incheckpaal init\" first",
			"%s: %s; voer eerst \"incheckpaal init\" uit", cli->arguments->data,
			cli_strerror(errno));
	if (venue_key_load(&key, cli->arguments->data, false) == 0)
		venue_key_print(&key, venue);
	explicit_bzero(&key, sizeof key);
	const int taken = take_out(cli, opened);
	if (taken < 0)
		return cli_fail(unchanged.en, unchanged.nl, cli->words[0], coffer_words(taken));
	const int r = backup_restore(cli->arguments->data, taken ? opened : cli->words[0],
		cli->config.storage.journal_copy, venue, clock_wall_ms(), &report);
	if (taken)
		unlink(opened);
	if (r < 0)
		return cli_fail(unchanged.en, unchanged.nl, cli->words[0],
			report.why.words[cli_language()]);
	print_report(&report);
	return EXIT_DONE;
}
