/* The manual pages, made of the command table, the option table and a few paragraphs. */
#include <stdio.h>
#include <string.h>

#include "base/config_file.h"
#include "base/control.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/roff.h"
#include "store/store.h"

/* clang-format off */
static const struct help_row files[] = {
	{ CONFIG_DEFAULT_PATH,
	  "the configuration, see incheckpaal.conf(5)" },
	{ DATA_DEFAULT_DIRECTORY "/" STORE_FILE_NAME,
	  "the log, the attendees and the programme: one SQLite file" },
	{ DATA_DEFAULT_DIRECTORY "/" VENUE_KEY_FILE,
	  "the key that turns badge numbers into badge keys; keep a copy in a safe place" },
	{ RUN_DEFAULT_DIRECTORY "/" CONTROL_SOCKET,
	  "where the kiosk answers" },
	{ 0 }
};

static const struct help_row examples[] = {
	{ "incheckpaal init",
	  "once, on a new kiosk" },
	{ "incheckpaal import schedule programme.ics",
	  "the programme; again after it changed" },
	{ "incheckpaal import attendees attendees.csv",
	  "who is invited; rejected lines go to attendees.csv.rejected.csv" },
	{ "incheckpaal export attendance -o attendance.csv",
	  "the log, without names" },
	{ "incheckpaal badge link next \"Anna de Boer\"",
	  "and hold her badge to the reader" },
	{ "incheckpaal doctor",
	  "when something is wrong" },
	{ 0 }
};
/* clang-format on */

static void print_commands(void)
{
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &commands[i];

		if (!command->synopsis)
			continue;
		printf(".SS \"%s\"\n.B incheckpaal %s\n", command->words, command->words);
		if (*command->synopsis) {
			roff_text(command->synopsis);
			putchar('\n');
		}
		puts(".br");
		roff_text(command->help.en);
		putchar('\n');
		for (const struct command_option *row = command->options; row && row->name; row++) {
			char term[80];

			help_option_term(term, sizeof term, row);
			roff_item(term, row->help.en);
		}
	}
}

static void print_common(void)
{
	roff_section("OPTIONS");
	for (const struct help_option *row = help_common; row->term; row++)
		roff_item(row->term, row->meaning.en);
	roff_section("\"EXIT STATUS\"");
	roff_items(help_statuses);
	roff_section("ENVIRONMENT");
	roff_items(help_environment);
	roff_section("FILES");
	roff_items(files);
}

static void print_program(void)
{
	roff_section("SYNOPSIS");
	puts(".B incheckpaal\n[\\fB\\-\\-config\\fR FILE] [\\fB\\-\\-data\\fR DIR] COMMAND ...");
	roff_section("DESCRIPTION");
	roff_paragraph("Fills a check-in kiosk with its programme and attendees, asks it how it is "
		       "doing, and "
		       "takes the attendance log out of it. It may be used while the kiosk runs.");
	roff_section("COMMANDS");
	print_commands();
	print_common();
	roff_section("EXAMPLES");
	roff_items(examples);
}

static void print_kiosk(void)
{
	roff_section("SYNOPSIS");
	puts(".B incheckpaal\\-kiosk\n[\\fB\\-\\-config\\fR FILE] [\\fB\\-\\-data\\fR DIR]");
	roff_section("DESCRIPTION");
	roff_paragraph("Starts a reader program for each configured reader, decides what each tap "
		       "means, writes it "
		       "to the log and shows the answer. \"Checked in\" is shown only after the "
		       "tap is on the "
		       "medium. It opens no network connection.");
	roff_paragraph("It goes on checking people in without a display, without a network and "
		       "without a correct "
		       "clock, and says on its screen and in the journal what is missing.");
	print_common();
}

static void print_reader(void)
{
	roff_section("SYNOPSIS");
	puts(".B incheckpaal\\-reader\n[\\fB\\-\\-config\\fR FILE]");
	roff_section("DESCRIPTION");
	roff_paragraph("Reads badges from one NFC reader through libnfc and reports them to the "
		       "kiosk, which starts, "
		       "watches and restarts it. It is not meant to be started by hand. It never "
		       "writes a badge's "
		       "number to the journal.");
	print_common();
}

static void print_web(void)
{
	roff_section("SYNOPSIS");
	puts(".B incheckpaal\\-web\n[\\fB\\-\\-config\\fR FILE] [\\fB\\-\\-data\\fR DIR]");
	roff_section("DESCRIPTION");
	roff_paragraph(
		"Serves the organiser's page over https: who is in, downloads, people, badges, "
		"the programme. Without tls_cert it makes a certificate of its own at the "
		"first start; \"incheckpaal status\" tells its fingerprint. A given "
		"certificate is read anew when its files change. Plain http leads to https.");
	roff_paragraph("The first visit asks for the code on the kiosk's service screen; "
		       "\"incheckpaal password\" sets the password too. The kiosk never waits "
		       "for the page, and goes on without it.");
	print_common();
}

