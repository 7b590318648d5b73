/**
 * Goldens: a picture made small, kept in the repository, and compared with tolerance, so that
 * another FreeType's edges pass and a moved box or another colour does not.
 */
#ifndef SCREENS_GOLDEN_H
#define SCREENS_GOLDEN_H

#include <stdbool.h>

#include "screens/easel.h"

/* Compares the PNG at @picture with the golden, or with @update makes it the golden. 0 or -errno;
 * -EBADMSG when they differ, which is then said. */
int golden_check(const char *picture, const char *golden, bool update);

/* Prints one number for what a part of a picture shows, FILE.png:X,Y,WIDTH,HEIGHT: equal parts have
 * equal numbers. How many failures. */
int part_print(struct easel *unused, const char *part);

#endif
