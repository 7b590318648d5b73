/** A line that nobody else may see: typed without being shown, or piped in. One thread. */
#ifndef CLI_SECRET_LINE_H
#define CLI_SECRET_LINE_H

#include <stdbool.h>

#include "base/secret.h"

enum { SECRET_LINE_SIZE = SECRET_PASSWORD_MAX * 4 + 2 };

/* Asks @question on stderr where somebody types. False at the end of the input. The caller
 * forgets it (secret_forget). */
bool secret_line_read(const char *question, char ret[SECRET_LINE_SIZE]);

#endif