static void print_sync(void)
{
	roff_section("SYNOPSIS");
	puts(".B incheckpaal\\-sync\n[\\fB\\-\\-config\\fR FILE] [\\fB\\-\\-data\\fR DIR]");
	roff_section("DESCRIPTION");
	roff_paragraph("Copies the taps, and what a report needs to count them, to the central "
		       "PostgreSQL (15 or newer) that hub in the section [sync] names; without it, "
		       "there is nothing to do and the program ends. The database is prepared once "
		       "with hub.sql, which says how figures are read there. No name, e-mail "
		       "address or badge number is sent: persons and badges go as keyed hashes.");
	roff_paragraph("The kiosk never waits for it. What could not be sent is sent when the hub "
		       "answers again, each tap once. A hub that holds other taps under the name "
		       "of this log is left as it is; the service screen and \"incheckpaal "
		       "status\" then say so.");
	roff_paragraph("What the string leaves out: sslmode is verify-full, by the certificates in "
		       "/etc/ssl/certs. With a hub that has a certificate of its own, say "
		       "sslrootcert=FILE. A password is best kept out of the configuration: "
		       "passfile=FILE, which its user alone may read.");
	print_common();
}

static void print_option(const struct option *option)
{
	char term[160], meaning[640];

	snprintf(term, sizeof term, "%s", option->name);
	snprintf(meaning, sizeof meaning, "%s. Allowed: %s. %s%s%s", option->help,
		option->allowed[LANGUAGE_EN], *option->fallback ? "Without it: " : "",
		option->fallback,
		overridable_is(option->section, option->name)
			? (*option->fallback ? ". May be chosen on the page."
					     : "May be chosen on the page.")
			: "");
	roff_item(term, meaning);
}

static void print_conf(void)
{
	const char *section = "";

	roff_section("DESCRIPTION");
	roff_paragraph("The configuration of the kiosk and its tools: sections in brackets, lines "
		       "of the form "
		       "name = value, and comments behind # or ;. An unknown option or a value "
		       "that is not "
		       "allowed is refused with its file and line. Every option may be left out.");
	roff_paragraph("Some options may be chosen on the organiser's page too (Kiosks, Settings), "
		       "and the volume on the service screen. What is chosen there goes before "
		       "this file until it is put back there; the file is never written. "
		       "\"incheckpaal status\" and \"incheckpaal doctor\" tell what was chosen.");
	roff_paragraph("A kiosk with several readers has a section [reader:NAME] for each.");
	for (size_t i = 0; i < config_option_count; i++) {
		if (strcmp(config_options[i].section, section) != 0) {
			section = config_options[i].section;
			printf(".SH \"[%s]\"\n", section);
		}
		print_option(&config_options[i]);
	}
}

/* clang-format off */
static const struct {
	const char *name, *page;
	int section;
	const char *summary;
	void (*print)(void);
} pages[] = {
	{ "incheckpaal", "incheckpaal", 1, "look after an event check-in kiosk", print_program },
	{ "conf", "incheckpaal.conf", 5, "configuration of the check-in kiosk", print_conf },
	{ "kiosk", "incheckpaal-kiosk", 1, "check people in by their badges", print_kiosk },
	{ "reader", "incheckpaal-reader", 1, "read badges for the kiosk", print_reader },
	{ "web", "incheckpaal-web", 1, "serve the organiser's page", print_web },
	{ "sync", "incheckpaal-sync", 1, "copy taps to the central database", print_sync },
};
/* clang-format on */

enum { PAGE_COUNT = sizeof pages / sizeof pages[0] };

static void print_see_also(size_t own)
{
	const char *between = "";

	roff_section("\"SEE ALSO\"");
	for (size_t i = 0; i < PAGE_COUNT; i++) {
		if (i == own)
			continue;
		printf("%s.BR ", between);
		roff_text(pages[i].page);
		printf(" (%d)", pages[i].section);
		between = " ,\n";
	}
	putchar('\n');
}

int command_manual(struct cli *cli)
{
	if (!cli_expect(cli, 0, 1))
		return EXIT_USAGE;
	const char *wanted = cli->count ? cli->words[0] : pages[0].name;

	for (size_t i = 0; i < PAGE_COUNT; i++) {
		if (strcmp(wanted, pages[i].name) != 0 && strcmp(wanted, pages[i].page) != 0)
			continue;
		roff_title(pages[i].page, pages[i].section, pages[i].summary);
		pages[i].print();
		print_see_also(i);
		return EXIT_DONE;
	}
	return cli_usage(cli,
		"there is no manual page \"%s\"; there are incheckpaal, conf, kiosk, reader, "
		"web and sync",
		"er is geen handleiding \"%s\"; er zijn incheckpaal, conf, kiosk, reader, web en "
		"sync",
		wanted);
}
