/* incheckpaal: the kiosk's command line. */
#include <stdio.h>

#include "base/config_file.h"
#include "base/log.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/find.h"
#include "cli/help.h"
#include "cli/options.h"
#include "version.h"

static int run(struct cli *cli)
{
	int status = cli_check_options(cli);

	if (status)
		return status;
	if (cli->command->any_config)
		config_defaults(&cli->file);
	else if (!arguments_config(cli->arguments, &cli->file, cli_language()))
		return EXIT_FAILED;
	cli->config = cli->file;
	if (seal_start() < 0)
		return cli_fail("the machine gives no random numbers",
			"de machine geeft geen toevalsgetallen");
	status = cli->command->run(cli);
	if (fflush(stdout) == EOF || ferror(stdout))
		return cli_fail("standard output can not be written",
			"de uitvoer kan niet worden geschreven");
	return status;
}

int main(int argc, char **argv)
{
	struct arguments arguments;
	struct cli cli = { .arguments = &arguments };
	int used = 0;

	log_start("incheckpaal");
	if (!arguments_take(&arguments, argc, argv, cli_language()))
		return EXIT_USAGE;
	if (arguments.version) {
		puts("incheckpaal " INCHECKPAAL_VERSION);
		return EXIT_DONE;
	}
	if (arguments.count == 0) {
		help_program(arguments.help ? stdout : stderr);
		return arguments.help ? EXIT_DONE : EXIT_USAGE;
	}
	cli.command = command_find(arguments.count, arguments.words, &used);
	if (!cli.command) {
		command_not_found(arguments.count, arguments.words);
		return EXIT_USAGE;
	}
	if (arguments.help) {
		help_command(stdout, cli.command);
		return EXIT_DONE;
	}
	cli.words = arguments.words + 1;
	cli.count = arguments.count - 1;
	return run(&cli);
}
