/** What the programs that run for ever begin with: their command line and their signals. */
#ifndef BASE_DAEMON_H
#define BASE_DAEMON_H

#include <stdbool.h>

#include "base/arguments.h"

struct daemon_name {
	const char *program, *version;
	const char *help; /* all that --help says */
};

/* Takes argv and reads the configuration. False when there is nothing to run: *@ret_status is then
 * what to leave with, and --help, --version or what was wrong has been said. */
bool daemon_begin(const struct daemon_name *name, int argc, char **argv, struct arguments *ret,
	struct config *ret_config, int *ret_status);

/* A descriptor that becomes readable when the program is to end; a broken pipe or a full quota is
 * an error to handle, not a way to die. Before any thread starts, so that all inherit it. -errno.
 */
int daemon_signals(void);

#endif
