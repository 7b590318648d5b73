/** How long names are kept: asked for when a kiosk is set up, and kept in the configuration. */
#ifndef CLI_KEEP_NAMES_H
#define CLI_KEEP_NAMES_H

#include "cli/cli.h"

/* Takes --keep-names-days, else what the configuration says, else asks on a terminal, else goes by
 * the default; tells on stdout which. An enum exit_status. */
int keep_names_settle(struct cli *cli);

#endif
