#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static void print_option(const struct option *option)
{
	printf("\n# %s\n", option->help);
	printf("# %s\n", option->allowed[LANGUAGE_EN]);
	if (overridable_is(option->section, option->name))
		puts("# may be chosen on the organiser's page, which then goes before this file");
	printf("#%s =%s%s\n", option->name, *option->fallback ? " " : "", option->fallback);
}

int command_config(struct cli *cli)
{
	const char *section = "";

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	puts("# Incheckpaal: the kiosk's configuration. What stands here behind # is what holds "
	     "without it.");
	for (size_t i = 0; i < config_option_count; i++) {
		if (strcmp(config_options[i].section, section) != 0) {
			section = config_options[i].section;
			printf("\n[%s]\n", section);
		}
		print_option(&config_options[i]);
	}
	return EXIT_DONE;
}
