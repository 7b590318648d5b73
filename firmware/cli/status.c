/* How the kiosk is doing: asked of the kiosk when it runs, read from the file when it does not. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/sign.h"
#include "base/sync_state.h"
#include "cli/chosen.h"
#include "cli/reply.h"
#include "cli/words.h"
#include "core/text.h"
#include "store/attendee.h"
#include "store/programme.h"
#include "store/tap_log.h"

enum { ANSWER_WAIT_MS = 2000, NAME_COLUMN = 20 };

/* What the file alone tells. */
struct on_file {
	char log_id[ID_TEXT_SIZE];
	char public_key[SIGN_PUBLIC_TEXT_SIZE]; /* "" for none yet */
	struct log_summary summary;
	int64_t attendees, events;
	struct event event; /* title "" for none */
};

static int count_event(void *context, const struct event *event)
{
	int64_t *count = context;

	(void)event;
	++*count;
	return 0;
}

static int read_file(struct store *store, const char *event, struct on_file *ret)
{
	int result = tap_log_summary(store, &ret->summary);

	if (result == 0)
		result = attendee_count(store, &ret->attendees);
	if (result == 0)
		result = event_each(store, count_event, &ret->events);
	if (result == 0 && event_find(store, event, clock_wall_ms(), &ret->event) < 0)
		ret->event.title[0] = '\0';
	snprintf(ret->log_id, sizeof ret->log_id, "%s", store_log_id(store));
	return result;
}

static void print_name(const struct words *name)
{
	cli_print_padded(cli_words(name), NAME_COLUMN);
}

static void print_number(const char *en, const char *nl, int64_t number)
{
	const struct words name = { en, nl };

	print_name(&name);
	printf("%lld\n", (long long)number);
}

static void print_text(const char *en, const char *nl, const char *text)
{
	const struct words name = { en, nl };

	print_name(&name);
	puts(text);
}

static void print_file(const struct on_file *file)
{
	static const struct words none = { "none", "geen" };

	print_text("event", "evenement", *file->event.title ? file->event.title : cli_words(&none));
	print_number("events", "evenementen", file->events);
	print_number("attendees", "deelnemers", file->attendees);
	print_text("log", "logboek", file->log_id);
	if (file->public_key[0])
		print_text("public key", "publieke sleutel", file->public_key);
	print_number("taps", "tikken", file->summary.count);
	print_number("unknown badges", "onbekende badges", file->summary.unknown);
	print_number("corrections", "correcties", file->summary.corrections);
	print_number("phones refused", "telefoons geweigerd", file->summary.random_ids);
	print_number("not readable", "niet leesbaar", file->summary.unreadable);
}

static void print_file_json(const struct on_file *file)
{
	printf("{\"ok\":true,\"running\":false,\"log_id\":\"%s\",\"taps\":%lld,\"last_seq\":%lld,"
	       "\"unknown\":%lld,\"random_id\":%lld,\"unreadable\":%lld,\"corrections\":%lld,"
	       "\"attendees\":%lld,\"events\":%lld,\"public_key\":\"%s\"}\n",
		file->log_id, (long long)file->summary.count, (long long)file->summary.last_seq,
		(long long)file->summary.unknown, (long long)file->summary.random_ids,
		(long long)file->summary.unreadable, (long long)file->summary.corrections,
		(long long)file->attendees, (long long)file->events, file->public_key);
}

/* Options that are not as the file says. */
static void print_chosen(const struct cli *cli)
{
	for (size_t i = 0; i < cli->chosen.count; i++) {
		char words[CHOSEN_WORDS_SIZE];

		if (chosen_words(cli, i, words))
			print_text("option", "instelling", words);
	}
}

/* What a browser should show of the page's certificate, when it has its own. */
static void print_fingerprint(const struct cli *cli)
{
	static const struct words name = { "page SHA-256", "pagina SHA-256" };
	struct bytes text = { 0 };
	char path[4096];

	if (!path_join(path, sizeof path, cli->arguments->data, WEB_FINGERPRINT_FILE) ||
		file_read_all(&text, path, 4096) < 0)
		return;
	print_text(name.en, name.nl, (const char *)text.data);
	bytes_free(&text);
}

