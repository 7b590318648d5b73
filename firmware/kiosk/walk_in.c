#include "kiosk/walk_in.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/text.h"
#include "core/typeahead.h"
#include "kiosk/clerk.h"
#include "store/badge.h"
#include "store/person.h"
#include "store/walk_in.h"

#define LINK_MS 12000 /* as long as the screen asks for the badge, and a moment */

void walk_in_finish(struct walk_in_desk *desk)
{
	free(desk->names);
	*desk = (struct walk_in_desk){ .names = NULL };
}

static int add_name(
	void *context, const char *known_as, const char *name, const char *cluster, int64_t people)
{
	struct walk_in_desk *desk = context;
	if (desk->count == desk->capacity) {
		const size_t capacity = desk->capacity ? 2 * desk->capacity : 64;
		struct known_name *grown = realloc(desk->names, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		desk->names = grown;
		desk->capacity = capacity;
	}
	struct known_name *entry = &desk->names[desk->count++];
	text_fold(entry->folded, sizeof entry->folded, known_as);
	utf8_clip(entry->name, sizeof entry->name, name);
	utf8_clip(entry->cluster, sizeof entry->cluster, cluster);
	entry->people = people;
	return 0;
}

static void load_names(struct clerk *clerk)
{
	struct walk_in_desk *desk = &clerk->walk_ins;
	const int64_t version = store_data_version(clerk->store);
	if (desk->names && version == desk->data_version)
		return;
	desk->count = 0;
	if (walk_in_each_name(clerk->store, add_name, desk) < 0)
		log_warn("store: the organisations can not be read: %s", store_words(clerk->store));
	desk->data_version = version;
}

/* How well a name fits; 0 not at all. With nothing typed: those of the cluster. */
static int score(const struct known_name *name, const char *typed, const char *cluster)
{
	const bool own = cluster[0] && strcmp(name->cluster, cluster) == 0;
	if (!typed[0])
		return own || !cluster[0] ? 1 : 0;
	return 2 * (int)typeahead_fit(name->folded, typed) +
	       (typeahead_fit(name->folded, typed) && own);
}

static bool is_listed(const struct known_name *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i]->name, name) == 0)
			return true;
	return false;
}

/* The best SUGGESTIONS_MAX, best first: by fit, then own cluster, then most people. */
static size_t best_names(const struct walk_in_desk *desk, const char *typed, const char *cluster,
	const struct known_name *ret[SUGGESTIONS_MAX])
{
	size_t count = 0;
	for (int want = 2 * TYPEAHEAD_EXACT + 1; want > 0 && count < SUGGESTIONS_MAX; want--) {
		for (;;) {
			const struct known_name *best = NULL;
			for (size_t i = 0; i < desk->count; i++) {
				const struct known_name *name = &desk->names[i];
				if (score(name, typed, cluster) == want &&
					(!best || name->people > best->people) &&
					!is_listed(ret, count, name->name))
					best = name;
			}
			if (!best || count == SUGGESTIONS_MAX)
				break;
			ret[count++] = best;
		}
	}
	return count;
}

void walk_in_suggest(struct clerk *clerk, const struct wish *wish)
{
	const struct known_name *best[SUGGESTIONS_MAX];
	struct order order = { .kind = ORDER_SUGGESTIONS };
	struct suggestions *suggestions = &order.suggestions;
	char typed[VIEW_ORGANISATION_SIZE];
	load_names(clerk);
	text_fold(typed, sizeof typed, wish->organisation);
	text_trim(typed);
	suggestions->turn = wish->turn;
	suggestions->count = best_names(&clerk->walk_ins, typed, wish->cluster, best);
	for (size_t i = 0; i < suggestions->count; i++) {
		struct suggestion *suggestion = &suggestions->list[i];
		utf8_clip(suggestion->name, sizeof suggestion->name, best[i]->name);
		utf8_clip(suggestion->cluster, sizeof suggestion->cluster, best[i]->cluster);
		suggestions->exact |= typeahead_fit(best[i]->folded, typed) == TYPEAHEAD_EXACT;
	}
	clerk_send(clerk, &order);
}

static void fill_person(const struct wish *wish, struct attendee *ret)
{
	*ret = (struct attendee){ .id = "" };
	utf8_clip(ret->given_name, sizeof ret->given_name, wish->name);
	utf8_clip(ret->organisation, sizeof ret->organisation, wish->organisation);
	utf8_clip(ret->cluster, sizeof ret->cluster, wish->cluster);
	utf8_clip(ret->language, sizeof ret->language, wish->language == LANGUAGE_EN ? "en" : "nl");
}

