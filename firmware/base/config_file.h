/** Reads an INI file (inih) into a struct config. */
#ifndef BASE_CONFIG_FILE_H
#define BASE_CONFIG_FILE_H

#include "core/config.h"

#define CONFIG_DEFAULT_PATH "/etc/incheckpaal.conf"

/**
 * Starts from the defaults. A file that was not @required may be absent. 0 or -errno; -EINVAL with
 * the whole message "FILE:LINE: what is wrong, what is allowed" in @ret_words.
 */
int config_file_read(
	struct config *ret, const char *path, bool required, char *ret_words, size_t size);

/* The same on bytes in memory; @name is what messages call it. For tests and fuzzing. */
int config_text_read(
	struct config *ret, const char *text, const char *name, char *ret_words, size_t size);

#endif
