/**
 * A tap that leaves nothing behind: the statements of a real one in a real transaction, undone in
 * it, and then the commit and fsync of one setting. No row, number, chain or counter changes.
 * Kiosk's connection only.
 */
#ifndef STORE_REHEARSAL_H
#define STORE_REHEARSAL_H

#include "store/tap_log.h"

#define REHEARSED_SETTING "rehearsed_ms" /* when it went well last, wall clock */

/* After the fsync: 0; else -errno, and nothing was kept. */
int tap_log_rehearse(struct store *store, const struct tap_record *record);

#endif
