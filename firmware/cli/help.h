/** Help in words, and the rows that help and the manual pages share. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

#include "cli/cli.h"

/* A term and its meaning; tables end with a row without a term. */
struct help_row {
	const char *term, *meaning;
};
/* Options of every program; help speaks the terminal's language, the manuals English. */
struct help_option {
	const char *term;
	struct words meaning;
};
extern const struct help_option help_common[];
extern const struct help_row help_environment[];
extern const struct help_row help_statuses[];

/* "badge link UID ATTENDEE [--x Y]", without the program's name. */
void help_synopsis(FILE *out, const struct command *command);
/* "--format FORMAT" or "-o FILE, --output FILE" */
void help_option_term(char *ret, size_t size, const struct command_option *option);

void help_program(FILE *out);
void help_command(FILE *out, const struct command *command);

#endif
