#include "cli/cli.h"

/* clang-format off */
static const struct command_option init_options[] = {
	{ "keep-names-days", 0, "N", "names go N days after the event; without it as the configuration says, else a terminal is asked" },
	{ "key-words", 0, NULL, "make the venue key of a line of words on standard input: the same words on every kiosk of a venue" },
	{ 0 }
};

static const struct command_option import_options[] = {
	{ "dry-run", 0, NULL, "read and check the file, tell what would change, change nothing" },
	{ 0 }
};

static const struct command_option import_schedule_options[] = {
	{ "dry-run", 0, NULL,    "read and check the file, tell what would change, change nothing" },
	{ "event",   0, "TITLE", "the event's title, where the file does not say it" },
	{ 0 }
};

static const struct command_option import_attendees_options[] = {
	{ "dry-run", 0, NULL,   "read and check the file, tell what would change, change nothing" },
	{ "map",     0, "FILE", "other headers: lines like \"given_name = Voornaam\"" },
	{ 0 }
};

static const struct command_option export_options[] = {
	{ "format",   0,   "FORMAT",  "csv (the default), csv-excel, json or xlsx" },
	{ "event",    0,   "EVENT",   "only this event: its code or title" },
	{ "session",  0,   "SESSION", "only this session: its code or title" },
	{ "from",     0,   "TIME",    "from this day or time on: 2026-11-24, 2026-11-24T13:00" },
	{ "to",       0,   "TIME",    "up to this day (included) or time" },
	{ "personal", 0,   NULL,      "with attendee ids and names, which are left out otherwise" },
	{ "output",   'o', "FILE",    "write to FILE, and its signature to FILE.minisig, instead of standard output" },
	{ 0 }
};

static const struct command_option report_options[] = {
	{ "from",     0,   "DAY",      "from this day on: 2026-11-24" },
	{ "to",       0,   "DAY",      "up to this day, included" },
	{ "event",    0,   "EVENT",    "only this event: its code or title" },
	{ "session",  0,   "SESSION",  "only this session: its code or title" },
	{ "by",       0,   "PLACE",    "organisations count in the cluster of the session (the default) or in their own" },
	{ "format",   0,   "FORMAT",   "text (the default), csv, csv-excel, xlsx or json" },
	{ "language", 0,   "LANGUAGE", "nl or en; without it, as the terminal speaks" },
	{ "public",   0,   NULL,       "for everybody: no names of organisations, no small numbers of people" },
	{ "recount",  0,   NULL,       "count the whole log again and tell whether it agrees" },
	{ "output",   'o', "FILE",     "write to FILE instead of standard output" },
	{ 0 }
};

static const struct command_option correct_options[] = {
	{ "reason", 0, "TEXT", "why the tap does not count; it is kept and exported" },
	{ 0 }
};

static const struct command_option verify_options[] = {
	{ "key", 0, "KEY", "the public key of the kiosk that wrote the file, where that is another one" },
	{ 0 }
};

static const struct command_option password_options[] = {
	{ "viewer", 0, NULL, "the password of those who only look on, instead of the organisers'" },
	{ 0 }
};

static const struct command_option status_options[] = {
	{ "json", 0, NULL, "for programs: the kiosk's own answer" },
	{ 0 }
};

static const struct command_option update_options[] = {
	{ "stick", 0, NULL, "what lies on the USB stick, if it is newer" },
	{ 0 }
};

