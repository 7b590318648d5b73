/**
 * What a backup must not undo: whom the log that is here has forgotten, which badges were said to
 * be lost or found in it, which tokens were revoked, its passwords, and who is signed in.
 */
#ifndef STORE_DECISIONS_H
#define STORE_DECISIONS_H

#include "store/store.h"

/* Decides the same in @arriving as the log at @path has, all of it or, from one that is damaged or
 * not there, nothing; names that go so are purged. A whole log then has nothing left in its WAL,
 * unless somebody reads it. 0 or -errno. */
int decisions_keep(const char *path, struct store *arriving);

#endif
