#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verify.h"
#include "cli/words.h"
#include "exchange/attendance_in.h"
#include "store/tap_log.h"

static int print_log(void *context, const struct log_head *log)
{
	(void)context;
	static const struct words whole = { "taps %lld: every one is there and as it was written\n",
		"tikken %lld: allemaal aanwezig en zoals ze geschreven zijn\n" };
	printf("log  %s\n", log->log_id);
	printf(cli_words(&whole), (long long)log->count);
	fputs("head ", stdout);
	for (size_t i = 0; i < CHAIN_BYTES; i++)
		printf("%02x", log->head[i]);
	putchar('\n');
	return 0;
}

static int say_changed(const struct chain_fault *fault)
{
	static const struct words changed = { "log %s was changed: tap %lld does not hold (%s)",
		"logboek %s is veranderd: tik %lld klopt niet (%s)" };
	return cli_fail(changed.en, changed.nl, fault->log_id, (long long)fault->seq,
		fault->why.words[cli_language()]);
}

/* What SQLite says of pages is for whoever mends it; what to do is for everybody. */
static int say_damaged(const struct store *store)
{
	static const struct words damaged = {
		"every tap is as it was written, but the file around them is damaged (%s); put the "
		"newest backup back with incheckpaal restore",
		"elke tik is zoals hij is geschreven, maar het bestand eromheen is beschadigd "
		"(%s); "
		"zet de nieuwste back-up terug met incheckpaal restore"
	};
	return cli_fail(damaged.en, damaged.nl, store_words(store));
}

static int verify(struct store *store)
{
	static const struct words proof = {
		"This proves that no tap was changed, removed or put in between, up to the last "
		"seal.\n"
		"It does not prove who held a badge, nor that the kiosk was honest.\n",
		"Dit bewijst dat er geen tik is veranderd, verwijderd of tussengevoegd, tot en met "
		"het laatste zegel.\n"
		"Het bewijst niet wie een badge vasthield, en ook niet dat de kiosk eerlijk was.\n",
	};
	struct chain_fault fault = { .seq = 0 };
	const int result = tap_log_verify(store, print_log, NULL, &fault);

	if (result == -EUCLEAN)
		return fault.seq ? say_changed(&fault) : say_damaged(store);
	if (result < 0)
		return cli_store_failed(
			store, result, "reading the log", "het lezen van het logboek");
	fputs(cli_words(&proof), stdout);
	return EXIT_DONE;
}

static int verify_database(struct cli *cli, const char *path)
{
	struct store *store;
	const int result =
		path ? cli_store_at(path, STORE_READ, &store) : cli_store(cli, STORE_READ, &store);

	if (result < 0)
		return EXIT_FAILED;
	const int status = verify(store);

	store_close(store);
	return status;
}

int command_verify(struct cli *cli)
{
	const char *key = NULL;
	enum attendance_format format;

	if (cli_option(cli, "key", &key) < 0 || !cli_expect(cli, 0, 1))
		return EXIT_USAGE;
	if (cli->count == 0)
		return verify_database(cli, NULL);
	const char *path = cli->words[0];
	FILE *in = fopen(path, "re");

	if (!in)
		return cli_fail("%s: %s", "%s: %s", path, cli_strerror(errno));
	const int status = attendance_in_format(in, &format)
				   ? verify_export(cli, path, in, format, key)
				   : verify_database(cli, path);

	fclose(in);
	return status;
}
