#include "reader/patrol.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/seal.h"
#include "core/backoff.h"
#include "core/text.h"
#include "reader/token.h"

#define ERRORS_MAX 3
#define ERROR_PAUSE_MS 50
#define REOPEN_FIRST_MS 100
#define REOPEN_CEILING_MS 1000 /* taps are taken again within 2 s of a fault's end */
#define OPENS_BEFORE_RESET 3
#define TOKEN_BUDGET_MS 150
#define TORN_TRIES 2
#define RESTING_PAUSE_MS 50 /* a badge that lies there needs no more looks than this */
#define FELICA_EVERY 4      /* rounds; each costs 5 to 20 ms of blindness for the rest */
#define REFRESH_MS \
	(8 * 3600 * 1000LL) /* some chips slow down after a day: open anew in a quiet hour */
#define QUIET_MS 60000

void patrol_init(struct patrol *ret, const struct config_reader *reader, struct device *device,
	bool (*send)(void *context, const struct report *report), void *context,
	const volatile int *stopping)
{
	*ret = (struct patrol){ .reader = reader,
		.device = device,
		.send = send,
		.context = context,
		.stopping = stopping };
}

static int64_t now_ms(void)
{
	return clock_mono_ns() / 1000000;
}

static bool send(struct patrol *patrol, enum report_kind kind)
{
	struct report report = patrol->report;
	report.kind = kind;
	patrol->pulsed_ms = now_ms(); /* every message is a sign of life */
	return patrol->send(patrol->context, &report);
}

static bool pulse(struct patrol *patrol)
{
	return now_ms() - patrol->pulsed_ms < PULSE_MS || send(patrol, REPORT_PULSE);
}

/* Sleeps in steps short enough for pulses and a prompt end. */
static bool rest(struct patrol *patrol, int64_t wait_ms)
{
	const int64_t until_ms = now_ms() + wait_ms;
	while (!*patrol->stopping && now_ms() < until_ms) {
		const int64_t left_ms = until_ms - now_ms();
		const int64_t step_ms = left_ms < 100 ? left_ms : 100;
		nanosleep(&(struct timespec){ .tv_nsec = step_ms * 1000000 }, NULL);
		if (!pulse(patrol))
			return false;
	}
	return !*patrol->stopping;
}

static bool say_state(struct patrol *patrol, enum reader_state state, const char *words)
{
	if (state == patrol->report.state)
		return true;
	patrol->report.state = state;
	utf8_clip(patrol->report.words, sizeof patrol->report.words, words);
	log_info("reader %s: %s: %s", patrol->reader->name, reader_state_name(state), words);
	const bool heard = send(patrol, REPORT_STATE);
	patrol->report.words[0] = '\0';
	return heard;
}

static bool open_device(struct patrol *patrol)
{
	char words[REPORT_WORDS_SIZE];
	if (patrol->failed_opens && patrol->failed_opens % OPENS_BEFORE_RESET == 0)
		device_pulse_reset(patrol->reader);
	const enum reader_state state = device_open(patrol->device, patrol->reader, words);
	patrol->open = state == READER_UP;
	if (!patrol->open) {
		patrol->failed_opens++;
		return say_state(patrol, state, words) &&
		       rest(patrol, backoff_ms(patrol->failed_opens, REOPEN_FIRST_MS,
					    REOPEN_CEILING_MS, random_below(1001)));
	}
	patrol->report.opens++;
	patrol->failed_opens = patrol->errors_in_row = 0;
	patrol->opened_ms = patrol->busy_ms = now_ms();
	patrol->resuming = true;
	return say_state(patrol, READER_UP, words);
}

/* Nonsense may pass; a chip that is silent twice was reset or hangs, and only opening it anew
 * helps. */
static bool on_error(struct patrol *patrol, int error)
{
	patrol->report.errors++;
	patrol->errors_in_row++;
	const bool silent = error == -ETIMEDOUT && !device_answers(patrol->device);
	if (!silent && patrol->errors_in_row < ERRORS_MAX)
		return rest(patrol, ERROR_PAUSE_MS);
	device_close(patrol->device);
	patrol->open = false;
	patrol->failed_opens = 0;
	return say_state(patrol, READER_SILENT, "lost, opening it again");
}

/* What the sighting is worth as an identity; fills the report. False when it must be looked at
 * again. */
