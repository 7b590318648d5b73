/* incheckpaal import schedule|attendees|clusters FILE: bad lines go to FILE.rejected.csv, the rest
 * in one flip. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/words.h"
#include "core/text.h"
#include "exchange/attendees_in.h"
#include "exchange/clusters_in.h"
#include "exchange/schedule_in.h"
#include "store/attendee.h"
#include "store/organiser_badge.h"
#include "store/planned.h"

#define FILE_BYTES_MAX (256u * 1024 * 1024)
#define CLUSTERS_MAX 64

/* What all three imports share. */
struct job {
	struct cli *cli;
	struct store *store;
	const char *path;
	bool dry_run;
	struct bytes bytes;
	char rejected_path[1024];
	FILE *rejected;
	int64_t rejected_count, taken_count;
	struct rejection refusal; /* of the file as a whole */
};

static bool open_rejected(struct job *job)
{
	const char *slash = strrchr(job->path, '/');
	snprintf(job->rejected_path, sizeof job->rejected_path, "%s.rejected.csv", job->path);
	job->rejected = fopen(job->rejected_path, "we");
	if (!job->rejected && slash) { /* a file on a read-only stick: beside where one stands */
		snprintf(job->rejected_path, sizeof job->rejected_path, "%s.rejected.csv",
			slash + 1);
		job->rejected = fopen(job->rejected_path, "we");
	}
	if (job->rejected)
		fputs("line,reason,original\n", job->rejected);
	return job->rejected != NULL;
}

static void put_cell(FILE *out, const char *text)
{
	const size_t size = 2 * strlen(text) + 8;
	char *cell = malloc(size);
	if (cell) {
		csv_cell(cell, size, text, ',');
		fputs(cell, out);
	}
	free(cell);
}

static void on_reject(void *context, const struct rejection *rejection)
{
	struct job *job = context;
	char words[REASON_SIZE];
	rejection_words(words, rejection, cli_language());
	job->rejected_count++;
	if (job->dry_run)
		fprintf(stderr, "%s:%u: %s\n", job->path, rejection->line, words);
	if (job->dry_run || (!job->rejected && !open_rejected(job)))
		return;
	char *original = strndup(rejection->original, rejection->original_length);
	fprintf(job->rejected, "%u,", rejection->line);
	put_cell(job->rejected, words);
	fputc(',', job->rejected);
	put_cell(job->rejected, original ? original : "");
	fputc('\n', job->rejected);
	free(original);
}

/* Closes the list of what was turned away; an old list of a file that is good now would mislead. */
static int finish(struct job *job, int status)
{
	if (job->rejected) {
		if (fclose(job->rejected) != 0)
			status = cli_fail("%s: the rejected lines can not be written",
				"%s: de afgekeurde regels kunnen niet worden geschreven",
				job->rejected_path);
	} else if (!job->dry_run && status == EXIT_DONE) {
		snprintf(job->rejected_path, sizeof job->rejected_path, "%s.rejected.csv",
			job->path);
		unlink(job->rejected_path);
	}
	bytes_free(&job->bytes);
	store_close(job->store);
	return status == EXIT_DONE && job->rejected_count ? EXIT_PARTLY : status;
}

static void say_changes(int64_t added, int64_t changed, int64_t same)
{
	static const struct words words = { "%" PRId64 " new, %" PRId64 " changed, %" PRId64
					    " the same",
		"%" PRId64 " nieuw, %" PRId64 " gewijzigd, %" PRId64 " gelijk" };
	printf(cli_words(&words), added, changed, same);
}

static void say_rejected(const struct job *job)
{
	static const struct words words = { "; %" PRId64 " rejected, see %s\n",
		"; %" PRId64 " afgekeurd, zie %s\n" };
	if (!job->rejected_count)
		printf("\n");
	else if (job->dry_run)
		printf("; %" PRId64 " %s\n", job->rejected_count,
			cli_language() == LANGUAGE_NL ? "afgekeurd" : "rejected");
	else
		printf(cli_words(&words), job->rejected_count, job->rejected_path);
}

/* What a file as a whole is refused for; the trouble of a sink was said already. */
static int refuse(struct job *job, int trouble)
{
	char words[REASON_SIZE];
	rejection_words(words, &job->refusal, cli_language());
	if (job->refusal.fault)
		return cli_fail("%s: %s; nothing was imported", "%s: %s; er is niets ingelezen",
			job->path, words);
	return cli_store_failed(job->store, trouble, "importing", "het inlezen");
}

struct schedule_job {
	struct job *job;
	struct event event;
	struct schedule_import *import;
	const char *wanted;
};

