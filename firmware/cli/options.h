/** Reads the options of one command by its rows. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

struct cli;

/* Refuses, before anything was done, options that the command has not or that lack their
 * value. 0 or EXIT_USAGE. */
int cli_check_options(struct cli *cli);

#endif