static bool read_identity(struct patrol *patrol, const struct sighting *sighting, bool is_random,
	enum report_kind *ret)
{
	struct report *report = &patrol->report;
	struct ndef_token token;
	enum token_outcome outcome = TOKEN_NONE;
	if (patrol->reader->ndef)
		outcome = token_read(patrol->device, sighting,
			clock_mono_ns() + TOKEN_BUDGET_MS * 1000000LL, &token);
	if (outcome == TOKEN_TORN && patrol->torn_tries < TORN_TRIES) {
		patrol->torn_tries++;
		return false;
	}
	patrol->torn_tries = 0;
	report->token = (struct identity){ .kind = IDENTITY_NONE };
	report->has_mac = false;
	if (outcome == TOKEN_FOUND) {
		report->token = token.identity;
		report->has_mac = token.has_mac;
		memcpy(report->mac, token.mac, sizeof report->mac);
	}
	/* A badge must not have one name when it is held well and another when it is torn off. */
	*ret = outcome == TOKEN_TORN                 ? REPORT_UNREADABLE
	       : is_random && outcome != TOKEN_FOUND ? REPORT_RANDOM_ID
						     : REPORT_BADGE;
	return true;
}

static bool report_sighting(struct patrol *patrol, const struct sighting *sighting, int64_t seen_ns)
{
	struct report *report = &patrol->report;
	report->uid = (struct identity){ .kind = IDENTITY_NONE };
	const enum identity_outcome outcome = identity_from_uid(
		&report->uid, sighting->uid, sighting->uid_length, sighting->technology);
	report->technology = sighting->technology;
	report->seen_ns = (uint64_t)seen_ns;

	enum report_kind kind = REPORT_UNREADABLE;
	if (outcome != IDENTITY_REFUSED &&
		!read_identity(patrol, sighting, outcome == IDENTITY_RANDOM, &kind)) {
		presence_forget(&patrol->presence); /* the next look decides */
		return true;
	}
	report->hits++;
	const bool heard = send(patrol, kind);
	report->uid = report->token = (struct identity){ .kind = IDENTITY_NONE };
	report->seen_ns = 0;
	return heard;
}

static bool on_sighting(struct patrol *patrol, const struct sighting *sighting, int64_t seen_ns)
{
	struct identity ignored;
	const bool random = identity_from_uid(&ignored, sighting->uid, sighting->uid_length,
				    sighting->technology) == IDENTITY_RANDOM;
	const int64_t at_ms = now_ms();
	patrol->busy_ms = at_ms;
	if (patrol->resuming)
		presence_resume(&patrol->presence, at_ms);
	patrol->resuming = false;
	if (!presence_see(&patrol->presence, sighting->uid, sighting->uid_length, random, at_ms))
		return rest(patrol, RESTING_PAUSE_MS);
	return report_sighting(patrol, sighting, seen_ns);
}

/* A badge that was begun but gone before it could be read: the person must know. */
static bool on_empty(struct patrol *patrol)
{
	if (patrol->torn_tries > 0) {
		patrol->torn_tries = 0;
		patrol->report.seen_ns = (uint64_t)clock_mono_ns();
		return send(patrol, REPORT_UNREADABLE);
	}
	patrol->resuming = false;
	return !presence_miss(&patrol->presence, now_ms()) || send(patrol, REPORT_GONE);
}

static void refresh_when_quiet(struct patrol *patrol)
{
	const int64_t at_ms = now_ms();
	if (at_ms - patrol->opened_ms < REFRESH_MS || at_ms - patrol->busy_ms < QUIET_MS)
		return;
	device_close(patrol->device);
	patrol->open = false;
}

static enum look next_look(struct patrol *patrol)
{
	if (patrol->torn_tries > 0) /* the person is waiting for an answer */
		return LOOK_BRIEF;
	if (patrol->reader->felica && patrol->rounds++ % FELICA_EVERY == FELICA_EVERY - 1)
		return LOOK_FELICA;
	return LOOK_FULL;
}

static bool take_look(struct patrol *patrol)
{
	struct sighting sighting;
	const enum look look = next_look(patrol);
	const int found = device_look(patrol->device, look, &sighting);
	const int64_t seen_ns = clock_mono_ns();
	if (found < 0)
		return on_error(patrol, found);
	patrol->errors_in_row = 0;
	if (found > 0)
		return on_sighting(patrol, &sighting, seen_ns);
	/* An empty FeliCa look says nothing of a badge of the other kind, and the other way round.
	 */
	const bool about_other = patrol->presence.present &&
				 (look == LOOK_FELICA) != (patrol->presence.uid_length == 8);
	return about_other || on_empty(patrol);
}

void patrol_run(struct patrol *patrol)
{
	bool heard = send(patrol, REPORT_PULSE);
	while (heard && !*patrol->stopping) {
		heard = patrol->open ? take_look(patrol) : open_device(patrol);
		heard = heard && pulse(patrol);
		if (patrol->open)
			refresh_when_quiet(patrol);
	}
}
