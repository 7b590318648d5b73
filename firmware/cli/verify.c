#include <errno.h>
#include <stdio.h>

#include "cli/cli.h"
#include "store/tap_log.h"

static void print_head(const uint8_t head[CHAIN_BYTES])
{
	fputs("head ", stdout);
	for (size_t i = 0; i < CHAIN_BYTES; i++)
		printf("%02x", head[i]);
	putchar('\n');
}

static int verify(struct store *store)
{
	struct chain_fault fault = { 0 };
	uint8_t head[CHAIN_BYTES];
	int64_t count = 0;
	const int result = tap_log_verify(store, &count, head, &fault);

	if (result == -EUCLEAN)
		return cli_fail("the log was changed: tap %lld does not hold (%s)",
			(long long)fault.seq, fault.words);
	if (result < 0)
		return cli_store_failed(store, result, "reading the log");
	printf("log  %s\n", store_log_id(store));
	printf("taps %lld: every one is there and as it was written\n", (long long)count);
	print_head(head);
	return EXIT_DONE;
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
