#include "cli/chosen.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/words.h"

void chosen_take(struct cli *cli, struct store *store)
{
	struct options options;

	options_init(&options, &cli->file);
	if (options_refresh(&options, store, true) < 0)
		return;
	cli->config = options.now;
	cli->chosen = options.chosen;
	cli->unfit = options.fault;
}

void chosen_look(struct cli *cli)
{
	char path[4096];
	struct store *store;

	if (!path_join(path, sizeof path, cli->arguments->data, STORE_FILE_NAME) ||
		access(path, R_OK) < 0 || store_open(&store, path, STORE_READ) < 0)
		return;
	chosen_take(cli, store);
	store_close(store);
}

bool chosen_words(const struct cli *cli, size_t index, char ret[CHOSEN_WORDS_SIZE])
{
	static const struct words page = { "%s.%s = %s (chosen on the page; the file says \"%s\")",
		"%s.%s = %s (gekozen op de beheerpagina; in het bestand: \"%s\")" };
	static const struct words kiosk = { "%s.%s = %s (set at the kiosk; the file says \"%s\")",
		"%s.%s = %s (ingesteld op de kiosk; in het bestand: \"%s\")" };
	const struct override *row = &cli->chosen.rows[index];
	const bool by_page = strcmp(row->origin, OVERRIDE_BY_PAGE) == 0;
	char written[CONFIG_NAME_SIZE] = "";

	if (!override_differs(row, &cli->file))
		return false;
	config_get(&cli->file, row->section, row->name, written, sizeof written);
	snprintf(ret, CHOSEN_WORDS_SIZE, cli_words(by_page ? &page : &kiosk), row->section,
		row->name, row->value, written);
	return true;
}
