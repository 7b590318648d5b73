/* incheckpaal update: hands a signed update to the card's own installer, which says what becomes of
 * it. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

#define INSTALLER "/usr/libexec/incheckpaal/update"

int command_update(struct cli *cli)
{
	const bool stick = cli_flag(cli, "stick");

	if (!cli_expect(cli, stick ? 0 : 1, stick ? 0 : 1))
		return EXIT_USAGE;
	execl(INSTALLER, INSTALLER, stick ? "--waiting" : cli->words[0], (char *)NULL);
	return errno == ENOENT ? cli_fail("this is not one of our cards: update the package here, "
					  "with apt or dpkg",
					 "dit is niet een van onze kaarten: werk hier het pakket "
					 "bij, met apt of dpkg")
			       : cli_fail("%s: %s", "%s: %s", INSTALLER, cli_strerror(errno));
}