const struct command commands[] = {
	{ "init", "",
	  "Make the data directory, the log and the venue key. What is there already stays.",
	  init_options, command_init, false },
	{ "import schedule", "FILE",
	  "Read a schedule: iCalendar, frab/pretalx JSON or CSV. Again after it changed.",
	  import_schedule_options, command_import, false },
	{ "import attendees", "FILE",
	  "Read an attendee list: CSV by comma, semicolon or tab.",
	  import_attendees_options, command_import, false },
	{ "import clusters", "FILE",
	  "Read the growth clusters, their names and targets from CSV.",
	  import_options, command_import, false },
	{ "read schedule", "[FILE]",
	  "Tell what a schedule holds, one JSON object a line. Nothing else is read, nothing is written.",
	  NULL, command_read, true },
	{ "export attendance", "",
	  "Write the attendance log.",
	  export_options, command_export, false },
	{ "report participation", "",
	  "Tell who took part, per growth cluster, against the target.",
	  report_options, command_report, false },
	{ "organisation list", "",
	  "List the organisations, and which are part of which.",
	  NULL, command_organisation_list, false },
	{ "organisation pairs", "",
	  "List organisations that look like one, for you to decide.",
	  NULL, command_organisation_pairs, false },
	{ "organisation merge", "ORGANISATION INTO",
	  "Count two organisations as one. Nothing is lost; split undoes it.",
	  NULL, command_organisation_merge, false },
	{ "organisation split", "ORGANISATION",
	  "Undo a merge.",
	  NULL, command_organisation_split, false },
	{ "organisation distinct", "ONE OTHER",
	  "Say that two organisations are not one; pairs asks no more.",
	  NULL, command_organisation_distinct, false },
	{ "organisation alias", "ORGANISATION NAME",
	  "Know an organisation by another name, also in imports.",
	  NULL, command_organisation_alias, false },
	{ "export stick", "DIR",
	  "Copy the log without names, as CSV and JSON with checksums, into a new folder in DIR.",
	  NULL, command_export_stick, false },
	{ "badge link", "UID|next ATTENDEE",
	  "Give a badge to an attendee: by number, or the next one tapped.",
	  NULL, command_badge_link, false },
	{ "badge block", "UID",
	  "Refuse a lost badge from now on.",
	  NULL, command_badge_block, false },
	{ "badge organiser", "UID",
	  "Make a badge an organiser's: it opens the kiosk's service screen and checks nobody in.",
	  NULL, command_badge_organiser, false },
	{ "badge list", "",
	  "List the badges and whose they are.",
	  NULL, command_badge_list, false },
	{ "attendee list", "",
	  "List the attendees.",
	  NULL, command_attendee_list, false },
	{ "attendee show", "ATTENDEE",
	  "Show one attendee, named by id, e-mail address or full name.",
	  NULL, command_attendee_show, false },
	{ "attendee forget", "ATTENDEE",
	  "Remove names, e-mail and badges of one attendee everywhere. Counts and log stay.",
	  NULL, command_attendee_forget, false },
	{ "correct", "[LOG:]TAP",
	  "Stop counting a tap, by its number (seq). The tap stays in the log.",
	  correct_options, command_correct, false },
	{ "merge", "OTHER.db|DIR",
	  "Take in another kiosk's log, people and programme. Twice, or in any order, is fine.\n"
	  "DIR: of a kiosk, or of a stick with the backups of some, of which the newest are taken.",
	  NULL, command_merge, false },
	{ "verify", "[FILE]",
	  "Check that nothing was changed: in the log, a copy of it, or an exported csv or json.",
	  verify_options, command_verify, false },
	{ "backup", "FILE",
	  "Copy everything but the keys to a new file, while the kiosk goes on.",
	  NULL, command_backup, false },
	{ "restore", "FILE",
	  "Put a backup back, also one of the page (.incpsafe), which asks its password. What was there is kept; the kiosk must be stopped.",
	  NULL, command_restore, false },
	{ "privacy record", "",
	  "Print the record of processing (article 30 GDPR), filled from the settings.",
	  NULL, command_privacy, false },
	{ "privacy notice", "",
	  "Print the notice for the door, filled from the settings.",
	  NULL, command_privacy, false },
	{ "status", "",
	  "Tell how the kiosk is doing.",
	  status_options, command_status, false },
	{ "screenshot", "FILE.png",
	  "Save what the kiosk's screen shows now.",
	  NULL, command_screenshot, false },
	{ "identify", "",
	  "Let the kiosk show its name on the whole screen: which one is it?",
	  NULL, command_identify, false },
	{ "service", "",
	  "Open the kiosk's service screen, as an organiser's badge does.",
	  NULL, command_service, false },
	{ "selftest", "",
	  "Try reader, decision, log and screen with a test tap that nobody is checked in by.",
	  NULL, command_selftest, false },
	{ "update", "FILE|URL",
	  "Install a signed update on this card; it starts when nobody is there, and is kept if it works.",
	  update_options, command_update, true },
	{ "doctor", "",
	  "Check reader, storage, clock, fonts, display, permissions; tell what to do.",
	  NULL, command_doctor, true },
	{ "password", "",
	  "Set the password of the organiser's page; asked for, or one line of standard input.",
	  password_options, command_password, false },
	{ "config example", "",
	  "Print a configuration file with every option, its default and meaning.",
	  NULL, command_config, true },
	{ "help", "[COMMAND]",
	  "Explain a command.",
	  NULL, command_help, true },
	{ "manual", NULL,
	  "Print a manual page in roff: incheckpaal, conf, kiosk, reader or web.",
	  NULL, command_manual, true },
};
/* clang-format on */

const size_t command_count = sizeof commands / sizeof commands[0];
