#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/words.h"

enum { OPTIONS_MAX = 16 };

static const struct command_option *option_of(const struct command *command, const char *name)
{
	for (const struct command_option *row = command->options; row && row->name; row++) {
		if (strcmp(row->name, name) == 0)
			return row;
	}
	return NULL;
}

/* Does @word spell this option? *@ret_value is what follows '=', or NULL. */
static bool spells(const struct command_option *option, const char *word, char **ret_value)
{
	const size_t length = strlen(option->name);

	*ret_value = NULL;
	if (option->letter && word[0] == '-' && word[1] == option->letter && word[2] == '\0')
		return true;
	if (strncmp(word, "--", 2) != 0 || strncmp(word + 2, option->name, length) != 0)
		return false;
	if (word[2 + length] == '=')
		*ret_value = (char *)word + 2 + length + 1;
	return word[2 + length] == '\0' || word[2 + length] == '=';
}

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] != '\0';
}

static const struct command_option *option_spelt(
	const struct command *command, const char *word, char **ret_value)
{
	for (const struct command_option *row = command->options; row && row->name; row++) {
		if (spells(row, word, ret_value))
			return row;
	}
	return NULL;
}

static int refuse_unknown(struct cli *cli, const char *word)
{
	const char *known[OPTIONS_MAX];
	char typed[64];
	size_t count = 0;

	for (const struct command_option *row = cli->command->options;
		row && row->name && count < OPTIONS_MAX; row++)
		known[count++] = row->name;
	snprintf(typed, sizeof typed, "%.*s", (int)strcspn(word + strspn(word, "-"), "="),
		word + strspn(word, "-"));
	const char *nearest = cli_nearest(typed, known, count);

	if (nearest)
		return cli_usage(cli, "there is no option %s; did you mean --%s?",
			"er is geen optie %s; bedoelde je --%s?", word, nearest);
	return cli_usage(cli, "there is no option %s", "er is geen optie %s", word);
}

int cli_check_options(struct cli *cli)
{
	for (int i = 0; i < cli->count; i++) {
		char *value;

		if (!is_option(cli->words[i]))
			continue;
		const struct command_option *option =
			option_spelt(cli->command, cli->words[i], &value);

		if (!option)
			return refuse_unknown(cli, cli->words[i]);
		if (value && !option->value)
			return cli_usage(cli, "--%s takes no value", "bij --%s hoort geen waarde",
				option->name);
		if (option->value && !value && ++i >= cli->count)
			return cli_usage(cli, "--%s wants %s", "bij --%s hoort %s", option->name,
				option->value);
	}
	return 0;
}

static void drop(struct cli *cli, int at, int count)
{
	for (int i = at; i + count < cli->count; i++)
		cli->words[i] = cli->words[i + count];
	cli->count -= count;
}

/* Where the option stands, not as another option's value; -1 when it does not. */
static int position(const struct cli *cli, const struct command_option *wanted, char **ret_value)
{
	for (int i = 0; i < cli->count; i++) {
		const struct command_option *option =
			is_option(cli->words[i])
				? option_spelt(cli->command, cli->words[i], ret_value)
				: NULL;

		if (option && option == wanted)
			return i;
		if (option && option->value && !*ret_value)
			i++;
	}
	return -1;
}

int cli_option(struct cli *cli, const char *name, const char **ret_value)
{
	const struct command_option *option = option_of(cli->command, name);
	char *value = NULL;
	int found = 0;

	if (!option)
		return 0;
	for (int at; (at = position(cli, option, &value)) >= 0; found = 1) {
		if (!value && at + 1 >= cli->count) {
			cli_usage(cli, "--%s wants %s", "bij --%s hoort %s", name, option->value);
			return -1;
		}
		*ret_value = value ? value : cli->words[at + 1];
		drop(cli, at, value ? 1 : 2);
	}
	return found;
}

bool cli_flag(struct cli *cli, const char *name)
{
	const struct command_option *option = option_of(cli->command, name);
	char *value = NULL;
	bool found = false;

	for (int at; option && (at = position(cli, option, &value)) >= 0; found = true)
		drop(cli, at, 1);
	return found;
}

bool cli_expect(struct cli *cli, int least, int most)
{
	if (cli->count < least)
		cli_usage(cli, "something is missing", "er ontbreekt iets");
	else if (cli->count > most)
		cli_usage(cli, "\"%s\" is one word too many", "\"%s\" is een woord te veel",
			cli->words[most]);
	return cli->count >= least && cli->count <= most;
}
