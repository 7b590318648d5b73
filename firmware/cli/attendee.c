#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/cli.h"
#include "cli/person.h"
#include "cli/words.h"
#include "core/text.h"
#include "store/audit.h"
#include "store/badge.h"
#include "store/person.h"
#include "store/privacy.h"
#include "store/tap_log.h"

enum { NAME_COLUMN = 28, ORGANISATION_COLUMN = 32, FIELD_COLUMN = 16 };

static int print_attendee(void *context, const struct attendee *attendee)
{
	char name[PERSON_NAME_SIZE];

	(void)context;
	person_name(name, sizeof name, attendee);
	printf("%s  ", attendee->id);
	cli_print_padded(name, NAME_COLUMN);
	fputs("  ", stdout);
	cli_print_padded(attendee->organisation, ORGANISATION_COLUMN);
	printf("  %s\n", attendee->email);
	return 0;
}

int command_attendee_list(struct cli *cli)
{
	struct store *store;

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	const int result = attendee_each(store, print_attendee, NULL);
	const int status = result < 0 ? cli_store_failed(store, result, "reading the attendees",
						"het lezen van de deelnemers")
				      : EXIT_DONE;

	store_close(store);
	return status;
}

/* clang-format off */
static const struct {
	struct words name;
	size_t offset;
} fields[] = {
	{ { "id", "id" },                            offsetof(struct attendee, id) },
	{ { "given name", "voornaam" },              offsetof(struct attendee, given_name) },
	{ { "family name", "achternaam" },           offsetof(struct attendee, family_name) },
	{ { "e-mail", "e-mail" },                    offsetof(struct attendee, email) },
	{ { "language", "taal" },                    offsetof(struct attendee, language) },
	{ { "organisation", "organisatie" },         offsetof(struct attendee, organisation) },
	{ { "kind", "soort" },                       offsetof(struct attendee, organisation_kind) },
	{ { "education level", "onderwijsniveau" },  offsetof(struct attendee, education_level) },
	{ { "cluster", "cluster" },                  offsetof(struct attendee, cluster) },
	{ { "region", "regio" },                     offsetof(struct attendee, region) },
	{ { "growth", "groei" },                     offsetof(struct attendee, growth) },
	{ { "sessions chosen", "gekozen sessies" },  offsetof(struct attendee, sessions) },
};
/* clang-format on */

static int print_own_badge(void *context, const struct badge_key *key, const char *attendee,
	const char *name, bool blocked)
{
	const struct attendee *wanted = context;
	char text[BADGE_KEY_TEXT_SIZE];

	(void)name;
	if (!attendee || strcmp(attendee, wanted->id) != 0)
		return 0;
	badge_key_text(key, text);
	static const struct words lost = { " (blocked)", " (geblokkeerd)" };
	printf("%-*s %.8s…%s\n", FIELD_COLUMN, "badge", text, blocked ? cli_words(&lost) : "");
	return 0;
}

static int print_own_tap(void *context, const struct attendance_line *line)
{
	static const struct words uncounted = { " (not counted)", " (telt niet mee)" };
	const struct attendee *wanted = context;
	char time[TIME_TEXT_SIZE];

	if (strcmp(line->attendee_id, wanted->id) != 0)
		return 0;
	time_iso(time, sizeof time, line->wall_ms, line->utc_offset_min);
	printf("%-*s %s  %s %lld  %s%s  %s  %s%s%s\n", FIELD_COLUMN, cli_words(&counted_taps.one),
		time, cli_words(&counted_taps.one), (long long)line->seq,
		verdict_name(line->verdict), line->counted ? "" : cli_words(&uncounted),
		*line->session ? line->session : line->event, line->kiosk, *line->note ? "  " : "",
		line->note);
	return 0;
}

/* Who did something to one of their taps, and the reason given. */
static void print_hand(const struct words *what, int64_t seq, const char *who, const char *reason)
{
	printf("%-*s %s %lld  %s  %s\n", FIELD_COLUMN, cli_words(what),
		cli_words(&counted_taps.one), (long long)seq, who, reason);
}

