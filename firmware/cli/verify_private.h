/** Shared by verify_export.c, which judges a file, and verify_rows.c, which goes through its rows.
 */
#ifndef CLI_VERIFY_PRIVATE_H
#define CLI_VERIFY_PRIVATE_H

#include <sys/types.h>

#include "cli/cli.h"
#include "cli/verify.h"
#include "cli/words.h"
#include "core/evidence.h"
#include "exchange/attendance_in.h"

enum signature {
	SIGNATURE_HOLDS,
	SIGNATURE_OF_OTHER_BYTES, /* the key's own, but over other bytes than these */
	SIGNATURE_OF_OTHER_KEY,
	SIGNATURE_NONE,
};

/* One stream of rows: the file, or what the log would give now. */
struct rows {
	FILE *in;
	char *row;
	size_t size;
	long length; /* -1 at the end */
	char log_id[ATTENDANCE_ID_SIZE];
	int64_t seq; /* 0 for what is no tap */
};

struct check {
	struct cli *cli;
	const char *path;
	enum attendance_format format;
	enum signature signature;
	bool has_evidence, can_compare;
	struct evidence evidence; /* signed, even when the bytes of the file are not those signed */
	struct rows file, log;
	pid_t writer;
	int64_t line, taps, faults;
};

/* Reads the stream's next row. */
void verify_next_row(struct check *check, struct rows *rows);
/* Goes through check->file beside check->log, or alone; tells the first fault on stderr and counts
 * them. */
void verify_compare(struct check *check);
void verify_look_alone(struct check *check);

#endif
