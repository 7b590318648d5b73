/** What `incheckpaal verify` does with each kind of file; each says what it found, and what that
 * proves. */
#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

#include <stdio.h>

#include "exchange/attendance_out.h"

struct cli;

/* An exported csv, csv-excel or json and the signature beside it. @key: whose signature is
 * expected, NULL for this kiosk's. An enum exit_status. */
int verify_export(struct cli *cli, const char *path, FILE *in, enum attendance_format format,
	const char *key);

#endif
