/** The whole attendance log of an open store, written to a FILE: what an export is compared with.
 */
#ifndef CLI_EXPORT_H
#define CLI_EXPORT_H

#include <stdio.h>

#include "exchange/attendance_out.h"
#include "store/store.h"

/* 0 or -errno; the caller closes @out. */
int export_whole(struct store *store, enum attendance_format format, bool personal, FILE *out);

#endif
