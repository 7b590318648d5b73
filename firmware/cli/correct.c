#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cli/cli.h"
#include "core/text.h"
#include "store/tap_log.h"

enum { REASON_BYTES_MAX = TAP_NOTE_SIZE - 1 };

/* "12", or "LOG:12" for a tap of another log: LOG is its id, or how that begins. */
static bool tap_of(char *text, const char **ret_log, int64_t *ret)
{
	char *end, *colon = strrchr(text, ':');

	if (colon) {
		*colon = '\0';
		*ret_log = text;
		text = colon + 1;
	}

	errno = 0;
	const long long seq = strtoll(text, &end, 10);

	if (errno || end == text || *end || seq < 1)
		return false;
	*ret = seq;
	return true;
}

static int correct(struct store *store, const char *log_id, int64_t seq, const char *reason)
{
	const int result = tap_log_correct(store, log_id, seq, reason, clock_wall_ms());

	switch (result) {
	case 0:
		cli_say("tap %lld does not count any more: %s\n",
			"tik %lld telt niet meer mee: %s\n", (long long)seq, reason);
		return EXIT_DONE;
	case -ENOENT:
		return cli_fail("there is no tap %lld in this log",
			"tik %lld staat niet in dit logboek", (long long)seq);
	case -ESRCH:
		return cli_fail("no log here begins with \"%s\"",
			"geen logboek hier begint met \"%s\"", log_id);
	case -ENOTUNIQ:
		return cli_fail("several logs begin with \"%s\"; write more of it",
			"meerdere logboeken beginnen met \"%s\"; schrijf er meer van", log_id);
	case -EEXIST:
		return cli_fail("tap %lld was corrected before",
			"tik %lld is al eerder gecorrigeerd", (long long)seq);
	default:
		return cli_store_failed(
			store, result, "correcting the tap", "het corrigeren van de tik");
	}
}

int command_correct(struct cli *cli)
{
	const char *reason = NULL, *log_id = "";
	struct store *store;
	int64_t seq;

	if (cli_option(cli, "reason", &reason) < 0 || !cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (!tap_of(cli->words[0], &log_id, &seq))
		return cli_usage(cli,
			"\"%s\" is no number of a tap; the export lists them under seq",
			"\"%s\" is geen nummer van een tik; in de export staan ze onder seq",
			cli->words[0]);
	if (!reason || !*reason)
		return cli_usage(cli, "a correction needs --reason: others will read it",
			"een correctie vraagt --reason: anderen lezen die");
	if (strlen(reason) > REASON_BYTES_MAX || !utf8_is_valid(reason, strlen(reason)))
		return cli_usage(cli, "the reason is longer than %d bytes, or no UTF-8",
			"de reden is langer dan %d bytes, of geen UTF-8", REASON_BYTES_MAX);
	if (cli_store(cli, STORE_WRITE, &store) < 0)
		return EXIT_FAILED;
	const int status = correct(store, log_id, seq, reason);

	store_close(store);
	return status;
}
