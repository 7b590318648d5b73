/* incheckpaal selftest: a test tap through the running kiosk, part by part. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/reply.h"
#include "cli/words.h"

enum { SELFTEST_WAIT_MS = 15000 };

/* clang-format off */
static const struct {
	const char *part;
	struct words name, wrong;
} parts[] = {
	{ "reader",   { "reader",   "lezer" },
		      { "does not answer, or reads with errors", "antwoordt niet, of leest met fouten" } },
	{ "decision", { "decision", "beslissing" },
		      { "the log can not be asked", "het logboek is niet te raadplegen" } },
	{ "log",      { "log",      "logboek" },
		      { "a tap can not be kept", "een tik is niet te bewaren" } },
	{ "screen",   { "screen",   "scherm" },
		      { "no picture was shown", "er kwam geen beeld" } },
};
/* clang-format on */

static bool print_part(const struct reply *reply, size_t part)
{
	const char *said = reply_text(reply, parts[part].part);
	const bool well = said && strcmp(said, "ok") == 0;

	printf("%s: %s\n", cli_words(&parts[part].name),
		well ? said : cli_words(&parts[part].wrong));
	return well;
}

int command_selftest(struct cli *cli)
{
	bool well = true;

	if (!cli_expect(cli, 0, 0))
		return EXIT_USAGE;
	struct reply *reply = reply_ask(cli, "selftest", SELFTEST_WAIT_MS);

	if (!reply)
		return EXIT_FAILED;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		well = print_part(reply, i) && well;
	reply_free(reply);
	return well ? EXIT_DONE : EXIT_FAILED;
}
