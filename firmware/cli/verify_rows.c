#include <inttypes.h>
#include <string.h>

#include "cli/verify_private.h"

/* Two rows of the same bytes are about the same tap. */
static bool take_key(struct rows *to, const struct rows *from)
{
	if (to == from || to->length != from->length || to->length < 0 ||
		memcmp(to->row, from->row, (size_t)to->length) != 0)
		return false;
	memcpy(to->log_id, from->log_id, sizeof to->log_id);
	to->seq = from->seq;
	return true;
}

void verify_next_row(struct check *check, struct rows *rows)
{
	rows->length = attendance_in_row(rows->in, check->format, &rows->row, &rows->size);
	rows->seq = 0;
	if (rows->length >= 0 && !take_key(rows, &check->log))
		attendance_in_key(rows->row, check->format, rows->log_id, &rows->seq);
}

/* The first fault is told, the others are counted. */
static void fault(struct check *check, const struct words *what, const char *column)
{
	if (check->faults++ > 0)
		return;
	if (check->file.length >= 0 && check->file.seq)
		fprintf(stderr,
			cli_words(&(struct words){ "row %" PRId64 ", tap %" PRId64 " of log %s: ",
				"regel %" PRId64 ", tik %" PRId64 " van logboek %s: " }),
			check->line, check->file.seq, check->file.log_id);
	else
		fprintf(stderr,
			cli_words(&(struct words){ "row %" PRId64 ": ", "regel %" PRId64 ": " }),
			check->line);
	fprintf(stderr, cli_words(what), column);
	fputc('\n', stderr);
}

static bool same_key(const struct rows *a, const struct rows *b)
{
	return a->seq == b->seq && (!a->seq || strcmp(a->log_id, b->log_id) == 0);
}

static bool is_before(const struct rows *a, const struct rows *b)
{
	const int order = strcmp(a->log_id, b->log_id);
	return order < 0 || (order == 0 && a->seq < b->seq);
}

static void missing(struct check *check)
{
	static const struct words gone = { "tap %s should be here and is missing",
		"hier hoort tik %s te staan, maar die ontbreekt" };
	char which[96];
	snprintf(which, sizeof which, "%" PRId64 " (%s)", check->log.seq, check->log.log_id);
	fault(check, &gone, which);
}

/* Was the tap there already when the file was written? */
static bool was_there(const struct check *check)
{
	const struct evidence *evidence = &check->evidence;
	for (size_t i = 0; i < evidence->log_count && i < EVIDENCE_LOGS_MAX; i++)
		if (strcmp(evidence->logs[i].log_id, check->log.log_id) == 0)
			return check->log.seq <= evidence->logs[i].taps;
	return false;
}

/* Taps of the log that the file passes over: wrong only when it is known to hold all of them. */
static void pass_over(struct check *check)
{
	while (check->log.length >= 0 && check->log.seq &&
		(check->file.length < 0 ||
			(check->file.seq && is_before(&check->log, &check->file)))) {
		if (check->has_evidence && check->evidence.whole && was_there(check))
			missing(check);
		verify_next_row(check, &check->log);
	}
}

static void compare_row(struct check *check)
{
	static const struct words unknown = { "the log has no such tap",
		"het logboek kent deze tik niet" };
	static const struct words differs = { "%s is not what the log says",
		"%s is niet wat het logboek zegt" };
	static const struct words nonsense = { "this is no row of an export",
		"dit is geen regel van een export" };
	if (!same_key(&check->file, &check->log)) {
		fault(check, check->file.seq ? &unknown : &nonsense, "");
		return;
	}
	const bool separated = check->format == ATTENDANCE_JSON;
	long a = check->file.length, b = check->log.length;
	if (separated && a > 0 && check->file.row[a - 1] == ',' &&
		check->file.seq) /* the last row has none */
		a--;
	if (separated && b > 0 && check->log.row[b - 1] == ',' && check->log.seq)
		b--;
	if (a != b || memcmp(check->file.row, check->log.row, (size_t)a) != 0)
		fault(check, &differs,
			attendance_in_difference(check->file.row, check->log.row, check->format));
	verify_next_row(check, &check->log);
}

void verify_compare(struct check *check)
{
	verify_next_row(check, &check->log);
	for (verify_next_row(check, &check->file); check->file.length >= 0;
		verify_next_row(check, &check->file)) {
		check->line++;
		check->taps += check->file.seq != 0;
		pass_over(check);
		compare_row(check);
	}
	check->line++;
	pass_over(check);
}

/* Without the log only the numbers can be looked at. */
void verify_look_alone(struct check *check)
{
	static const struct words order = { "it does not follow the row before%s",
		"deze volgt niet op de regel ervoor%s" };
	static const struct words gap = { "the tap before it is missing%s",
		"de tik ervoor ontbreekt%s" };
	struct rows before = { .seq = 0 };
	int64_t taps = 0;
	for (verify_next_row(check, &check->file); check->file.length >= 0;
		verify_next_row(check, &check->file)) {
		check->line++;
		if (!check->file.seq)
			continue;
		taps++;
		const bool same_log = before.seq && strcmp(before.log_id, check->file.log_id) == 0;
		if (before.seq && !is_before(&before, &check->file))
			fault(check, &order, "");
		else if (check->has_evidence && check->evidence.whole &&
			 check->file.seq != (same_log ? before.seq + 1 : 1))
			fault(check, &gap, "");
		before.seq = check->file.seq;
		memcpy(before.log_id, check->file.log_id, sizeof before.log_id);
	}
	check->line++;
	if (check->has_evidence && taps < check->evidence.rows)
		fault(check,
			&(struct words){
				"the file ends too early%s", "het bestand houdt te vroeg op%s" },
			"");
}
