/**
 * Another file in the place of the log. A power cut at any moment leaves a whole log there, the one
 * that was or the one that came, and all of the one that was: what each step needs to be ended or
 * taken back stands in DATA/attendance.db.swap as long as it lasts.
 *
 * The log that was gets a second name (a hard link) before it loses the first, so that there is one
 * at every moment; where a file system knows none, whoever starts next ends it. Its side files go
 * along before the other comes, which must never be read with them.
 *
 * With the kiosk's lock held. 0 or -errno.
 */
#ifndef STORE_SWAP_H
#define STORE_SWAP_H

#include <stdbool.h>
#include <stdint.h>

#include "store/backup.h"

/* The file that is to come: whole, closed, without side files, on the medium. */
#define SWAP_ARRIVING STORE_FILE_NAME ".restoring"

/* @ret_aside: where what was there is now; "" for nothing was. @of_ready: RESTORE_READY goes with
 * it, so that it is never put back twice. Nothing is changed on failure. */
int swap_in(const char *data, bool of_ready, int64_t wall_ms, char ret_aside[BACKUP_PATH_SIZE]);

/* Ends or takes back what a cut broke off. */
enum restore_end swap_settle(const char *data, char ret_aside[BACKUP_PATH_SIZE]);

#endif
