/* incheckpaal identify, incheckpaal service: what the kiosk's screen is asked to show. */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/reply.h"

enum { WAIT_MS = 2000 };

static int ask(struct cli *cli, const char *request, const char *done)
{
	if (!cli_expect(cli, 0, 0))
		return EXIT_USAGE;
	struct reply *reply = reply_ask(cli, request, WAIT_MS);

	if (!reply)
		return EXIT_FAILED;
	puts(done);
	reply_free(reply);
	return EXIT_DONE;
}

int command_identify(struct cli *cli)
{
	return ask(cli, "identify", "the kiosk shows its name for 15 seconds");
}

int command_service(struct cli *cli)
{
	return ask(cli, "service", "the kiosk shows its service screen for a minute");
}
