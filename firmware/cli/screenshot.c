#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/control.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/reply.h"

enum { SCREENSHOT_WAIT_MS = 5000, SCREENSHOT_LIMIT = 64 << 20 };

/* The kiosk may write in its own directories only, so the picture is fetched from there. */
static int fetch(const char *path, const char *file)
{
	struct bytes picture = { 0 };
	int r = file_read_all(&picture, path, SCREENSHOT_LIMIT);

	if (r == 0)
		r = file_write_whole(file, picture.data, picture.length, 0644);
	bytes_free(&picture);
	unlink(path);
	return r;
}

int command_screenshot(struct cli *cli)
{
	char path[PATH_MAX], name[48], request[CONTROL_LINE_SIZE];

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	snprintf(name, sizeof name, "screenshot-%d.png", (int)getpid());
	if (!path_join(path, sizeof path, cli->arguments->run, name) ||
		(size_t)snprintf(request, sizeof request, "screenshot %s", path) >= sizeof request)
		return cli_fail("the name of the run directory is too long",
			"de naam van de run-map is te lang");
	struct reply *reply = reply_ask(cli, request, SCREENSHOT_WAIT_MS);

	if (!reply)
		return EXIT_FAILED;
	reply_free(reply);
	const int r = fetch(path, cli->words[0]);

	if (r < 0)
		return cli_fail("%s: %s", "%s: %s", cli->words[0], cli_strerror(-r));
	cli_say("saved %s\n", "bewaard als %s\n", cli->words[0]);
	return EXIT_DONE;
}
