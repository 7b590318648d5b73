/**
 * The options: one table is the single source for parser, --help, man page and example file.
 *
 * The file itself (INI) is read by base/config_file.c; this decides what each name and value
 * means. Pure; a struct config is plain values, owned by the caller.
 */
#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "core/said.h"

#define CONFIG_NAME_SIZE 64
#define CONFIG_PATH_SIZE 256
#define CONFIG_READERS_MAX 4
#define CONFIG_WORDS_SIZE 256

enum kiosk_mode { MODE_ENTRANCE, MODE_ROOM, MODE_CHOOSE, MODE_COUNT };
enum theme { THEME_LIGHT, THEME_DARK, THEME_CLOCK, THEME_COUNT };
enum reader_side { SIDE_AUTO, SIDE_RIGHT, SIDE_LEFT, SIDE_BOTTOM, SIDE_BEHIND, SIDE_COUNT };
const char *reader_side_name(enum reader_side side); /* as the file spells it */
enum has_touch { TOUCH_AUTO, TOUCH_YES, TOUCH_NO, TOUCH_COUNT };
enum help_place { HELP_DESK, HELP_HOST, HELP_COUNT };
/* What the parallel sessions of an event are called. */
enum session_name { CALLED_SESSIONS, CALLED_ATELIERS, CALLED_COUNT };

struct config_reader {
	bool given;                        /* the file speaks of it */
	char name[CONFIG_NAME_SIZE];       /* "" for [reader], NAME for [reader:NAME] */
	char connection[CONFIG_PATH_SIZE]; /* "auto" or a libnfc connection string */
	char tty[CONFIG_PATH_SIZE];        /* what auto uses when no USB reader is there */
	char reset_gpio[CONFIG_PATH_SIZE]; /* value file of the line to RSTPD_N; "" for none */
	bool ndef;                         /* read tokens from badges */
	bool felica;                       /* look for FeliCa cards too */
};

struct config {
	struct {
		char name[CONFIG_NAME_SIZE];
		int mode; /* enum kiosk_mode */
		bool tap_out;
		char room[CONFIG_NAME_SIZE];
		int language;                 /* enum language */
		char event[CONFIG_NAME_SIZE]; /* "" for the event that is on */
		int help;                     /* enum help_place */
		int sessions;                 /* enum session_name */
		int early_min, guard_s, leave_min, goal;
		bool overfull;
	} kiosk;
	struct config_reader readers[CONFIG_READERS_MAX];
	size_t reader_count; /* at least 1 after config_defaults */
	struct {
		int theme, reader_side; /* enum theme, enum reader_side */
		bool fullscreen;
		int rotate, volume, width, height;
		bool small, motion;
		char led[CONFIG_NAME_SIZE]; /* name or path; "" for none */
		int touch;                  /* enum has_touch */
	} screen;
	struct {
		char journal_copy[CONFIG_PATH_SIZE];
		char stick[CONFIG_PATH_SIZE]; /* label or directory; "" the first removable */
	} storage;
	struct {
		char listen[CONFIG_NAME_SIZE];
		int port, plain_port; /* plain_port 0: none */
		char tls_cert[CONFIG_PATH_SIZE], tls_key[CONFIG_PATH_SIZE];
	} web;
	struct {
		char hub[CONFIG_WORDS_SIZE];
	} sync;
	struct {
		int keep_names_days;
		char controller[CONFIG_WORDS_SIZE], contact[CONFIG_WORDS_SIZE];
	} privacy;
	struct {
		int least, unit; /* enum participation_unit */
		int floor;       /* of public figures */
	} participation;
};

/* One row an option. @allowed reads as a sentence part: "entrance, room or choose". */
struct option {
	const char *section, *name, *allowed[LANGUAGE_COUNT], *fallback, *help;
};
extern const struct option config_options[];
extern const size_t config_option_count;

void config_defaults(struct config *ret);

/* Sets one option. False with @ret_fault, what was wrong and what is allowed, and @config
 * untouched, when the section, the name or the value is not allowed. A section [reader:NAME] not
 * met before takes a free reader. */
bool config_set(struct config *config, const char *section, const char *name, const char *value,
	struct said *ret_fault);

/* The value as a file would spell it. False, and @ret untouched, when there is no such option, it
 * is a reader's, or it does not fit. */
bool config_get(
	const struct config *config, const char *section, const char *name, char *ret, size_t size);

/* What fits together only as a whole: room needs mode room, tls_cert needs tls_key, … */
bool config_check(const struct config *config, struct said *ret_fault);

#endif
