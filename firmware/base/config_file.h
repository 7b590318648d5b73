/** Reads an INI file (inih) into a struct config. */
#ifndef BASE_CONFIG_FILE_H
#define BASE_CONFIG_FILE_H

#include "core/config.h"

#define CONFIG_DEFAULT_PATH "/etc/incheckpaal.conf"

/**
 * Starts from the defaults. A file that was not @required may be absent. 0 or -errno; with
 * the whole message "FILE:LINE: what is wrong, what is allowed" in @ret_fault.
 */
int config_file_read(struct config *ret, const char *path, bool required, struct said *ret_fault);

/* Does the file itself name the option? False also when it can not be read. */
bool config_file_says(const char *path, const char *section, const char *name);
/* Writes the option into the file, where it stands or else in its section; the rest stays as it is,
 * comments too. A file that is not there is made. The value is not looked at. 0 or -errno. */
int config_file_put(const char *path, const char *section, const char *name, const char *value);

/* As config_file_read on bytes in memory; @name is what messages call it. For tests and fuzzing. */
int config_text_read(
	struct config *ret, const char *text, const char *name, struct said *ret_fault);

#endif
