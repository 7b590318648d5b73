#include "cli/keep_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config_file.h"
#include "cli/chosen.h"
#include "cli/words.h"

enum { ANSWER_SIZE = 32, TIMES_ASKED = 3 };

static const struct words kept = { "names kept     %s after the event (%s%s)\n",
	"namen bewaard  %s na het evenement (%s%s)\n" };
static const struct counted days_kept = { { "day", "dag" }, { "days", "dagen" } };

static const char *config_path(const struct cli *cli)
{
	return cli->arguments->config_path ? cli->arguments->config_path : CONFIG_DEFAULT_PATH;
}

static void say(const struct cli *cli, const struct words *why)
{
	static const struct words chosen = { "               but %s: chosen on the "
					     "organiser's page, and that holds\n",
		"               maar %s: gekozen op de beheerpagina, en dat geldt\n" };
	const struct override *row = overrides_find(&cli->chosen, "privacy", "keep_names_days");
	char days[COUNTED_SIZE];
	printf(cli_words(&kept), cli_counted(days, cli->file.privacy.keep_names_days, &days_kept),
		cli_words(why), config_path(cli));
	if (row)
		printf(cli_words(&chosen), cli_counted(days, atoi(row->value), &days_kept));
}

static bool take(struct cli *cli, const char *days)
{
	struct said fault;
	if (config_set(&cli->file, "privacy", "keep_names_days", days, &fault))
		return true;
	cli_fail("%s", "%s", fault.words[cli_language()]);
	return false;
}

static int write_down(struct cli *cli, const char *days)
{
	const int r = config_file_put(config_path(cli), "privacy", "keep_names_days", days);
	if (r < 0)
		return cli_fail("%s: %s; write keep_names_days = %s under [privacy] there",
			"%s: %s; schrijf daar keep_names_days = %s onder [privacy]",
			config_path(cli), cli_strerror(-r), days);
	say(cli, &(struct words){ "now in ", "staat nu in " });
	return EXIT_DONE;
}

static int ask(struct cli *cli)
{
	static const struct words question = { "Names and e-mail addresses are removed some days "
					       "after the event; the counts stay.\n"
					       "After how many days? [%d] ",
		"Namen en e-mailadressen worden enkele dagen na het evenement gewist; de aantallen "
		"blijven.\nNa hoeveel dagen? [%d] " };
	static const struct words unanswered = {
		"without an answer nothing is set up; or name the days with --keep-names-days",
		"zonder antwoord wordt er niets ingericht; of noem de dagen met --keep-names-days"
	};
	for (int i = 0; i < TIMES_ASKED; i++) {
		char answer[ANSWER_SIZE];
		printf(cli_words(&question), cli->file.privacy.keep_names_days);
		fflush(stdout);
		if (!fgets(answer, sizeof answer, stdin))
			break;
		answer[strcspn(answer, "\r\n")] = '\0';
		if (!answer[0])
			snprintf(answer, sizeof answer, "%d", cli->file.privacy.keep_names_days);
		if (take(cli, answer))
			return write_down(cli, answer);
	}
	return cli_fail("%s", "%s", cli_words(&unanswered));
}

int keep_names_settle(struct cli *cli)
{
	static const struct words by_file = { "by ", "volgens " };
	static const struct words by_default = { "the default; --keep-names-days changes it in ",
		"standaard; --keep-names-days wijzigt het in " };
	const char *days = NULL;
	chosen_look(cli);
	if (cli_option(cli, "keep-names-days", &days) < 0)
		return EXIT_USAGE;
	if (!cli_expect(cli, 0, 0) || (days && !take(cli, days)))
		return EXIT_USAGE;
	if (days)
		return write_down(cli, days);
	if (config_file_says(config_path(cli), "privacy", "keep_names_days")) {
		say(cli, &by_file);
		return EXIT_DONE;
	}
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return ask(cli);
	say(cli, &by_default);
	return EXIT_DONE;
}
