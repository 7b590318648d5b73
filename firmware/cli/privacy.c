/* incheckpaal privacy record|notice: the texts of board/privacy, filled from the settings. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/chosen.h"
#include "cli/words.h"
#include "core/text.h"

#define TEXT_BYTES_MAX 65536

struct blank {
	const char *name;
	char value[CONFIG_WORDS_SIZE];
};

static void fill_blanks(const struct config *config, struct blank blanks[static 5])
{
	static const struct words missing = { "(fill in: [privacy] %s)", "(vul in: [privacy] %s)" };
	const int64_t now_ms = clock_wall_ms();
	char day[TIME_TEXT_SIZE];

	time_iso(day, sizeof day, now_ms, clock_utc_offset_min(now_ms));
	blanks[0].name = "controller";
	blanks[1].name = "contact";
	blanks[2].name = "kiosk";
	blanks[3].name = "days";
	blanks[4].name = "date";
	utf8_clip(blanks[0].value, sizeof blanks[0].value, config->privacy.controller);
	utf8_clip(blanks[1].value, sizeof blanks[1].value, config->privacy.contact);
	for (size_t i = 0; i < 2; i++)
		if (!blanks[i].value[0])
			snprintf(blanks[i].value, sizeof blanks[i].value, cli_words(&missing),
				blanks[i].name);
	utf8_clip(blanks[2].value, sizeof blanks[2].value, config->kiosk.name);
	snprintf(blanks[3].value, sizeof blanks[3].value, "%d", config->privacy.keep_names_days);
	snprintf(blanks[4].value, sizeof blanks[4].value, "%.10s", day);
}

/* Writes the text with each {{name}} replaced; one that is not known stays as it is. */
static void print_filled(const char *text, const struct blank *blanks, size_t count)
{
	for (const char *open; (open = strstr(text, "{{"));) {
		const char *close = strstr(open, "}}");
		const char *value = NULL;

		for (size_t i = 0; close && i < count; i++)
			if (strlen(blanks[i].name) == (size_t)(close - open - 2) &&
				memcmp(blanks[i].name, open + 2, (size_t)(close - open - 2)) == 0)
				value = blanks[i].value;
		const char *end = value ? close + 2 : open + 2;

		fwrite(text, 1, (size_t)((value ? open : end) - text), stdout);
		if (value)
			fputs(value, stdout);
		text = end;
	}
	fputs(text, stdout);
}

int command_privacy(struct cli *cli)
{
	const char *directory = getenv("INCHECKPAAL_PRIVACY");
	struct blank blanks[5];
	struct bytes text;
	char path[4096];

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	snprintf(path, sizeof path, "%s/%s.%s.md",
		directory && *directory ? directory : INCHECKPAAL_PRIVACY_DIR, cli->words[0],
		cli_language() == LANGUAGE_NL ? "nl" : "en");
	const int result = file_read_all(&text, path, TEXT_BYTES_MAX);

	if (result < 0)
		return cli_fail("%s: %s; set INCHECKPAAL_PRIVACY to the directory of the texts",
			"%s: %s; zet INCHECKPAAL_PRIVACY op de map van de teksten", path,
			cli_strerror(-result));
	chosen_look(cli);
	fill_blanks(&cli->config, blanks);
	print_filled((const char *)text.data, blanks, sizeof blanks / sizeof blanks[0]);
	bytes_free(&text);
	return EXIT_DONE;
}
