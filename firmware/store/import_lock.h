/** One at a time: lists of attendees that are read in or put back, by any program. store/ only. */
#ifndef STORE_IMPORT_LOCK_H
#define STORE_IMPORT_LOCK_H

#include "store/store_private.h"

/* -EALREADY while another is under way; a program that dies lets go. *@ret_fd holds it, -1 where
 * nothing needs it. */
int import_lock(const struct store *store, int *ret_fd);
void import_unlock(int fd); /* -1 is fine */

#endif
