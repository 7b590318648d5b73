/** Which command was meant. */
#ifndef CLI_FIND_H
#define CLI_FIND_H

struct command;

/* The command that @words begin with, NULL for none; *@ret_used is how many words name it. */
const struct command *command_find(int count, char **words, int *ret_used);

/* Says on one line of stderr that there is no such command and which one comes nearest. */
void command_not_found(int count, char **words);

#endif