/* Their tap is in the log already: the link credits it. */
static int register_badge(struct clerk *clerk, const struct wish *wish, struct attendee *person,
	struct tap *tap, struct decision *ret)
{
	char event[ID_TEXT_SIZE], attendee[ID_TEXT_SIZE];
	int r = tap_log_find(clerk->store, wish->seq, &tap->badge.keys[0], event, attendee);
	if (r == 0)
		r = walk_in_add(clerk->store, person, &tap->badge.keys[0], tap->at.wall_ms);
	if (r == 0)
		r = facts_decide(clerk->store, &clerk->programme, clerk->config, tap, ret);
	ret->answer.seq = wish->seq;
	return r;
}

/* Without a badge there is no tap yet, so the registration is the check-in, in one transaction. */
static int register_alone(
	struct clerk *clerk, struct attendee *person, struct tap *tap, struct decision *ret)
{
	struct tap_stamp stamp = { .seq = 0 };
	int r = store_begin(clerk->store);
	if (r == 0)
		r = walk_in_add(clerk->store, person, NULL, tap->at.wall_ms);
	person_id_key(person->id, &tap->badge.keys[0]);
	tap->person = person;
	if (r == 0)
		r = facts_decide(clerk->store, &clerk->programme, clerk->config, tap, ret);
	utf8_clip(ret->record.note, sizeof ret->record.note, "walk-in");
	if (r == 0)
		r = tap_log_append(clerk->store, &ret->record, &stamp);
	if (r == 0)
		r = store_commit(clerk->store);
	else
		store_rollback(clerk->store);
	if (r < 0)
		return r;
	ret->answer.seq = clerk->last_seq = stamp.seq;
	clerk->taps++;
	return 0;
}

/* Every verdict that lets somebody in ends on the last stop of the line. */
static bool is_in(enum verdict verdict)
{
	return verdict == VERDICT_REPEAT || verdict_direction(verdict) == DIRECTION_IN;
}

static int finish(struct clerk *clerk, const struct wish *wish, struct answer *answer)
{
	if (!answer->cluster[0])
		utf8_clip(answer->cluster, sizeof answer->cluster, wish->cluster);
	if (!is_in(answer->verdict))
		return 0;
	const bool asks = answer->screen == SCREEN_CHOOSE || answer->screen == SCREEN_FULL;
	const int r =
		asks ? facts_add_choices(clerk->store, &clerk->programme, clerk->config, answer)
		     : 0;
	answer->screen = SCREEN_REG_DONE;
	answer->verdict = VERDICT_CHECKED_IN;
	if (!asks)
		answer->choice_count = 0;
	return r;
}

void walk_in_register(struct clerk *clerk, const struct wish *wish)
{
	const int64_t at_ms = clock_mono_ns() / 1000000;
	struct tap tap = { .badge.count = 1, .seen_ns = clock_mono_ns() };
	struct attendee person;
	struct decision decision = { .answer.verdict = VERDICT_UNKNOWN };
	fill_person(wish, &person);
	clock_read(&tap.at);
	keeper_yield(clerk->keeper);
	int r = wish->seq ? register_badge(clerk, wish, &person, &tap, &decision)
			  : register_alone(clerk, &person, &tap, &decision);
	if (r == 0)
		r = finish(clerk, wish, &decision.answer);
	if (r < 0) {
		log_error("walk-in: not registered: %s",
			r == -EEXIST ? "the badge is somebody's" : store_words(clerk->store));
		clerk_storage_trouble(clerk, r, at_ms);
		return;
	}
	keeper_tapped(clerk->keeper);
	clerk->walk_ins.data_version = -1;
	clerk->refreshed_ms = 0;
	if (!wish->seq && decision.answer.screen == SCREEN_REG_DONE) {
		decision.answer.may_link = true;
		utf8_clip(clerk->walk_ins.attendee, sizeof clerk->walk_ins.attendee, person.id);
		clerk->walk_ins.until_ms = at_ms + LINK_MS;
	}
	struct order order = { .kind = ORDER_ANSWER };
	order.answer = decision.answer;
	clerk_send(clerk, &order);
	question_ask(clerk, &decision.answer, at_ms);
	log_info("walk-in: registered, %s", wish->seq ? "badge linked" : "without a badge");
}

bool walk_in_take_badge(struct clerk *clerk, const struct tap *tap, int64_t at_ms)
{
	struct walk_in_desk *desk = &clerk->walk_ins;
	struct badge_owner owner = { .known = false };
	if (!desk->attendee[0] || at_ms >= desk->until_ms)
		return false;
	for (size_t i = 0; i < tap->badge.count; i++)
		if (badge_find_owner(clerk->store, &tap->badge.keys[i], &owner) < 0 ||
			owner.known || owner.blocked)
			return false;
	const int r =
		badge_link(clerk->store, &tap->badge.keys[0], desk->attendee, tap->at.wall_ms);
	desk->attendee[0] = '\0';
	if (r == 0)
		log_info("walk-in: the badge held after it is linked");
	return r == 0;
}
