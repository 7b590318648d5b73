/* incheckpaal export attendance: the log, to standard output or whole into a file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/cli.h"
#include "cli/export.h"
#include "cli/output.h"
#include "cli/words.h"
#include "core/text.h"
#include "exchange/attendance_out.h"
#include "store/tap_log.h"

#define CACHE_KIB 256 /* the log is read once, from one end to the other */

struct export
{
	struct cli *cli;
	struct store *store;
	struct attendance_filter filter;
	enum attendance_format format;
	const char *path;
	struct attendance_out *writer;
	struct evidence evidence;
};

static const struct words standard = { "standard output", "de standaarduitvoer" };

static int on_line(void *context, const struct attendance_line *line)
{
	struct export *export = context;
	if (!evidence_count(&export->evidence, line->log_id, line->seq, line->wall_ms))
		return 0;
	return attendance_out_line(export->writer, line);
}

static int write_log(void *context, FILE *out)
{
	struct export *export = context;
	struct store *store = export->store;
	export->writer = attendance_out_create(out, export->format);
	if (!export->writer)
		return -ENOMEM;
	attendance_out_speak(export->writer, cli_language());
	const struct attendance_filter *filter = &export->filter;
	int r = tap_log_evidence(store, &export->evidence);
	export->evidence.whole =
		!filter->event && !filter->session && !filter->from_ms && !filter->to_ms;
	if (r == 0)
		r = tap_log_each(store, &export->filter, on_line, export);
	if (r == 0)
		r = attendance_out_end(export->writer);
	attendance_out_destroy(export->writer);
	return r == 0 && ferror(out) ? -EIO : r;
}

int export_whole(struct store *store, enum attendance_format format, bool personal, FILE *out)
{
	struct export export = {
		.store = store, .format = format, .filter = { .personal = personal }
	};
	return write_log(&export, out);
}

/* A moment, or a day: its start, or with @end the start of the next. */
static bool read_time(const char *text, bool end, int64_t *ret_ms)
{
	char whole[TIME_TEXT_SIZE];
	int32_t offset_min;
	bool has_offset;
	const bool day = strlen(text) == 10;
	snprintf(whole, sizeof whole, "%.30s%s", text, day ? "T00:00" : "");
	if (!time_parse(ret_ms, &offset_min, &has_offset, whole))
		return false;
	if (!has_offset)
		*ret_ms -= clock_utc_offset_min(*ret_ms) * 60000LL;
	if (day && end)
		*ret_ms += 24 * 3600 * 1000LL;
	return true;
}

static int take_options(struct export *export)
{
	struct cli *cli = export->cli;
	const char *format = "csv", *from = NULL, *to = NULL;
	export->filter.personal = cli_flag(cli, "personal");
	if (cli_option(cli, "format", &format) < 0 ||
		cli_option(cli, "event", &export->filter.event) < 0 ||
		cli_option(cli, "session", &export->filter.session) < 0 ||
		cli_option(cli, "from", &from) < 0 || cli_option(cli, "to", &to) < 0 ||
		cli_option(cli, "output", &export->path) < 0)
		return EXIT_USAGE;
	if (!attendance_format_from_name(&export->format, format))
		return cli_usage(cli, "--format: \"%s\" is not allowed; allowed is %s",
			"--format: \"%s\" mag niet; toegestaan is %s", format,
			attendance_format_names());
	if ((from && !read_time(from, false, &export->filter.from_ms)) ||
		(to && !read_time(to, true, &export->filter.to_ms)))
		return cli_usage(cli,
			"--from and --to: allowed is 2026-11-24 or 2026-11-24T13:30:00+01:00",
			"--from en --to: toegestaan is 2026-11-24 of 2026-11-24T13:30:00+01:00");
	return cli_expect(cli, 1, 1) ? EXIT_DONE : EXIT_USAGE;
}

static int write_out(struct export *export)
{
	const struct output output = { export->path, export->cli->arguments->data, write_log,
		export, &export->evidence };
	return output_write(&output);
}

int export_file(
	struct cli *cli, struct store *store, enum attendance_format format, const char *path)
{
	struct export export = { .cli = cli, .store = store, .format = format, .path = path };
	return write_out(&export);
}

int command_export(struct cli *cli)
{
	struct export export = { .cli = cli };
	const int status = take_options(&export);
	if (status != EXIT_DONE)
		return status;
	struct store *store;
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	store_set_cache(store, CACHE_KIB);
	export.store = store;
	const int r = write_out(&export);
	const int result = r == 0 ? EXIT_DONE
			   : r == -EIO && store_words(store)[0]
				   ? cli_store_failed(store, r, "exporting", "het exporteren")
				   : cli_fail("%s: %s", "%s: %s",
					     export.path ? export.path : cli_words(&standard),
					     cli_strerror(-r));
	store_close(store);
	return result;
}