/* The file's own title, else what --event says, else the file's name without its ending. */
static int on_event(void *context, const char *title, const char *venue)
{
	struct schedule_job *schedule = context;
	const char *slash = strrchr(schedule->job->path, '/');
	char name[EVENT_TITLE_SIZE];
	utf8_clip(name, sizeof name, slash ? slash + 1 : schedule->job->path);
	char *dot = strrchr(name, '.');
	if (dot && dot != name)
		*dot = '\0';
	utf8_clip(schedule->event.title, sizeof schedule->event.title,
		schedule->wanted ? schedule->wanted
		: title[0]       ? title
				 : name);
	utf8_clip(schedule->event.venue, sizeof schedule->event.venue, venue);
	code_of_title(schedule->event.code, schedule->event.title);
	struct event known;
	if (event_find(schedule->job->store, schedule->event.title, 0, &known) == 0)
		schedule->event = known;
	return schedule_import_begin(&schedule->import, schedule->job->store, &schedule->event,
		schedule->job->path, clock_wall_ms());
}

static int on_session(void *context, const struct session *session, unsigned line)
{
	struct schedule_job *schedule = context;
	(void)line;
	schedule->job->taken_count++;
	return schedule_import_row(schedule->import, session);
}

static void on_schedule_reject(void *context, const struct rejection *rejection)
{
	on_reject(((struct schedule_job *)context)->job, rejection);
}

static int import_schedule(struct job *job, const char *wanted_event)
{
	struct schedule_job schedule = { .job = job, .wanted = wanted_event };
	const struct schedule_sink sink = { &schedule, on_event, on_session, on_schedule_reject };
	const int64_t now_ms = clock_wall_ms();
	struct schedule_limits limits;
	struct schedule_counts counts = { 0 };
	schedule_limits_at(&limits, now_ms, clock_utc_offset_min, icalendar_read);
	int r = schedule_read(
		(const char *)job->bytes.data, job->bytes.length, &limits, &sink, &job->refusal);
	if (r == 0 && job->taken_count == 0) {
		job->refusal = (struct rejection){ .fault = FAULT_NO_SESSION };
		r = -EINVAL;
	}
	if (r == 0 && !job->dry_run)
		r = schedule_import_finish(schedule.import, false, &counts);
	else
		schedule_import_abandon(schedule.import);
	if (r != 0)
		return refuse(job, r);

	static const struct counted sessions = { { "session", "sessie" },
		{ "sessions", "sessies" } };
	char taken[COUNTED_SIZE];
	printf("%s: %s: ", schedule.event.title, cli_counted(taken, job->taken_count, &sessions));
	say_changes(counts.added, counts.changed, counts.same);
	say_rejected(job);
	return EXIT_DONE;
}

struct attendees_job {
	struct job *job;
	struct venue_key key;
	struct import *import;
	struct cluster clusters[CLUSTERS_MAX];
	size_t cluster_count;
	int64_t no_mail;     /* lines with something else where an e-mail address should be */
	unsigned no_mail_at; /* the first of them */
};

static const char *cluster_of(void *context, const char *name)
{
	const struct attendees_job *attendees = context;
	return cluster_code(attendees->clusters, attendees->cluster_count, name);
}

static void reject_organiser(struct job *job, const struct attendee_line *line, unsigned number)
{
	struct rejection rejection = { .line = number,
		.original = line->original,
		.original_length = line->original_length,
		.fault = FAULT_ORGANISER,
		.column = attendee_column_said(COLUMN_BADGE) };
	utf8_clip(rejection.value, sizeof rejection.value, line->values[COLUMN_BADGE]);
	on_reject(job, &rejection);
}

static int on_attendee(void *context, const struct attendee_line *line, unsigned number)
{
	struct attendees_job *attendees = context;
	struct attendee_row row;
	attendee_row_of(&row, line, number, &attendees->key);
	const int opens =
		row.has_badge ? organiser_badge_opens(attendees->job->store, &row.key) : 0;
	if (opens < 0)
		return opens;
	if (opens) {
		reject_organiser(attendees->job, line, number);
		return 0;
	}
	attendees->job->taken_count++;
	if (line->no_mail[0] && attendees->no_mail++ == 0)
		attendees->no_mail_at = number;
	if (attendees->job->dry_run)
		return 0;
	return attendee_import_row(attendees->import, &row);
}

static void on_attendee_reject(void *context, const struct rejection *rejection)
{
	on_reject(((struct attendees_job *)context)->job, rejection);
}

static int read_map(const char *path, struct column_map *ret)
{
	struct bytes text;
	int r = file_read_all(&text, path, 65536);
	if (r < 0)
		return cli_fail("%s: %s", "%s: %s", path, cli_strerror(-r));
	struct rejection refusal;
	char words[REASON_SIZE];
	r = column_map_read(ret, (const char *)text.data, text.length, &refusal);
	bytes_free(&text);
	if (r == 0)
		return EXIT_DONE;
	rejection_words(words, &refusal, cli_language());
	return cli_fail("%s: %s", "%s: %s", path, words);
}

static void say_no_mail(const struct attendees_job *attendees)
{
	static const struct words words = {
		", %" PRId64 " without an e-mail address: what stands there is none (first on line "
		"%u)",
		", %" PRId64 " zonder e-mailadres: wat er staat is er geen (het eerst op regel %u)"
	};
	if (attendees->no_mail > 0)
		printf(cli_words(&words), attendees->no_mail, attendees->no_mail_at);
}

