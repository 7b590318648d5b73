/* incheckpaal attendee forget A */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/control.h"
#include "cli/cli.h"
#include "cli/person.h"
#include "cli/words.h"
#include "store/attendee.h"
#include "store/backup.h"
#include "store/privacy.h"

enum { DAY_MS = 24 * 3600 * 1000, ANSWER_WAIT_MS = 2000 };

static bool kiosk_runs(const struct cli *cli)
{
	char answer[CONTROL_LINE_SIZE];
	const int asked =
		control_ask(cli->arguments->run, "status", ANSWER_WAIT_MS, answer, sizeof answer);

	return asked != -ENOENT && asked != -ECONNREFUSED;
}

/* Out of the unused parts of the file and out of the backups too. */
static int purge(struct cli *cli, struct store *store)
{
	static const struct words left = {
		"%d copies could not be cleaned, because they are damaged; delete what stands "
		"beside the log as " STORE_FILE_NAME ASIDE_MARK "…\n",
		"%d kopieën konden niet worden opgeschoond, omdat ze beschadigd zijn; verwijder "
		"wat naast het logboek staat als " STORE_FILE_NAME ASIDE_MARK "…\n"
	};
	static const struct words busy = {
		"the log or a copy of it is in use, so the name still stands in it; the kiosk "
		"wipes it later\n",
		"het logboek of een kopie ervan is in gebruik, dus de naam staat er nog in; de "
		"kiosk wist die later\n"
	};
	int damaged = 0, result = privacy_purge(store);

	if (result == 0)
		result = backup_clean(store, cli->arguments->data, cli->config.storage.journal_copy,
			(int64_t)cli->config.privacy.keep_names_days * DAY_MS, clock_network_ms(),
			&damaged);
	if (result == 0 && damaged == 0)
		result = privacy_purge_done(store);
	if (damaged > 0)
		fprintf(stderr, cli_words(&left), damaged);
	if (result == -EBUSY)
		fputs(cli_words(&busy), stderr);
	else if (result < 0)
		return cli_store_failed(store, result, "wiping what was left of the name",
			"het wissen van wat er van de naam over was");
	return result < 0 || damaged > 0 ? EXIT_PARTLY : EXIT_DONE;
}

static int forget(struct cli *cli, struct store *store, const struct attendee *attendee)
{
	static const struct words gone = {
		"attendee %s is forgotten: names, e-mail, language, sessions and badges are gone; "
		"the counts stay\n",
		"deelnemer %s is vergeten: namen, e-mail, taal, sessies en badges zijn weg; de "
		"aantallen blijven\n"
	};
	static const struct words later = {
		"the kiosk wipes the last traces, also from its backups, as soon as it is quiet\n",
		"de kiosk wist de laatste sporen, ook uit zijn back-ups, zodra het rustig is\n"
	};
	const int result = attendee_forget(store, attendee->id, clock_wall_ms());

	if (result < 0)
		return cli_store_failed(
			store, result, "forgetting the attendee", "het vergeten van de deelnemer");
	printf(cli_words(&gone), attendee->id);
	if (!kiosk_runs(cli))
		return purge(cli, store);
	fputs(cli_words(&later), stdout);
	return EXIT_DONE;
}

int command_attendee_forget(struct cli *cli)
{
	struct attendee attendee;
	struct store *store;

	if (!cli_expect(cli, 2, 2))
		return EXIT_USAGE;
	if (cli_store(cli, STORE_WRITE, &store) < 0)
		return EXIT_FAILED;
	int status = person_find(store, cli->words[1], &attendee);

	if (status == EXIT_DONE)
		status = forget(cli, store, &attendee);
	store_close(store);
	return status;
}