static int print_own_notes(void *context, const struct person_tap *tap)
{
	static const struct words entered = { "by hand", "met de hand" };
	static const struct words undone = { "taken back", "teruggezet" };

	(void)context;
	if (*tap->who)
		print_hand(&entered, tap->seq, tap->who, tap->reason);
	if (*tap->undone_who)
		print_hand(&undone, tap->seq, tap->undone_who, tap->undone_reason);
	return 0;
}

static int print_own_act(void *context, const struct audit_entry *entry)
{
	static const struct words act = { "act", "handeling" };
	char time[TIME_TEXT_SIZE];

	(void)context;
	time_iso(time, sizeof time, entry->wall_ms, clock_utc_offset_min(entry->wall_ms));
	printf("%-*s %s  %s  %s%s%s\n", FIELD_COLUMN, cli_words(&act), time, entry->act, entry->who,
		*entry->reason ? "  " : "", entry->reason);
	return 0;
}

static int print_origin(struct store *store, const struct attendee *attendee)
{
	static const struct words from = { "came from", "komt uit" };
	static const struct words line = { "line", "regel" };
	static const struct words kiosk = { "registered at the kiosk",
		"meldde zich aan op de kiosk" };
	static const struct words hand = { "added by hand", "met de hand toegevoegd" };
	struct attendee_origin origin = { .kind = "" };
	char time[TIME_TEXT_SIZE] = "";
	const int result = attendee_origin(store, attendee->id, &origin);

	if (result < 0 || !*origin.kind)
		return result;
	if (origin.wall_ms)
		time_iso(time, sizeof time, origin.wall_ms, clock_utc_offset_min(origin.wall_ms));
	printf("%-*s ", FIELD_COLUMN, cli_words(&from));
	if (strcmp(origin.kind, "file") == 0)
		printf("%s, %s %u", origin.file, cli_words(&line), origin.line);
	else
		fputs(cli_words(strcmp(origin.kind, "kiosk") == 0 ? &kiosk : &hand), stdout);
	printf("%s%s\n", *time ? "  " : "", time);
	return 0;
}

static int print_kept_until(
	struct store *store, const struct attendee *attendee, int keep_names_days)
{
	static const struct words kept = { "kept until", "bewaard tot" };
	char until[TIME_TEXT_SIZE];
	int64_t until_ms;
	const int result = attendee_kept_until(
		store, attendee->id, keep_names_days * 24LL * 3600 * 1000, &until_ms);

	if (result < 0)
		return result;
	time_iso(until, sizeof until, until_ms, clock_utc_offset_min(until_ms));
	printf("%-*s %.10s\n", FIELD_COLUMN, cli_words(&kept), until);
	return 0;
}

static int show(struct store *store, struct attendee *attendee, int keep_names_days)
{
	const struct attendance_filter everything = { .personal = true };
	const struct audit_filter theirs = { .object = attendee->id };

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		const char *value = (const char *)attendee + fields[i].offset;

		if (*value)
			printf("%-*s %s\n", FIELD_COLUMN, cli_words(&fields[i].name), value);
	}
	int result = print_origin(store, attendee);

	if (result == 0)
		result = print_kept_until(store, attendee, keep_names_days);
	if (result == 0)
		result = badge_each(store, print_own_badge, attendee);
	if (result == 0)
		result = tap_log_each(store, &everything, print_own_tap, attendee);
	if (result == 0)
		result = person_tap_each(store, attendee->id, print_own_notes, NULL);
	if (result == 0)
		result = audit_each(store, &theirs, INT_MAX, print_own_act, NULL);
	return result < 0 ? cli_store_failed(
				    store, result, "reading the log", "het lezen van het logboek")
			  : EXIT_DONE;
}

int command_attendee_show(struct cli *cli)
{
	struct attendee attendee;
	struct store *store;

	if (!cli_expect(cli, 2, 2))
		return EXIT_USAGE;
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	int status = person_find(store, cli->words[1], &attendee);

	if (status == EXIT_DONE)
		status = show(store, &attendee, cli->config.privacy.keep_names_days);
	store_close(store);
	return status;
}
