/** The whole attendance log of an open store, written to a FILE: what an export is compared with.
 */
#ifndef CLI_EXPORT_H
#define CLI_EXPORT_H

#include <stdio.h>

#include "cli/cli.h"
#include "exchange/attendance_out.h"
#include "store/tap_log.h"

/* 0 or -errno; the caller closes @out. */
int export_whole(struct store *store, enum attendance_format format, bool personal, FILE *out);

/* Without names, as a signed file that is whole or not there. 0 or -errno. */
int export_file(
	struct cli *cli, struct store *store, enum attendance_format format, const char *path);

#endif