static int load_file(struct cli *cli, struct on_file *ret)
{
	struct store *store;

	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	const int result = read_file(store, cli->config.kiosk.event, ret);
	const int status = result < 0 ? cli_store_failed(store, result, "reading the log",
						"het lezen van het logboek")
				      : EXIT_DONE;
	struct sign_key key;

	store_close(store);
	if (sign_key_load(&key, cli->arguments->data, false) == 0)
		sign_public_text(&key.public, ret->public_key);
	explicit_bzero(&key, sizeof key);
	return status;
}

static void print_time(const char *english, const char *dutch, int64_t wall_ms)
{
	char text[TIME_TEXT_SIZE];

	wall_ms -= wall_ms % 1000;
	time_iso(text, sizeof text, wall_ms, clock_utc_offset_min(wall_ms));
	print_text(english, dutch, text);
}

/* A kiosk that keeps to itself has nothing to say of it. */
static void print_sync(const struct cli *cli)
{
	static const struct words states[SYNC_HEALTH_COUNT] = {
		[SYNC_SILENT] = { "incheckpaal-sync does not run", "incheckpaal-sync draait niet" },
		[SYNC_CURRENT] = { "answers", "antwoordt" },
		[SYNC_AWAY] = { "can not be reached", "niet bereikbaar" },
		[SYNC_REFUSED] = { "does not take this log", "neemt dit logboek niet aan" },
	};
	struct sync_state sync;

	if (!cli->config.sync.hub[0])
		return;
	sync_state_read(cli->arguments->run, &sync);
	print_name(&(struct words){ "hub", "centrale" });
	printf("%s%s%s\n", cli_words(&states[sync.health]), sync.words[0] ? ": " : "", sync.words);
	if (sync.waiting > 0)
		print_number("taps to send", "nog te versturen", sync.waiting);
	if (sync.last_ms > 0)
		print_time("hub up to date", "centrale bij om", sync.last_ms);
}

static int status_of_file(struct cli *cli, const struct words *kiosk, bool as_json)
{
	struct on_file file = { 0 };
	const int status = load_file(cli, &file);

	if (status != EXIT_DONE)
		return status;
	if (as_json) {
		print_file_json(&file);
		return EXIT_DONE;
	}
	print_text("kiosk", "kiosk", cli_words(kiosk));
	print_file(&file);
	print_chosen(cli);
	print_sync(cli);
	print_fingerprint(cli);
	return EXIT_DONE;
}

static void print_readers(const struct reply *reply)
{
	for (int i = 0; i < CONFIG_READERS_MAX; i++) {
		char path[32], title[CONFIG_NAME_SIZE + 16];

		snprintf(path, sizeof path, "readers.%d.state", i);
		const char *state = reply_text(reply, path);

		snprintf(path, sizeof path, "readers.%d.name", i);
		const char *name = reply_text(reply, path);

		if (!state)
			return;
		snprintf(title, sizeof title, "%s %s",
			cli_words(&(struct words){ "reader", "lezer" }), name ? name : "");
		cli_print_padded(title, NAME_COLUMN);
		puts(reply_reader_words(state));
	}
}

static void print_screen(const struct reply *reply)
{
	static const struct words none = { "none; people are checked in without it",
		"geen; mensen worden zonder ingecheckt" };
	const char *screen = reply_text(reply, "screen");

	print_text("screen", "scherm",
		reply_truth(reply, "display") ? (screen ? screen : "?") : cli_words(&none));
}

static void print_clock(const struct reply *reply)
{
	static const struct words trusted = { "trusted", "betrouwbaar" }, doubtful = {
		"not trusted: taps go on and are corrected later",
		"niet betrouwbaar: tikken gaan door en worden later verbeterd"
	};

	print_text("clock", "klok",
		cli_words(reply_truth(reply, "clock.trusted") ? &trusted : &doubtful));
}

/* clang-format off */
static const struct {
	const char *state;
	struct words words;
} copy_words[] = {
	{ "current",     { "up to date",                            "bijgewerkt" } },
	{ "behind",      { "its medium can not be written; taps are copied later",
			   "het medium is niet te beschrijven; tikken worden later gekopieerd" } },
	{ "same-medium", { "up to date, but on the same medium as the log",
			   "bijgewerkt, maar op hetzelfde medium als het logboek" } },
};
/* clang-format on */

