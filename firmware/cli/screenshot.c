#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/control.h"
#include "cli/cli.h"
#include "cli/reply.h"

enum { SCREENSHOT_WAIT_MS = 5000 };

/* The kiosk stands in another directory, so it is asked for an absolute path. */
static bool request_of(char *ret, size_t size, const char *file)
{
	char here[PATH_MAX];

	if (file[0] == '/')
		return (size_t)snprintf(ret, size, "screenshot %s", file) < size;
	return getcwd(here, sizeof here) &&
	       (size_t)snprintf(ret, size, "screenshot %s/%s", here, file) < size;
}

int command_screenshot(struct cli *cli)
{
	char request[CONTROL_LINE_SIZE];

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (!request_of(request, sizeof request, cli->words[0]))
		return cli_fail("%s: this name is too long", cli->words[0]);
	struct reply *reply = reply_ask(cli, request, SCREENSHOT_WAIT_MS);

	if (!reply)
		return EXIT_FAILED;
	reply_free(reply);
	printf("saved %s\n", cli->words[0]);
	return EXIT_DONE;
}
