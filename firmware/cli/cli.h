/**
 * The command line: one row per command, one file per command.
 *
 * The rows are the single source of `--help`, `incheckpaal help COMMAND` and the man page, and
 * decide which options a command takes: an unknown one is refused before the command starts.
 * Commands print results to stdout, trouble to stderr, and return an enum exit_status. One thread.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arguments.h"
#include "cli/words.h"
#include "core/config.h"
#include "store/override.h"

struct command;

struct cli {
	const struct arguments *arguments;
	const struct command *command;
	struct config file;      /* what the file says */
	struct config config;    /* what holds; as the file until the log was opened */
	struct overrides chosen; /* the difference */
	struct said unfit;       /* why what was chosen does not hold; "" mostly */
	int count;
	char **words; /* after the command's first word ("link", UID, …); taken options disappear */
};

/* One option of one command; @value is NULL for a flag, else what stands for its value in help. */
struct command_option {
	const char *name; /* without the dashes: "format" */
	char letter;      /* "-o" beside "--output"; 0 for none */
	const char *value;
	struct words help;
};

struct command {
	const char *words;    /* "badge link" */
	const char *synopsis; /* "UID ATTENDEE"; help adds the options; NULL: --help hides it */
	struct words help;    /* one sentence */
	const struct command_option *options; /* ends with a row without a name; NULL for none */
	int (*run)(struct cli *cli);
	bool any_config; /* runs also when the configuration can not be read */
};
extern const struct command commands[];
extern const size_t command_count;

/**
 * Opens DATA/attendance.db. Says on stderr what is wrong and what to do about it (no data
 * directory, no permission, locked, damaged, newer). 0 or -errno; close with store_close. From then
 * on cli->config holds what was chosen over the file too.
 */
int cli_store(struct cli *cli, enum store_mode mode, struct store **ret);

/* The same for any file. */
int cli_store_at(const char *path, enum store_mode mode, struct store **ret);

/* Loads the venue key and says to the store that it is of this venue; says on stderr what is wrong.
 * 0 or -errno. */
struct venue_key;
int cli_venue(struct cli *cli, struct store *store, struct venue_key *ret);

/* Says on stderr what went wrong with the open store while doing @en ("linking the badge"), in
 * Dutch
 * @nl, and what to do when it was merely busy. Returns EXIT_FAILED. */
int cli_store_failed(const struct store *store, int error, const char *en, const char *nl);

/* Takes "--name VALUE", "--name=VALUE" or "-n VALUE" out of the words. 1 found, 0 absent
 * (@ret_value untouched), -1 its value is missing and that was said. The value points into the
 * words. */
int cli_option(struct cli *cli, const char *name, const char **ret_value);
/* Takes "--name" out of the words; true when it was there. */
bool cli_flag(struct cli *cli, const char *name);
/* After the options were taken: are there @least to @most words? False after cli_usage. */
bool cli_expect(struct cli *cli, int least, int most);

/* Says on one line of stderr what is wrong (without a full stop) and the command's usage, in the
 * language of the terminal; the same arguments in the same order for both. Returns EXIT_USAGE. */
int cli_usage(struct cli *cli, const char *en, const char *nl, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));
/* "incheckpaal: …" and a newline on stderr. Returns EXIT_FAILED. */
int cli_fail(const char *en, const char *nl, ...)
	__attribute__((format(printf, 1, 3), format(printf, 2, 3)));
/* The same on stdout, without what goes before and after: what a command did. */
void cli_say(const char *en, const char *nl, ...)
	__attribute__((format(printf, 1, 3), format(printf, 2, 3)));
/* As strerror, for what people meet. */
const char *cli_strerror(int error);

/* What to speak at the terminal: nl when the first set of LC_ALL, LC_MESSAGES, LANG says so. */
enum language cli_language(void);

int command_init(struct cli *cli);
int command_import(struct cli *cli); /* words: schedule|attendees|clusters FILE */
int command_read(struct cli *cli);   /* words: schedule [FILE] */
int command_export(struct cli *cli); /* words: attendance */
int command_export_stick(struct cli *cli);
int command_badge_link(struct cli *cli);
int command_badge_block(struct cli *cli);
int command_badge_organiser(struct cli *cli);
int command_badge_list(struct cli *cli);
int command_attendee_list(struct cli *cli);
int command_attendee_show(struct cli *cli);
int command_organisation_list(struct cli *cli);
int command_organisation_pairs(struct cli *cli);
int command_organisation_merge(struct cli *cli);
int command_organisation_split(struct cli *cli);
int command_organisation_distinct(struct cli *cli);
int command_organisation_alias(struct cli *cli);
int command_report(struct cli *cli); /* words: participation */
int command_attendee_forget(struct cli *cli);
int command_privacy(struct cli *cli); /* words: record|notice */
int command_backup(struct cli *cli);
int command_restore(struct cli *cli);
int command_correct(struct cli *cli);
int command_merge(struct cli *cli);
int command_verify(struct cli *cli);
int command_status(struct cli *cli);
int command_screenshot(struct cli *cli);
int command_identify(struct cli *cli);
int command_service(struct cli *cli);
int command_selftest(struct cli *cli);
int command_update(struct cli *cli);
int command_doctor(struct cli *cli);
int command_password(struct cli *cli);
int command_config(struct cli *cli);
int command_manual(struct cli *cli);
int command_help(struct cli *cli);

#endif
