/**
 * Goldens: a picture made small, kept in the repository, and compared with tolerance, so that
 * another FreeType's edges pass and a moved box or another colour does not.
 */
#ifndef SCREENS_GOLDEN_H
#define SCREENS_GOLDEN_H

#include <stdbool.h>

/* Compares the PNG at @picture with the golden, or with @update makes it the golden. 0 or -errno;
 * -EBADMSG when they differ, which is then said. */
int golden_check(const char *picture, const char *golden, bool update);

#endif
