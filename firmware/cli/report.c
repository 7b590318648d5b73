/* incheckpaal report participation: who took part, per cluster, against the target. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/cli.h"
#include "cli/output.h"
#include "cli/words.h"
#include "core/text.h"
#include "exchange/participation_out.h"
#include "exchange/workbook.h"
#include "store/counter.h"
#include "store/participation.h"

#define DAY_MS 86400000LL

enum format { FORMAT_TEXT, FORMAT_CSV, FORMAT_CSV_EXCEL, FORMAT_XLSX, FORMAT_JSON, FORMAT_COUNT };

static const struct words standard = { "standard output", "de standaarduitvoer" };

static const char *const formats[FORMAT_COUNT] = { "text", "csv", "csv-excel", "xlsx", "json" };

struct report {
	struct cli *cli;
	struct store *store;
	struct participation_query query;
	enum format format;
	enum language language;
	bool is_public, recount;
	const char *path;
	struct participation *figures;
};

static bool read_day(const char *text, int64_t *ret)
{
	char whole[32];
	int64_t wall_ms;
	int32_t offset_min;
	bool has_offset;
	if (!text)
		return true;
	snprintf(whole, sizeof whole, "%.10sT00:00", text);
	if (strlen(text) != 10 || !time_parse(&wall_ms, &offset_min, &has_offset, whole))
		return false;
	*ret = local_day(wall_ms, 0);
	return true;
}

static bool read_choice(const char *text, const char *const *names, int count, int *ret)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(names[i], text) == 0) {
			*ret = i;
			return true;
		}
	}
	return false;
}

static int read_options(struct report *report)
{
	static const char *const languages[] = { "nl", "en" }, *const places[] = { "session",
		"own" };
	struct cli *cli = report->cli;
	const char *format = "text", *language = NULL, *from = NULL, *to = NULL, *by = "session";
	int chosen = 0;
	report->is_public = cli_flag(cli, "public");
	report->recount = cli_flag(cli, "recount");
	if (cli_option(cli, "format", &format) < 0 || cli_option(cli, "language", &language) < 0 ||
		cli_option(cli, "from", &from) < 0 || cli_option(cli, "to", &to) < 0 ||
		cli_option(cli, "event", &report->query.event) < 0 ||
		cli_option(cli, "session", &report->query.session) < 0 ||
		cli_option(cli, "by", &by) < 0 || cli_option(cli, "output", &report->path) < 0)
		return EXIT_USAGE;
	if (!read_choice(format, formats, FORMAT_COUNT, &chosen))
		return cli_usage(cli,
			"--format: \"%s\" is not allowed; allowed is text, csv, csv-excel, xlsx or "
			"json",
			"--format: \"%s\" mag niet; toegestaan is text, csv, csv-excel, xlsx of "
			"json",
			format);
	report->format = (enum format)chosen;
	chosen = (int)cli_language();
	if (language && !read_choice(language, languages, 2, &chosen))
		return cli_usage(cli, "--language: \"%s\" is not allowed; allowed is nl or en",
			"--language: \"%s\" mag niet; toegestaan is nl of en", language);
	report->language = (enum language)chosen;
	if (!read_choice(by, places, BY_COUNT, &chosen))
		return cli_usage(cli, "--by: \"%s\" is not allowed; allowed is session or own",
			"--by: \"%s\" mag niet; toegestaan is session of own", by);
	report->query.rule.by = (enum participation_by)chosen;
	if (!read_day(from, &report->query.from_day) || !read_day(to, &report->query.to_day))
		return cli_usage(cli, "--from and --to: allowed is a day such as 2026-11-24",
			"--from en --to: toegestaan is een dag zoals 2026-11-24");
	if (from && to && report->query.from_day > report->query.to_day)
		return cli_usage(cli, "--from comes after --to", "--from komt na --to");
	return cli_expect(cli, 1, 1) ? EXIT_DONE : EXIT_USAGE;
}

static int on_tap(void *context, const struct attendance_line *line)
{
	return workbook_attendance(context, line);
}

/* The start of a local day. */
static int64_t start_of(int64_t day)
{
	const int64_t midnight_ms = day * DAY_MS;
	return midnight_ms - clock_utc_offset_min(midnight_ms) * 60000LL;
}

