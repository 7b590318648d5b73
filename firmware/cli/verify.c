#include <errno.h>
#include <stdio.h>

#include "cli/cli.h"
#include "store/tap_log.h"

static int print_log(void *context, const struct log_head *log)
{
	(void)context;
	printf("log  %s\n", log->log_id);
	printf("taps %lld: every one is there and as it was written\n", (long long)log->count);
	fputs("head ", stdout);
	for (size_t i = 0; i < CHAIN_BYTES; i++)
		printf("%02x", log->head[i]);
	putchar('\n');
	return 0;
}

static int verify(struct store *store)
{
	struct chain_fault fault = { .seq = 0 };
	const int result = tap_log_verify(store, print_log, NULL, &fault);

	if (result == -EUCLEAN && fault.seq)
		return cli_fail("log %s was changed: tap %lld does not hold (%s)", fault.log_id,
			(long long)fault.seq, fault.words);
	return result < 0 ? cli_store_failed(store, result, "reading the log") : EXIT_DONE;
}

int command_verify(struct cli *cli)
{
	struct store *store;

	if (!cli_expect(cli, 0, 1))
		return EXIT_USAGE;
	const int result = cli->count ? cli_store_at(cli->words[0], STORE_READ, &store)
				      : cli_store(cli, STORE_READ, &store);

	if (result < 0)
		return EXIT_FAILED;
	const int status = verify(store);

	store_close(store);
	return status;
}