/* clang-format off */
static const struct {
	const char *state;
	struct words words;
} power_words[] = {
	{ "unknown", { "not known",          "niet bekend" } },
	{ "fine",    { "in order",           "in orde" } },
	{ "hot",     { "too hot, so slower", "te warm, en dus trager" } },
	{ "low",     { "too little power",   "te weinig stroom" } },
};
/* clang-format on */

static void print_power(const struct reply *reply)
{
	const char *state = reply_text(reply, "power.state");
	int64_t celsius;

	for (size_t i = 0; state && i < sizeof power_words / sizeof power_words[0]; i++) {
		if (strcmp(state, power_words[i].state) != 0)
			continue;
		print_name(&(struct words){ "power and heat", "stroom en warmte" });
		printf("%s", cli_words(&power_words[i].words));
		if (reply_number(reply, "power.celsius", &celsius))
			printf(", %lld °C", (long long)celsius);
		putchar('\n');
	}
}

static void print_kept(const struct reply *reply)
{
	int64_t kept_ms, failed_ms;

	if (reply_number(reply, "storage.failed_since_ms", &failed_ms) && failed_ms > 0)
		print_time("writing fails since", "schrijven mislukt sinds", failed_ms);
	if (reply_number(reply, "storage.kept_ms", &kept_ms) && kept_ms > 0)
		print_time("last kept", "laatst bewaard", kept_ms);
}

static void print_keeping(const struct reply *reply)
{
	const char *copy = reply_text(reply, "keeping.journal_copy");
	const char *rescued = reply_text(
		reply, cli_language() == LANGUAGE_NL ? "keeping.rescued_nl" : "keeping.rescued");
	int64_t backup_ms;

	for (size_t i = 0; copy && i < sizeof copy_words / sizeof copy_words[0]; i++)
		if (strcmp(copy, copy_words[i].state) == 0)
			print_text(
				"journal copy", "journaalkopie", cli_words(&copy_words[i].words));
	if (reply_number(reply, "keeping.backup_ms", &backup_ms) && backup_ms > 0) {
		char day[TIME_TEXT_SIZE];

		time_iso(day, sizeof day, backup_ms, clock_utc_offset_min(backup_ms));
		day[10] = '\0';
		print_text("backup", "back-up", day);
	}
	if (reply_truth(reply, "keeping.purge_due"))
		print_text("privacy", "privacy",
			cli_words(&(struct words){ "names are being wiped; not all traces are gone",
				"namen worden gewist; nog niet alle sporen zijn weg" }));
	if (rescued && *rescued)
		print_text("rescued", "gered", rescued);
}

static void print_kiosk(const struct reply *reply)
{
	static const struct words running = { "running", "draait" };
	const char *name = reply_text(reply, "kiosk");
	int64_t number;

	print_text("kiosk", "kiosk", cli_words(&running));
	if (name && *name)
		print_text("name", "naam", name);
	print_readers(reply);
	print_screen(reply);
	print_clock(reply);
	if (reply_number(reply, "storage.free_bytes", &number) && number >= 0)
		print_number("free space in MB", "vrije ruimte in MB", number / (1024 * 1024));
	print_kept(reply);
	if (reply_number(reply, "storage.pending", &number) && number > 0)
		print_number("taps not yet stored", "nog niet bewaarde tikken", number);
	print_power(reply);
	print_keeping(reply);
	if (reply_number(reply, "taps", &number))
		print_number("taps since start", "tikken sinds de start", number);
}

int command_status(struct cli *cli)
{
	static const struct words absent = { "not running", "draait niet" },
				  deaf = { "does not answer", "antwoordt niet" };
	const bool as_json = cli_flag(cli, "json");
	struct on_file file = { 0 };
	struct reply *reply;

	if (!cli_expect(cli, 0, 0))
		return EXIT_USAGE;
	const int asked = reply_get(&reply, cli->arguments->run, "status", ANSWER_WAIT_MS);

	if (asked == -ENOENT || asked == -ECONNREFUSED)
		return status_of_file(cli, &absent, as_json);
	if (asked < 0)
		return status_of_file(cli, &deaf, as_json);
	if (as_json)
		puts(reply_json(reply));
	else
		print_kiosk(reply);
	reply_free(reply);
	if (as_json)
		return EXIT_DONE;
	const int status = load_file(cli, &file);

	if (status == EXIT_DONE)
		print_file(&file);
	print_chosen(cli);
	print_sync(cli);
	print_fingerprint(cli);
	return status;
}
