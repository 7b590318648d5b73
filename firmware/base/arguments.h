/**
 * What every program takes: --config FILE, --data DIR, --help, --version. Reads them out of argv,
 * wherever they stand before "--", and leaves the rest in order.
 */
#ifndef BASE_ARGUMENTS_H
#define BASE_ARGUMENTS_H

#include "core/config.h"

#define DATA_DEFAULT_DIRECTORY "/var/lib/incheckpaal"
#define RUN_DEFAULT_DIRECTORY "/run/incheckpaal"
#define WEB_FINGERPRINT_FILE \
	"web.fingerprint" /* in the data directory: of the page's certificate */

enum exit_status { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_PARTLY = 3 };

struct arguments {
	const char *config_path; /* NULL when not given: the default file, which may be absent */
	const char *data;
	const char *run; /* INCHECKPAAL_RUN or the default */
	bool help, version;
	int count; /* what is left */
	char **words;
};

/* False after saying on stderr, in @language, what was wrong: daemons speak English, as the journal
 * does. */
bool arguments_take(struct arguments *ret, int argc, char **argv, enum language language);
/* Reads the configuration named by @arguments; false after saying what is wrong. */
bool arguments_config(
	const struct arguments *arguments, struct config *ret, enum language language);
/* DIR/NAME in @ret; false when it does not fit. */
bool path_join(char *ret, size_t size, const char *directory, const char *name);

#endif