/* The taps behind the figures, without names; not for the public. */
static int write_attendance(const struct report *report, struct workbook *workbook)
{
	struct attendance_filter filter = { .event = report->query.event,
		.session = report->query.session };
	if (report->query.from_day != DAY_OPEN)
		filter.from_ms = start_of(report->query.from_day);
	if (report->query.to_day != DAY_OPEN)
		filter.to_ms = start_of(report->query.to_day + 1);
	return tap_log_each(report->store, &filter, on_tap, workbook);
}

static int write_workbook(const struct report *report, FILE *out)
{
	struct workbook *workbook;
	int r = workbook_create(&workbook, report->language);
	if (r < 0)
		return r;
	r = workbook_participation(workbook, report->figures);
	if (r == 0 && !report->is_public)
		r = write_attendance(report, workbook);
	if (r == 0)
		r = workbook_end(workbook, out);
	workbook_destroy(workbook);
	return r;
}

static int write_report(void *context, FILE *out)
{
	const struct report *report = context;
	const struct participation *figures = report->figures;
	switch (report->format) {
	case FORMAT_CSV:
		return participation_out_csv(out, figures, report->language, false);
	case FORMAT_CSV_EXCEL:
		return participation_out_csv(out, figures, report->language, true);
	case FORMAT_JSON:
		return participation_out_json(out, figures);
	case FORMAT_XLSX:
		return write_workbook(report, out);
	case FORMAT_TEXT:
	case FORMAT_COUNT:
		break;
	}
	return participation_out_text(out, figures, report->language);
}

/* The independent path: says whether it agrees, on stderr beside the report. */
static int recount(const struct report *report)
{
	static const struct words agree = {
		"recount: the whole log was counted again; all %lld counters agree\n",
		"hertelling: het hele logboek is opnieuw geteld; alle %lld tellers kloppen\n"
	};
	struct recount found;
	const int r = counter_verify(report->store, &found);
	if (r == 0)
		fprintf(stderr, cli_words(&agree), (long long)found.counters);
	else if (r == -EUCLEAN)
		return cli_fail("recount: counters that differ from the log: %lld, first: %s",
			"hertelling: tellers die afwijken van het logboek: %lld, als eerste: %s",
			(long long)found.differ, found.fault);
	else
		return cli_store_failed(report->store, r, "counting the log again",
			"het opnieuw tellen van het logboek");
	return EXIT_DONE;
}

static int run(struct report *report)
{
	int r = participation_load(report->store, &report->query, &report->figures);
	if (r == -ENOENT)
		return report->query.session
			       ? cli_fail("there is no such event, or no session \"%s\"",
					 "er is geen zo'n evenement, of geen sessie \"%s\"",
					 report->query.session)
			       : cli_fail("there is no event \"%s\"", "er is geen evenement \"%s\"",
					 report->query.event);
	if (r < 0)
		return cli_store_failed(
			report->store, r, "reading the counters", "het lezen van de tellers");
	struct evidence evidence;
	r = tap_log_evidence(report->store, &evidence);
	if (r < 0)
		return cli_store_failed(
			report->store, r, "reading the log", "het lezen van het logboek");
	evidence.whole = false;
	const struct output output = { report->path, report->cli->arguments->data, write_report,
		report, &evidence };
	r = output_write(&output);
	int status = r == 0 ? EXIT_DONE
			    : cli_fail("%s: %s", "%s: %s",
				      report->path ? report->path : cli_words(&standard),
				      cli_strerror(-r));
	if (report->recount && recount(report) != EXIT_DONE)
		status = EXIT_FAILED;
	return status;
}

int command_report(struct cli *cli)
{
	struct report report = { .cli = cli,
		.query = { .from_day = DAY_OPEN,
			.to_day = DAY_OPEN,
			.rule = { cli->config.participation.least,
				(enum participation_unit)cli->config.participation.unit,
				BY_SESSION },
			.goal = cli->config.kiosk.goal } };
	int status = read_options(&report);
	if (status != EXIT_DONE)
		return status;
	report.query.floor = report.is_public ? cli->config.participation.floor : 0;
	if (cli_store(cli, STORE_READ, &report.store) < 0)
		return EXIT_FAILED;
	status = run(&report);
	participation_free(report.figures);
	store_close(report.store);
	return status;
}
