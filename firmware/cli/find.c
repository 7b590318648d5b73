#include "cli/find.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/words.h"

enum { NAME_MAX_LENGTH = 64, COMMANDS_MAX = 64 };

/* How many of @words spell the command's whole name; 0 when they do not. */
static int words_used(const struct command *command, int count, char **words)
{
	const char *name = command->words;

	for (int used = 0; used < count; used++) {
		const size_t length = strcspn(name, " ");

		if (strlen(words[used]) != length || memcmp(words[used], name, length) != 0)
			return 0;
		if (name[length] == '\0')
			return used + 1;
		name += length + 1;
	}
	return 0;
}

const struct command *command_find(int count, char **words, int *ret_used)
{
	for (size_t i = 0; i < command_count; i++) {
		const int used = words_used(&commands[i], count, words);

		if (used) {
			*ret_used = used;
			return &commands[i];
		}
	}
	return NULL;
}

/* The second words of the commands that start with @first: "link, block, list". */
static bool group_of(const char *first, char *ret, size_t size)
{
	const size_t length = strlen(first);
	size_t used = 0;

	for (size_t i = 0; i < command_count && used < size; i++) {
		const char *name = commands[i].words;

		if (strncmp(name, first, length) != 0 || name[length] != ' ')
			continue;
		used += (size_t)snprintf(
			ret + used, size - used, "%s%s", used ? ", " : "", name + length + 1);
	}
	return used > 0;
}

static const char *nearest_command(const char *typed)
{
	const char *known[COMMANDS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < command_count && count < COMMANDS_MAX; i++) {
		if (commands[i].synopsis)
			known[count++] = commands[i].words;
	}
	return cli_nearest(typed, known, count);
}

void command_not_found(int count, char **words)
{
	char typed[NAME_MAX_LENGTH], group[128];
	const char *nearest;

	if (words[0][0] == '-') {
		cli_fail("there is no option %s. See \"incheckpaal --help\".",
			"er is geen optie %s. Zie \"incheckpaal --help\".", words[0]);
		return;
	}
	if (group_of(words[0], group, sizeof group)) {
		cli_fail("%s wants one of: %s. See \"incheckpaal help %s\".",
			"bij %s hoort een van: %s. Zie \"incheckpaal help %s\".", words[0], group,
			words[0]);
		return;
	}
	snprintf(typed, sizeof typed, "%s %s", words[0], count > 1 ? words[1] : "");
	nearest = nearest_command(typed);
	if (!nearest)
		nearest = nearest_command(words[0]);
	if (nearest)
		cli_fail("there is no command \"%s\"; did you mean \"%s\"? See \"incheckpaal "
			 "--help\".",
			"er is geen opdracht \"%s\"; bedoelde je \"%s\"? Zie \"incheckpaal "
			"--help\".",
			words[0], nearest);
	else
		cli_fail("there is no command \"%s\". See \"incheckpaal --help\".",
			"er is geen opdracht \"%s\". Zie \"incheckpaal --help\".", words[0]);
}
