/** People as the command line names them. */
#ifndef CLI_PERSON_H
#define CLI_PERSON_H

#include "store/attendee.h"

#define PERSON_NAME_SIZE (2 * NAME_SIZE)

/* "Given Family"; the id when there is no name. */
void person_name(char *ret, size_t size, const struct attendee *attendee);

/* EXIT_DONE, or EXIT_FAILED after saying that nobody, or several, are called @who. */
int person_find(struct store *store, const char *who, struct attendee *ret);

#endif
