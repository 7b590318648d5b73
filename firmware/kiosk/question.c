#include "kiosk/question.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/text.h"
#include "kiosk/clerk.h"
#include "kiosk/trace.h"

#define QUESTION_MS 120000 /* longer than anybody keeps it on the screen by touching */

void question_ask(struct clerk *clerk, const struct answer *answer, int64_t at_ms)
{
	struct question *question = &clerk->question;
	question->seq = answer->choice_count ? answer->seq : 0;
	question->asked_wall_ms = answer->at_ms;
	question->until_ms = at_ms + QUESTION_MS;
	utf8_clip(question->cluster, sizeof question->cluster, answer->cluster);
	question->count = answer->choice_count;
	memcpy(question->choices, answer->choices, sizeof question->choices);
}

static void send_choices(struct clerk *clerk)
{
	const struct question *question = &clerk->question;
	struct order order = { .kind = ORDER_CHOICES };
	order.seq = question->seq;
	order.choice_count = question->count;
	memcpy(order.choices, question->choices, sizeof order.choices);
	clerk_send(clerk, &order);
}

static void look_again(struct clerk *clerk, bool always)
{
	struct question *question = &clerk->question;
	struct choice choices[CHOICES_MAX];
	size_t count;
	if (facts_choices(clerk->store, &clerk->programme, clerk->config, question->asked_wall_ms,
		    question->cluster, choices, &count) < 0)
		return;
	/* Both were zeroed whole before they were filled, padding included. */
	const bool same = /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
		count == question->count && memcmp(choices, question->choices, sizeof choices) == 0;
	memcpy(question->choices, choices, sizeof question->choices);
	question->count = count;
	if (always || !same)
		send_choices(clerk);
}

void question_refresh(struct clerk *clerk, int64_t at_ms)
{
	if (at_ms >= clerk->question.until_ms)
		clerk->question.seq = 0;
	if (clerk->question.seq)
		look_again(clerk, false);
}

static bool has_place(struct clerk *clerk, const char *session)
{
	const struct question *question = &clerk->question;
	look_again(clerk, false);
	for (size_t i = 0; i < question->count; i++)
		if (strcmp(question->choices[i].session, session) == 0)
			return question->choices[i].row.places_left != 0;
	return false;
}

/* The choice, and the end of the one it replaces, together or not at all. */
static int keep(struct clerk *clerk, struct decision *decision, int64_t earlier)
{
	struct tap_stamp stamp = { .seq = 0 };
	int r = -EEXIST;
	if (earlier)
		r = tap_log_replace(clerk->store, earlier, REASON_CHOICE,
			decision->record.at.wall_ms, &decision->record, &stamp);
	if (r == -EEXIST) /* there is none to end, or somebody ended it before */
		r = tap_log_append(clerk->store, &decision->record, &stamp);
	if (r == 0) {
		decision->answer.seq = clerk->last_seq = stamp.seq;
		clerk->taps++;
		trace_stage(TRACE_DURABLE, clock_mono_ns(), decision->record.verdict, stamp.seq);
	}
	return r;
}

static int choose(struct clerk *clerk, const struct wish *wish, struct decision *decision)
{
	struct tap tap = { .badge.count = 1, .seen_ns = clock_mono_ns() };
	struct attendee person;
	char event[ID_TEXT_SIZE], attendee[ID_TEXT_SIZE];
	int64_t earlier = 0;
	int r = tap_log_find(clerk->store, wish->seq, &tap.badge.keys[0], event, attendee);
	if (r == 0 && attendee[0] && attendee_find(clerk->store, attendee, &person) == 0)
		tap.person = &person;
	clock_read(&tap.at);
	if (r == 0)
		r = facts_choose(clerk->store, &clerk->programme, clerk->config, &tap,
			wish->session, decision, &earlier);
	if (r < 0)
		return r;
	snprintf(decision->record.note, sizeof decision->record.note, "choice:%lld",
		(long long)wish->seq);
	return keep(clerk, decision, earlier);
}

void question_answer(struct clerk *clerk, const struct wish *wish)
{
	const int64_t at_ms = clock_mono_ns() / 1000000;
	if (wish->seq != clerk->question.seq)
		return;
	/* The last place went while they were looking. */
	if (!has_place(clerk, wish->session)) {
		look_again(clerk, true);
		return;
	}
	keeper_yield(clerk->keeper);
	struct decision decision;
	const int r = choose(clerk, wish, &decision);
	if (r == -ENOENT) {
		look_again(clerk, true);
		return;
	}
	if (r < 0) {
		clerk_storage_trouble(clerk, r, at_ms);
		return;
	}
	keeper_tapped(clerk->keeper);
	clerk->question.seq = 0;
	clerk->refreshed_ms = 0;
	struct order order = { .kind = ORDER_ANSWER };
	order.answer = decision.answer;
	clerk_send(clerk, &order);
}
