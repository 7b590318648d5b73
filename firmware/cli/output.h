/** Where a command's result goes: standard output, or a signed file that is whole or not there. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include "core/evidence.h"

struct output {
	const char *path;      /* NULL for standard output, which is not signed */
	const char *directory; /* of the signing key */
	int (*write)(void *context, FILE *out);
	void *context;
	const struct evidence
		*evidence; /* what is signed beside the bytes; read after the writing */
};

/* Lets @write fill FILE.new, which is fsynced, signed and renamed: whoever looks finds the old file
 * or the whole new one. Says so when it could be written but not signed. 0 or -errno. */
int output_write(const struct output *output);

#endif
