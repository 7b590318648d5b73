#include "cli/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/config_file.h"
#include "cli/words.h"

enum { GRADE_COLUMN = 15, NAME_COLUMN = 16, ANSWER_WAIT_MS = 2000 };

/* clang-format off */
static const struct {
	struct words name;
	void (*look)(const struct patient *patient, struct finding *ret);
} checks[] = {
	{ { "configuration",  "instellingen" },  doctor_configuration },
	{ { "options",        "keuzes" },        doctor_options },
	{ { "data directory", "gegevensmap" },   doctor_directory },
	{ { "log",            "logboek" },       doctor_log },
	{ { "venue key",      "locatiesleutel" }, doctor_key },
	{ { "programme",      "programma" },     doctor_programme },
	{ { "walk-ins",       "walk-ins" },      doctor_walk_ins },
	{ { "clock",          "klok" },          doctor_clock },
	{ { "time zone",      "tijdzone" },      doctor_zone },
	{ { "reader",         "lezer" },         doctor_reader },
	{ { "fonts",          "lettertypen" },   doctor_fonts },
	{ { "display",        "beeldscherm" },   doctor_display },
	{ { "power",          "stroom" },        doctor_power },
	{ { "kiosk",          "kiosk" },         doctor_kiosk },
	{ { "hub",            "centrale" },      doctor_hub },
	{ { "permissions",    "rechten" },       doctor_user },
};

static const struct words grades[FINDING_GRADE_COUNT] = {
	[FINDING_OK]      = { "ok",      "in orde" },
	[FINDING_WARNING] = { "warning", "waarschuwing" },
	[FINDING_FAULT]   = { "fault",   "storing" },
};
/* clang-format on */

void finding_say(struct finding *ret, enum finding_grade grade, const char *en, const char *nl, ...)
{
	va_list arguments;

	ret->grade = grade;
	va_start(arguments, nl);
	vsnprintf(
		ret->words, sizeof ret->words, cli_language() == LANGUAGE_NL ? nl : en, arguments);
	va_end(arguments);
}

void finding_advise(struct finding *ret, const char *en, const char *nl, ...)
{
	va_list arguments;

	va_start(arguments, nl);
	vsnprintf(ret->advice, sizeof ret->advice, cli_language() == LANGUAGE_NL ? nl : en,
		arguments);
	va_end(arguments);
}

static void print_finding(const struct words *name, const struct finding *finding)
{
	cli_print_padded(cli_words(&grades[finding->grade]), GRADE_COLUMN);
	cli_print_padded(cli_words(name), NAME_COLUMN);
	puts(finding->words);
	if (*finding->advice)
		printf("%*s-> %s\n", GRADE_COLUMN + NAME_COLUMN, "", finding->advice);
}

static void print_sum(const int counts[FINDING_GRADE_COUNT])
{
	static const struct words healthy = { "Everything is in order.", "Alles is in orde." };
	static const struct words sum = { "%d faults, %d warnings.\n",
		"%d storingen, %d waarschuwingen.\n" };

	if (counts[FINDING_FAULT] + counts[FINDING_WARNING] == 0)
		puts(cli_words(&healthy));
	else
		printf(cli_words(&sum), counts[FINDING_FAULT], counts[FINDING_WARNING]);
}

int command_doctor(struct cli *cli)
{
	struct patient patient = { .cli = cli };
	int counts[FINDING_GRADE_COUNT] = { 0 };
	struct said fault;

	if (!cli_expect(cli, 0, 0))
		return EXIT_USAGE;
	/* What is wrong with the configuration is a finding, not a reason to look at nothing. */
	config_file_read(&cli->file,
		cli->arguments->config_path ? cli->arguments->config_path : CONFIG_DEFAULT_PATH,
		false, &fault);
	cli->config = cli->file;
	patient.kiosk_error =
		reply_get(&patient.kiosk, cli->arguments->run, "status", ANSWER_WAIT_MS);
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		struct finding finding = { 0 };

		checks[i].look(&patient, &finding);
		print_finding(&checks[i].name, &finding);
		counts[finding.grade]++;
	}
	reply_free(patient.kiosk);
	print_sum(counts);
	return counts[FINDING_FAULT] ? EXIT_FAILED : EXIT_DONE;
}
