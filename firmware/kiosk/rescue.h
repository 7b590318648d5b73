/**
 * Opening the database at start, and what happens when it is damaged or gone (DESIGN 8): the file
 * is set aside untouched, the newest backup that holds and the journal copy take its place, and
 * what was done stands in words in DATA/rescue.txt, in the journal and in the status. Main thread,
 * before any other.
 */
#ifndef KIOSK_RESCUE_H
#define KIOSK_RESCUE_H

#include "core/config.h"
#include "store/store.h"

#define RESCUE_FILE "rescue.txt"

/* As store_open for the kiosk. @ret_rescued: "" when nothing had to be done this time. */
int rescue_open(struct store **ret, const struct config *config, const char *data,
	struct said *ret_rescued);

#endif
