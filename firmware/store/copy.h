/** Whole copies of the file, taken while others write to it: backups and what a merge works on. */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/said.h"

/**
 * Copies the database at @from, as it is at one moment, to @to: complete or not at all, readable by
 * its owner alone, without side files, and on the medium when this returns. Nobody is kept from
 * writing to @from meanwhile. @goes_on (may be NULL) is asked every few pages; false ends it with
 * -ECANCELED. 0 or -errno as in store.h, with SQLite's own words in @ret_words. Any thread.
 */
int store_copy(const char *from, const char *to, bool (*goes_on)(void *context), void *context,
	char *ret_words, size_t size);

/* Why a file of somebody else could not be copied or opened; @words are SQLite's, or "". */
void copy_trouble_say(struct said *ret, int trouble, const char *words);

#endif
