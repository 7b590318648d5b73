#include "cli/help.h"

#include <stdarg.h>
#include <string.h>

#include "cli/find.h"
#include "cli/words.h"

/* clang-format off */
const struct help_option help_common[] = {
	{ "--config FILE", { "read this configuration instead of /etc/incheckpaal.conf",
	  "lees deze instellingen in plaats van /etc/incheckpaal.conf" } },
	{ "--data DIR",    { "keep everything in DIR instead of " DATA_DEFAULT_DIRECTORY,
	  "bewaar alles in DIR in plaats van " DATA_DEFAULT_DIRECTORY } },
	{ "--help",        { "explain, and do nothing",
	  "leg uit, en doe niets" } },
	{ "--version",     { "tell the version, and do nothing",
	  "noem de versie, en doe niets" } },
	{ 0 }
};

const struct help_row help_environment[] = {
	{ "INCHECKPAAL_RUN",
	  "directory of the kiosk's control socket, instead of " RUN_DEFAULT_DIRECTORY },
	{ "INCHECKPAAL_TRACE",
	  "a file to which the kiosk appends one JSON line for each stage of a tap" },
	{ "INCHECKPAAL_FONTS",
	  "directory of the fonts, instead of the installed ones" },
	{ "INCHECKPAAL_PRIVACY",
	  "directory of the privacy texts, instead of the installed ones" },
	{ "INCHECKPAAL_CLOCK_GRADE",
	  "how far to trust the clock: none, rtc, human (it was set by hand) or ntp" },
	{ "SDL_VIDEODRIVER",
	  "which display to use, as SDL knows it" },
	{ 0 }
};

const struct help_row help_statuses[] = {
	{ "0", "done" },
	{ "1", "failed; standard error says why" },
	{ "2", "not understood: a wrong command or option" },
	{ "3", "done in part: an import with rejected lines" },
	{ 0 }
};
/* clang-format on */

void help_option_term(char *ret, size_t size, const struct command_option *option)
{
	const char *blank = option->value ? " " : "", *value = option->value ? option->value : "";

	if (option->letter)
		snprintf(ret, size, "-%c%s%s, --%s%s%s", option->letter, blank, value, option->name,
			blank, value);
	else
		snprintf(ret, size, "--%s%s%s", option->name, blank, value);
}

void help_synopsis(FILE *out, const struct command *command)
{
	fputs(command->words, out);
	if (command->synopsis && *command->synopsis)
		fprintf(out, " %s", command->synopsis);
	for (const struct command_option *row = command->options; row && row->name; row++) {
		if (row->letter)
			fprintf(out, " [-%c %s]", row->letter, row->value);
		else if (row->value)
			fprintf(out, " [--%s %s]", row->name, row->value);
		else
			fprintf(out, " [--%s]", row->name);
	}
}

void help_command(FILE *out, const struct command *command)
{
	static const struct words usage = { "Usage: incheckpaal ", "Gebruik: incheckpaal " };

	fputs(cli_words(&usage), out);
	help_synopsis(out, command);
	fprintf(out, "\n%s\n", cli_words(&command->help));
	if (command->options)
		fputc('\n', out);
	for (const struct command_option *row = command->options; row && row->name; row++) {
		char term[80];

		help_option_term(term, sizeof term, row);
		fprintf(out, "  %-24s %s\n", term, cli_words(&row->help));
	}
}

void help_program(FILE *out)
{
	static const struct words head = {
		"Usage: incheckpaal [--config FILE] [--data DIR] COMMAND …\n"
		"Looks after an event check-in kiosk: fill it, ask it, take its log.\n\n",
		"Gebruik: incheckpaal [--config FILE] [--data DIR] OPDRACHT …\n"
		"Zorgt voor een incheckpaal: vul hem, vraag het hem, haal zijn logboek op.\n\n"
	};
	static const struct words foot = {
		"\n\"incheckpaal help COMMAND\" tells a command's own options.\n"
		"Exit status: 0 done, 1 failed, 2 not understood, 3 done in part.\n",
		"\n\"incheckpaal help OPDRACHT\" noemt de opties van een opdracht.\n"
		"Afloop: 0 gedaan, 1 mislukt, 2 niet begrepen, 3 deels gedaan.\n"
	};

	fputs(cli_words(&head), out);
	for (size_t i = 0; i < command_count; i++) {
		char start[80];

		if (!commands[i].synopsis)
			continue;
		snprintf(start, sizeof start, "%s %s", commands[i].words, commands[i].synopsis);
		const char *help = cli_words(&commands[i].help);
		fprintf(out, "  %-31s %.*s\n", start, (int)strcspn(help, "\n"), help);
	}
	fputc('\n', out);
	for (const struct help_option *row = help_common; row->term; row++)
		fprintf(out, "  %-24s %s\n", row->term, cli_words(&row->meaning));
	fputs(cli_words(&foot), out);
}

static int help_group(const struct cli *cli)
{
	int shown = 0;

	for (size_t i = 0; i < command_count; i++) {
		const size_t length = strlen(cli->words[0]);

		if (strncmp(commands[i].words, cli->words[0], length) == 0 &&
			commands[i].words[length] == ' ')
			fputs(shown++ ? "\n" : "", stdout), help_command(stdout, &commands[i]);
	}
	return shown;
}

int command_help(struct cli *cli)
{
	const struct command *command;
	int used;

	if (!cli_expect(cli, 0, 2))
		return EXIT_USAGE;
	if (cli->count == 0) {
		help_program(stdout);
		return EXIT_DONE;
	}
	command = command_find(cli->count, cli->words, &used);
	if (command && used == cli->count) {
		help_command(stdout, command);
		return EXIT_DONE;
	}
	if (cli->count == 1 && help_group(cli))
		return EXIT_DONE;
	command_not_found(cli->count, cli->words);
	return EXIT_USAGE;
}

static void print_in(FILE *out, const char *en, const char *nl, va_list arguments)
{
	vfprintf(out, cli_language() == LANGUAGE_NL ? nl : en, arguments);
}

int cli_usage(struct cli *cli, const char *en, const char *nl, ...)
{
	static const struct words usage = { " (usage: incheckpaal ", " (gebruik: incheckpaal " };
	va_list arguments;

	fputs("incheckpaal: ", stderr);
	va_start(arguments, nl);
	print_in(stderr, en, nl, arguments);
	va_end(arguments);
	fputs(cli_words(&usage), stderr);
	help_synopsis(stderr, cli->command);
	fputs(")\n", stderr);
	return EXIT_USAGE;
}

int cli_fail(const char *en, const char *nl, ...)
{
	va_list arguments;

	fputs("incheckpaal: ", stderr);
	va_start(arguments, nl);
	print_in(stderr, en, nl, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	return EXIT_FAILED;
}

void cli_say(const char *en, const char *nl, ...)
{
	va_list arguments;

	va_start(arguments, nl);
	print_in(stdout, en, nl, arguments);
	va_end(arguments);
}
