/** Numbers of versions, such as "0.20261126.212+g1a2b3c4". Pure. */
#ifndef CORE_RELEASE_H
#define CORE_RELEASE_H

#include <stdbool.h>

/* Whether @one is older than @other by its numbers, two at least with points between; what follows
 * them counts for nothing. False where one of the two is no such number, as the name of a commit:
 * nobody can tell then. */
bool release_is_older(const char *one, const char *other);
bool release_has_number(const char *version);

#endif