static int refuse_second(const struct job *job)
{
	return cli_fail("%s: another list is being read in or put back; nothing was imported, try "
			"again when that is done",
		"%s: er wordt al een andere lijst ingelezen of teruggezet; er is niets ingelezen, "
		"probeer het opnieuw als die klaar is",
		job->path);
}

static void say_moved(int64_t moved)
{
	static const struct counted badges = { { "badge of somebody else",
						       "badge van iemand anders" },
		{ "badges of others", "badges van anderen" } };
	static const struct words words = { ", %s moved", ", %s overgezet" };
	char counted[COUNTED_SIZE];
	if (moved > 0)
		printf(cli_words(&words), cli_counted(counted, moved, &badges));
}

static int import_attendees(struct job *job, const struct column_map *map)
{
	struct attendees_job *attendees = calloc(1, sizeof *attendees);
	if (!attendees)
		return cli_fail("out of memory", "er is te weinig geheugen");
	attendees->job = job;
	const struct attendee_sink sink = { attendees, on_attendee, on_attendee_reject };
	int r = cli_venue(job->cli, job->store, &attendees->key);
	if (r < 0) {
		free(attendees);
		return EXIT_FAILED;
	}
	r = cluster_load(
		job->store, "", attendees->clusters, CLUSTERS_MAX, &attendees->cluster_count);
	if (r == 0 && !job->dry_run)
		r = attendee_import_begin(
			&attendees->import, job->store, job->path, clock_wall_ms());
	struct import_counts counts = { 0 };
	if (r == 0)
		r = attendees_read((const char *)job->bytes.data, job->bytes.length, map,
			cluster_of, attendees, &sink, &job->refusal);
	if (r == 0 && !job->dry_run)
		r = attendee_import_finish(attendees->import, &counts);
	else
		attendee_import_abandon(attendees->import);
	if (r != 0) {
		free(attendees);
		return r == -EALREADY ? refuse_second(job) : refuse(job, r);
	}

	char taken[COUNTED_SIZE];
	printf("%s: ", cli_counted(taken, job->taken_count, &counted_people));
	say_changes(counts.added, counts.changed, counts.same);
	say_moved(counts.moved);
	say_no_mail(attendees);
	free(attendees);
	say_rejected(job);
	return EXIT_DONE;
}

static int on_cluster(void *context, const struct cluster_line *line, unsigned number)
{
	struct job *job = context;
	struct cluster cluster = { .target = line->target };
	(void)number;
	job->taken_count++;
	if (job->dry_run)
		return 0;
	utf8_clip(cluster.code, sizeof cluster.code, line->code);
	utf8_clip(cluster.name_nl, sizeof cluster.name_nl, line->name_nl);
	utf8_clip(cluster.name_en, sizeof cluster.name_en, line->name_en);
	utf8_clip(cluster.short_nl, sizeof cluster.short_nl, line->short_nl);
	utf8_clip(cluster.short_en, sizeof cluster.short_en, line->short_en);
	return cluster_save(job->store, &cluster);
}

static int import_clusters(struct job *job)
{
	const struct cluster_sink sink = { job, on_cluster, on_reject };
	int r = store_begin(job->store);
	if (r == 0)
		r = clusters_read(
			(const char *)job->bytes.data, job->bytes.length, &sink, &job->refusal);
	if (r == 0)
		r = store_commit(job->store);
	else
		store_rollback(job->store);
	if (r != 0)
		return refuse(job, r);
	static const struct counted clusters = { { "cluster", "cluster" },
		{ "clusters", "clusters" } };
	char taken[COUNTED_SIZE];
	fputs(cli_counted(taken, job->taken_count, &clusters), stdout);
	say_rejected(job);
	return EXIT_DONE;
}

static int run(struct job *job, const char *kind, const char *event, const char *map_path)
{
	struct column_map map = { { NULL } };
	if (strcmp(kind, "schedule") == 0)
		return import_schedule(job, event);
	if (strcmp(kind, "clusters") == 0)
		return import_clusters(job);
	const int status = map_path ? read_map(map_path, &map) : EXIT_DONE;
	const int result =
		status == EXIT_DONE ? import_attendees(job, map_path ? &map : NULL) : status;
	column_map_finish(&map);
	return result;
}

int command_import(struct cli *cli)
{
	const char *event = NULL, *map_path = NULL;
	struct job job = { .cli = cli, .dry_run = cli_flag(cli, "dry-run") };
	if (cli_option(cli, "event", &event) < 0 || cli_option(cli, "map", &map_path) < 0 ||
		!cli_expect(cli, 2, 2))
		return EXIT_USAGE;
	job.path = cli->words[1];
	const int r = file_read_all(&job.bytes, job.path, FILE_BYTES_MAX);
	if (r < 0)
		return cli_fail("%s: %s", "%s: %s", job.path, cli_strerror(-r));
	if (seal_start() < 0 || cli_store(cli, STORE_WRITE, &job.store) < 0) {
		bytes_free(&job.bytes);
		return EXIT_FAILED;
	}
	return finish(&job, run(&job, cli->words[0], event, map_path));
}
