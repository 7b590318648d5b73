/** Options that were chosen at the page or the kiosk, over what the file says (store/override.h).
 */
#ifndef CLI_CHOSEN_H
#define CLI_CHOSEN_H

#include "cli/cli.h"

#define CHOSEN_WORDS_SIZE 256

/* From here on cli->config is what holds, and cli->file what the file alone says. */
void chosen_take(struct cli *cli, struct store *store);
/* The same for a command that needs no log otherwise; without one nothing was chosen. */
void chosen_look(struct cli *cli);

/* "kiosk.mode = room (chosen at the page; the file says entrance)". False for what the file says
 * too. */
bool chosen_words(const struct cli *cli, size_t index, char ret[CHOSEN_WORDS_SIZE]);

#endif
