#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "core/text.h"
#include "face/flow.h"
#include "face/layout.h"

#define SECOND 1000
#define LONG_AGO 1000000 /* when the kiosk started */

int test_flow(void);

static float half_width(void *context, const char *text, size_t length, float size_px,
	enum weight weight, bool display, bool tabular)
{
	(void)context, (void)text, (void)weight, (void)display, (void)tabular;
	return (float)length * size_px * 0.5f;
}

static const struct measure measure = { NULL, half_width };
static const struct surface shapes[] = { { 1280, 720, false }, { 720, 1280, false },
	{ 800, 480, true }, { 1280, 800, false }, { 1920, 1080, false } };
static struct picture picture;

static void lay_out(const struct flow *flow, size_t shape)
{
	layout_picture(&picture, &flow->view, &shapes[shape], &measure);
}

static void ready(struct flow *flow, bool has_touch)
{
	static struct board board;
	memset(&board, 0, sizeof board);
	board.clock_known = true;
	board.cluster_count = 4;
	for (size_t i = 0; i < 4; i++) {
		snprintf(board.clusters[i].code, sizeof board.clusters[i].code, "c%zu", i);
		snprintf(board.clusters[i].name[0], 8, "Een");
		snprintf(board.clusters[i].name[1], 8, "One");
	}
	flow_init(flow, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT, HELP_DESK);
	flow_has_touch(flow, has_touch);
	flow_board(flow, &board, 0, LONG_AGO);
	flow_ready(flow, LONG_AGO);
}

static struct answer answer_of(enum screen screen, uint64_t person)
{
	struct answer answer = { .verdict = VERDICT_CHECKED_IN,
		.screen = screen,
		.seq = 7,
		.person = person,
		.clock_known = true,
		.has_session = true,
		.language = -1,
		.choice_count = 8 };
	for (size_t i = 0; i < answer.choice_count; i++) {
		snprintf(answer.choices[i].session, ID_TEXT_SIZE, "session %zu", i);
		snprintf(answer.choices[i].row.title, 32, "Titel %zu", i);
		snprintf(answer.choices[i].row.room, 32, "Zaal %zu", i);
		answer.choices[i].row.places_left = (int)i;
	}
	return answer;
}

/* The first control of that kind; fails when the screen has none. */
static struct touch_area area_of(const struct flow *flow, enum touch_kind kind, int index)
{
	lay_out(flow, 0);
	for (size_t i = 0; i < picture.touch_count; i++)
		if (picture.touches[i].touch.kind == kind &&
			picture.touches[i].touch.index == index)
			return picture.touches[i];
	fail_msg("%s has no control %d %d", screen_name(flow->view.screen), (int)kind, index);
	return (struct touch_area){ .x = 0 };
}

static struct pointer pointer_at(enum pointer_kind kind, const struct touch_area *area)
{
	return (struct pointer){ kind, (area->x + area->w / 2) * picture.zoom,
		(area->y + area->h / 2) * picture.zoom };
}

static void press(struct flow *flow, enum touch_kind kind, int index, int64_t at_ms)
{
	const struct touch_area area = area_of(flow, kind, index);
	const struct pointer down = pointer_at(POINTER_DOWN, &area),
			     up = pointer_at(POINTER_UP, &area);
	flow_pointer(flow, &picture, &down, at_ms);
	lay_out(flow, 0);
	flow_pointer(flow, &picture, &up, at_ms);
}

/* Lets time pass as the stage does; returns when nothing changes any more or @until_ms is reached.
 */
static int64_t pass(struct flow *flow, int64_t at_ms, int64_t until_ms)
{
	while (at_ms < until_ms) {
		const int64_t next_ms = flow_next_ms(flow, at_ms, at_ms);
		at_ms = next_ms > at_ms ? next_ms : at_ms + 1;
		at_ms = at_ms > until_ms ? until_ms : at_ms;
		flow_tick(flow, at_ms, at_ms);
	}
	return at_ms;
}

/* Brings @flow to @screen by what happens in life. */
static void bring(struct flow *flow, enum screen screen, bool has_touch)
{
	const struct answer answer = answer_of(screen, 1);
	if (screen == SCREEN_START) {
		flow_init(flow, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT, HELP_DESK);
		return;
	}
	ready(flow, has_touch);
	if (screen == SCREEN_OUT)
		flow_faults(flow, FAULT_READER, 0, LONG_AGO);
	else if (screen >= SCREEN_REG_CLUSTER && screen <= SCREEN_REG_NAME) {
		flow_has_touch(flow, true);
		press(flow, TOUCH_NO_BADGE, 0, LONG_AGO);
		if (screen != SCREEN_REG_CLUSTER)
			press(flow, TOUCH_CLUSTER, 1, LONG_AGO);
		if (screen == SCREEN_REG_NAME)
			press(flow, TOUCH_ALONE, 0, LONG_AGO);
	} else if (screen != SCREEN_IDLE)
		flow_answer(flow, &answer, LONG_AGO);
	if (flow->view.screen != screen)
		fail_msg(
			"%s is shown, not %s", screen_name(flow->view.screen), screen_name(screen));
}

static bool takes_taps(enum screen screen)
{
	return screen != SCREEN_START && screen != SCREEN_OUT;
}

static void the_next_tap_interrupts_every_screen(void **state)
{
	(void)state;
	for (int from = 0; from < SCREEN_COUNT; from++) {
		for (int to = SCREEN_WELCOME; to <= SCREEN_BLOCKED; to++) {
			struct flow flow;
			bring(&flow, (enum screen)from, from % 2 == 0);
			const struct answer answer = answer_of((enum screen)to, 2);
			const bool taken = flow_answer(&flow, &answer, LONG_AGO + 10);
			CHECK_ROW(screen_name((enum screen)from),
				taken == takes_taps((enum screen)from));
			CHECK_ROW(screen_name((enum screen)to),
				flow.view.screen == (enum screen)(taken ? to : from));
		}
	}
}

static void a_fault_is_shown_from_every_screen_and_its_end_too(void **state)
{
	(void)state;
	for (int from = SCREEN_IDLE; from < SCREEN_COUNT; from++) {
		struct flow flow;
		if (from == SCREEN_SERVICE)
			continue; /* it shows the fault itself, and ends in out of service */
		bring(&flow, (enum screen)from, true);
		flow_faults(&flow, FAULT_STORAGE, 0, LONG_AGO + 10);
		/* An organiser at the service screen is looking into it. */
		const bool served = from == SCREEN_SERVICE;
		CHECK_ROW(screen_name((enum screen)from),
			flow.view.screen == (served ? SCREEN_SERVICE : SCREEN_OUT));
		flow_faults(&flow, 0, 0, LONG_AGO + 40 * SECOND);
		CHECK_ROW(screen_name((enum screen)from),
			flow.view.screen == (served ? SCREEN_SERVICE : SCREEN_IDLE));
	}
}

/* Whoever walks away leaves a kiosk that is idle within two minutes, whatever it showed. */
static void every_screen_ends_by_itself(void **state)
{
	(void)state;
	for (int touch = 0; touch < 2; touch++) {
		for (int from = SCREEN_IDLE; from < SCREEN_COUNT; from++) {
			struct flow flow;
			if (from == SCREEN_OUT)
				continue;
			bring(&flow, (enum screen)from, touch == 1);
			const int stay_ms = screen_stay_ms(&flow.view);
			CHECK_ROW(screen_name((enum screen)from),
				(stay_ms > 0) == (from != SCREEN_IDLE));
			pass(&flow, LONG_AGO, LONG_AGO + stay_ms - 1);
			CHECK_ROW(screen_name((enum screen)from), (int)flow.view.screen == from);
			pass(&flow, LONG_AGO + stay_ms - 1, LONG_AGO + 120 * SECOND);
			CHECK_ROW(screen_name((enum screen)from), flow.view.screen == SCREEN_IDLE);
		}
	}
}

/* And whoever does not wait finds a way out to touch on every screen that keeps them longer. */
static void every_long_screen_has_a_way_out(void **state)
{
	(void)state;
	static const enum touch_kind ways[] = { TOUCH_CLOSE, TOUCH_LATER, TOUCH_BACK };
	for (int from = SCREEN_WELCOME; from < SCREEN_OUT; from++) {
		struct flow flow;
		bool found = false;
		bring(&flow, (enum screen)from, true);
		if (screen_stay_ms(&flow.view) <= 10 * SECOND)
			continue;
		for (size_t shape = 0; shape < COUNT_OF(shapes); shape++) {
			lay_out(&flow, shape);
			for (size_t i = 0; i < picture.touch_count; i++)
				for (size_t w = 0; w < COUNT_OF(ways); w++)
					found |= picture.touches[i].touch.kind == ways[w];
			CHECK_ROW(screen_name((enum screen)from), found);
		}
	}
	struct flow flow;
	bring(&flow, SCREEN_REG_NAME, true);
	press(&flow, TOUCH_BACK, 0, LONG_AGO);
	assert_int_equal(flow.view.screen, SCREEN_REG_ORGANISATION);
	press(&flow, TOUCH_BACK, 0, LONG_AGO);
	assert_int_equal(flow.view.screen, SCREEN_REG_CLUSTER);
	press(&flow, TOUCH_CLOSE, 0, LONG_AGO);
	assert_int_equal(flow.view.screen, SCREEN_IDLE);
}

static void no_control_is_high_small_or_under_another(void **state)
{
	(void)state;
	for (size_t shape = 0; shape < COUNT_OF(shapes); shape++) {
		for (int screen = SCREEN_IDLE; screen < SCREEN_COUNT; screen++) {
			struct flow flow;
			bring(&flow, (enum screen)screen, true);
			lay_out(&flow, shape);
			assert_false(picture.overflowed);
			for (size_t i = 0; i < picture.touch_count; i++) {
				const struct touch_area *a = &picture.touches[i];
				CHECK_ROW(screen_name((enum screen)screen),
					a->y + 0.5f >= floorf(picture.height / 3));
				CHECK_ROW(screen_name((enum screen)screen),
					a->x >= 0 && a->x + a->w <= picture.width + 0.5f &&
						a->y + a->h <= picture.height + 0.5f);
				CHECK_ROW(
					screen_name((enum screen)screen), a->w >= 44 && a->h >= 44);
				for (size_t j = 0; j < i; j++) {
					const struct touch_area *b = &picture.touches[j];
					CHECK_ROW(screen_name((enum screen)screen),
						a->x + 0.01f >= b->x + b->w ||
							b->x + 0.01f >= a->x + a->w ||
							a->y + 0.01f >= b->y + b->h ||
							b->y + 0.01f >= a->y + a->h);
				}
			}
		}
	}
}

static void a_touch_counts_when_it_ends_where_it_began(void **state)
{
	(void)state;
	struct flow flow;
	ready(&flow, true);
	const struct touch_area english = area_of(&flow, TOUCH_LANGUAGE, LANGUAGE_EN);
	const struct touch_area dutch = area_of(&flow, TOUCH_LANGUAGE, LANGUAGE_NL);
	struct pointer pointer = pointer_at(POINTER_DOWN, &english);
	assert_true(flow_pointer(&flow, &picture, &pointer, LONG_AGO));
	assert_int_equal(flow.view.pressed.kind, TOUCH_LANGUAGE);
	assert_int_equal(flow.view.language, LANGUAGE_NL);
	pointer = pointer_at(POINTER_MOVE, &dutch);
	assert_true(flow_pointer(&flow, &picture, &pointer, LONG_AGO));
	assert_int_equal(flow.view.pressed.kind, TOUCH_NONE);
	pointer = pointer_at(POINTER_UP, &dutch);
	flow_pointer(&flow, &picture, &pointer, LONG_AGO);
	assert_int_equal(flow.view.language, LANGUAGE_NL);
	press(&flow, TOUCH_LANGUAGE, LANGUAGE_EN, LONG_AGO);
	assert_int_equal(flow.view.language, LANGUAGE_EN);
	assert_int_equal(flow.view.pressed.kind, TOUCH_NONE);

	/* A tap changes the screen under the finger: lifting it does nothing there. */
	pointer = pointer_at(POINTER_DOWN, &dutch);
	flow_pointer(&flow, &picture, &pointer, LONG_AGO);
	const struct answer answer = answer_of(SCREEN_WELCOME, 1);
	flow_answer(&flow, &answer, LONG_AGO);
	pointer.kind = POINTER_UP;
	flow_pointer(&flow, &picture, &pointer, LONG_AGO);
	assert_int_equal(flow.view.language, LANGUAGE_EN);
}

static void the_language_goes_back_after_half_a_minute_of_idle(void **state)
{
	(void)state;
	struct flow flow;
	ready(&flow, true);
	press(&flow, TOUCH_LANGUAGE, LANGUAGE_EN, LONG_AGO);
	pass(&flow, LONG_AGO, LONG_AGO + 29 * SECOND);
	assert_int_equal(flow.view.language, LANGUAGE_EN);
	const struct answer answer = answer_of(SCREEN_WELCOME, 1);
	flow_answer(&flow, &answer, LONG_AGO + 29 * SECOND);
	assert_int_equal(flow.view.language, LANGUAGE_EN);
	pass(&flow, LONG_AGO + 29 * SECOND, LONG_AGO + 63 * SECOND);
	assert_int_equal(flow.view.screen, SCREEN_IDLE);
	assert_int_equal(flow.view.language, LANGUAGE_EN);
	pass(&flow, LONG_AGO + 63 * SECOND, LONG_AGO + 65 * SECOND);
	assert_int_equal(flow.view.language, LANGUAGE_NL);

	/* An attendee's own language is theirs alone. */
	struct answer english = answer_of(SCREEN_WELCOME, 2);
	english.language = LANGUAGE_EN;
	flow_answer(&flow, &english, LONG_AGO + 70 * SECOND);
	assert_int_equal(flow.view.language, LANGUAGE_EN);
	pass(&flow, LONG_AGO + 70 * SECOND, LONG_AGO + 76 * SECOND);
	assert_int_equal(flow.view.screen, SCREEN_IDLE);
	assert_int_equal(flow.view.language, LANGUAGE_NL);
}

static void places_follow_while_the_question_is_on_the_screen(void **state)
{
	(void)state;
	struct flow flow;
	struct wish wish;
	bring(&flow, SCREEN_CHOOSE, true);
	struct answer fresh = answer_of(SCREEN_CHOOSE, 1);

	/* A finger is down while the list changes under it: it chooses nothing. */
	const struct touch_area area = area_of(&flow, TOUCH_CHOICE, 1);
	const struct pointer down = pointer_at(POINTER_DOWN, &area),
			     up = pointer_at(POINTER_UP, &area);
	flow_pointer(&flow, &picture, &down, LONG_AGO);
	const struct choice first = fresh.choices[2];
	fresh.choices[2] = fresh.choices[1];
	fresh.choices[1] = first;
	assert_true(flow_choices(&flow, 7, fresh.choices, 8, LONG_AGO));
	lay_out(&flow, 0);
	flow_pointer(&flow, &picture, &up, LONG_AGO);
	assert_false(flow_take_wish(&flow, &wish));

	/* The last places go: who has not chosen hears where to go, and a place that comes back is
	 * offered. */
	for (size_t i = 0; i < 8; i++)
		fresh.choices[i].row.places_left = 0;
	assert_true(flow_choices(&flow, 7, fresh.choices, 8, LONG_AGO));
	assert_int_equal(flow.view.screen, SCREEN_FULL);
	fresh.choices[3].row.places_left = 2;
	assert_true(flow_choices(&flow, 7, fresh.choices, 8, LONG_AGO));
	press(&flow, TOUCH_CHOICE, 3, LONG_AGO);
	assert_true(flow_take_wish(&flow, &wish));
	assert_string_equal(wish.session, "session 3");
}

static void a_choice_is_asked_once_and_time_chooses_later(void **state)
{
	(void)state;
	struct flow flow;
	struct wish wish;
	bring(&flow, SCREEN_CHOOSE, true);
	press(&flow, TOUCH_CHOICE, 2, LONG_AGO);
	assert_true(flow_take_wish(&flow, &wish));
	assert_int_equal(wish.kind, WISH_CHOOSE);
	assert_int_equal(wish.seq, 7);
	assert_string_equal(wish.session, "session 2");
	press(&flow, TOUCH_CHOICE, 3, LONG_AGO);
	assert_false(flow_take_wish(&flow, &wish));

	/* The place went: the new places are shown, and it can be asked again. */
	struct answer fresh = answer_of(SCREEN_CHOOSE, 1);
	fresh.choices[2].row.places_left = 0;
	assert_true(flow_choices(&flow, 7, fresh.choices, 8, LONG_AGO));
	assert_false(flow_choices(&flow, 8, fresh.choices, 8, LONG_AGO));
	press(&flow, TOUCH_CHOICE, 3, LONG_AGO);
	assert_true(flow_take_wish(&flow, &wish));

	bring(&flow, SCREEN_CHOOSE, true);
	press(&flow, TOUCH_PAGE, 0, LONG_AGO);
	press(&flow, TOUCH_CHOICE, 7, LONG_AGO);
	assert_true(flow_take_wish(&flow, &wish));
	assert_string_equal(wish.session, "session 7");

	bring(&flow, SCREEN_CHOOSE, true);
	pass(&flow, LONG_AGO, LONG_AGO + 20 * SECOND);
	assert_int_equal(flow.view.screen, SCREEN_WELCOME);
	assert_false(flow.view.answer.has_session);
	pass(&flow, LONG_AGO + 20 * SECOND, LONG_AGO + 24 * SECOND);
	assert_int_equal(flow.view.screen, SCREEN_IDLE);
}

static void type(struct flow *flow, const char *keys, int64_t at_ms)
{
	static const char *const rows[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm" };
	for (; *keys; keys++)
		for (int row = 0; row < 3; row++)
			if (strchr(rows[row], *keys))
				press(flow, TOUCH_KEY,
					row * 10 + (int)(strchr(rows[row], *keys) - rows[row]),
					at_ms);
}

static void a_registration_is_typed_and_asked_for(void **state)
{
	(void)state;
	struct flow flow;
	struct wish wish;
	bring(&flow, SCREEN_UNKNOWN, true);
	press(&flow, TOUCH_REGISTER, 0, LONG_AGO);
	press(&flow, TOUCH_CLUSTER, 1, LONG_AGO);
	assert_true(flow_take_wish(&flow, &wish));
	assert_int_equal(wish.kind, WISH_SUGGEST);
	assert_string_equal(wish.cluster, "c1");
	type(&flow, "ijs", LONG_AGO);
	assert_string_equal(flow.view.registration.organisation, "IJs");
	assert_true(flow_take_wish(&flow, &wish));
	assert_string_equal(wish.organisation, "IJs");

	struct suggestions late = { .turn = wish.turn - 1, .count = 1 };
	assert_false(flow_suggestions(&flow, &late));
	struct suggestions now = { .turn = wish.turn, .count = 2 };
	utf8_clip(now.list[1].name, sizeof now.list[1].name, "IJsseldal Zorg");
	assert_true(flow_suggestions(&flow, &now));
	press(&flow, TOUCH_SUGGESTION, 1, LONG_AGO);
	assert_int_equal(flow.view.screen, SCREEN_REG_NAME);

	press(&flow, TOUCH_LAYER, LAYER_ACCENTS, LONG_AGO);
	press(&flow, TOUCH_KEY, 11, LONG_AGO); /* ö */
	press(&flow, TOUCH_LAYER, LAYER_LETTERS, LONG_AGO);
	type(&flow, "z", LONG_AGO);
	assert_string_equal(flow.view.registration.name, "Öz");
	press(&flow, TOUCH_ERASE, 0, LONG_AGO);
	press(&flow, TOUCH_ERASE, 0, LONG_AGO);
	assert_string_equal(flow.view.registration.name, "");
	type(&flow, "eva", LONG_AGO);
	press(&flow, TOUCH_NEXT, 0, LONG_AGO);
	assert_true(flow_take_wish(&flow, &wish));
	assert_int_equal(wish.kind, WISH_REGISTER);
	assert_int_equal(wish.seq, 7);
	assert_string_equal(wish.cluster, "c1");
	assert_string_equal(wish.organisation, "IJsseldal Zorg");
	assert_string_equal(wish.name, "Eva");
	press(&flow, TOUCH_NEXT, 0, LONG_AGO);
	assert_false(flow_take_wish(&flow, &wish));
	const struct answer done = answer_of(SCREEN_REG_DONE, 1);
	flow_answer(&flow, &done, LONG_AGO);
	assert_false(flow.view.registration.open);
}

static void a_new_name_is_offered_from_three_letters(void **state)
{
	(void)state;
	struct flow flow;
	bring(&flow, SCREEN_REG_ORGANISATION, true);
	press(&flow, TOUCH_LAYER, LAYER_DIGITS, LONG_AGO);
	press(&flow, TOUCH_KEY, 0, LONG_AGO);
	press(&flow, TOUCH_KEY, 1, LONG_AGO);
	lay_out(&flow, 0);
	for (size_t i = 0; i < picture.touch_count; i++)
		assert_int_not_equal(picture.touches[i].touch.kind, TOUCH_ADD);
	press(&flow, TOUCH_KEY, 2, LONG_AGO);
	press(&flow, TOUCH_ADD, 0, LONG_AGO);
	assert_string_equal(flow.view.registration.organisation, "123");
	assert_int_equal(flow.view.screen, SCREEN_REG_NAME);
}

static void a_held_erase_key_repeats(void **state)
{
	(void)state;
	struct flow flow;
	bring(&flow, SCREEN_REG_NAME, true);
	type(&flow, "wilhelmina", LONG_AGO);
	const struct touch_area erase = area_of(&flow, TOUCH_ERASE, 0);
	struct pointer pointer = pointer_at(POINTER_DOWN, &erase);
	flow_pointer(&flow, &picture, &pointer, LONG_AGO);
	pass(&flow, LONG_AGO, LONG_AGO + 499);
	assert_string_equal(flow.view.registration.name, "Wilhelmina");
	pass(&flow, LONG_AGO + 499, LONG_AGO + 700);
	assert_string_equal(flow.view.registration.name, "Wilhelm");
	pointer.kind = POINTER_UP;
	flow_pointer(&flow, &picture, &pointer, LONG_AGO + 700);
	assert_string_equal(flow.view.registration.name, "Wilhelm");
}

static void a_half_filled_registration_waits_for_the_next_visitor(void **state)
{
	(void)state;
	struct flow flow;
	bring(&flow, SCREEN_REG_ORGANISATION, true);
	press(&flow, TOUCH_KEY, 0, LONG_AGO);
	struct answer other = answer_of(SCREEN_WELCOME, 9);
	other.language = LANGUAGE_EN;
	flow_answer(&flow, &other, LONG_AGO);
	assert_int_equal(flow.view.screen, SCREEN_WELCOME);
	pass(&flow, LONG_AGO, LONG_AGO + 6 * SECOND);
	assert_int_equal(flow.view.screen, SCREEN_REG_ORGANISATION);
	assert_int_equal(flow.view.language, LANGUAGE_NL);
	assert_string_equal(flow.view.registration.organisation, "Q");

	/* A second tap while the first is shown does not make it forgotten. */
	flow_answer(&flow, &other, LONG_AGO + 7 * SECOND);
	const struct answer third = answer_of(SCREEN_WELCOME, 10);
	flow_answer(&flow, &third, LONG_AGO + 8 * SECOND);
	pass(&flow, LONG_AGO + 8 * SECOND, LONG_AGO + 14 * SECOND);
	assert_string_equal(flow.view.registration.organisation, "Q");
	assert_int_equal(flow.view.screen, SCREEN_REG_ORGANISATION);

	/* After half a minute it is gone. */
	flow_answer(&flow, &other, LONG_AGO + 15 * SECOND);
	for (int i = 0; i < 8; i++)
		flow_answer(&flow, &third, LONG_AGO + (16 + 4 * i) * SECOND);
	pass(&flow, LONG_AGO + 44 * SECOND, LONG_AGO + 60 * SECOND);
	assert_int_equal(flow.view.screen, SCREEN_IDLE);
	assert_string_equal(flow.view.registration.organisation, "");
}

static void the_own_badge_again_does_not_interrupt_the_registration(void **state)
{
	(void)state;
	struct flow flow;
	const struct answer unknown = answer_of(SCREEN_UNKNOWN, 5);
	ready(&flow, true);
	flow_answer(&flow, &unknown, LONG_AGO);
	press(&flow, TOUCH_REGISTER, 0, LONG_AGO);
	flow_answer(&flow, &unknown, LONG_AGO + SECOND);
	assert_int_equal(flow.view.screen, SCREEN_REG_CLUSTER);
	const struct answer stranger = answer_of(SCREEN_UNKNOWN, 6);
	flow_answer(&flow, &stranger, LONG_AGO + SECOND);
	assert_int_equal(flow.view.screen, SCREEN_UNKNOWN);
	press(&flow, TOUCH_REGISTER, 0, LONG_AGO + SECOND);
	assert_int_equal(flow.view.registration.person, 6);
}

/* Other options change the idle screen at once; whoever reads is left alone, and who chose a
 * language keeps it for its time. */
static void other_options_wait_for_whoever_reads(void **state)
{
	const struct look look = { LANGUAGE_EN, THEME_DARK, SIDE_LEFT, 91 };
	struct flow flow;
	(void)state;
	ready(&flow, true);
	assert_true(flow_look(&flow, &look, LONG_AGO + SECOND));
	assert_int_equal(flow.view.side, SIDE_LEFT);
	assert_int_equal(flow.view.theme, THEME_DARK);
	assert_int_equal(flow.view.language, LANGUAGE_EN);
	assert_int_equal(flow.view.keep_names_days, 91);

	ready(&flow, true);
	const struct answer answer = answer_of(SCREEN_WELCOME, 1);
	assert_true(flow_answer(&flow, &answer, LONG_AGO));
	assert_false(flow_look(&flow, &look, LONG_AGO + 1));
	assert_int_equal(flow.view.side, SIDE_RIGHT);
	assert_int_equal(flow.view.theme, THEME_LIGHT);
	assert_int_equal(flow.view.language, LANGUAGE_NL);
	for (int64_t at_ms = LONG_AGO; flow.view.screen != SCREEN_IDLE; at_ms += SECOND)
		flow_tick(&flow, at_ms, at_ms);
	assert_int_equal(flow.view.side, SIDE_LEFT);
	assert_int_equal(flow.view.theme, THEME_DARK);
	assert_int_equal(flow.view.language, LANGUAGE_EN);

	ready(&flow, true);
	flow_language(&flow, LANGUAGE_NL, LONG_AGO);
	assert_true(flow_look(&flow, &look, LONG_AGO + SECOND));
	assert_int_equal(flow.view.language, LANGUAGE_NL);
	flow_tick(&flow, 0, LONG_AGO + 31 * SECOND);
	assert_int_equal(flow.view.language, LANGUAGE_EN);
}

int test_flow(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_options_wait_for_whoever_reads),
		cmocka_unit_test(the_next_tap_interrupts_every_screen),
		cmocka_unit_test(a_fault_is_shown_from_every_screen_and_its_end_too),
		cmocka_unit_test(every_screen_ends_by_itself),
		cmocka_unit_test(every_long_screen_has_a_way_out),
		cmocka_unit_test(no_control_is_high_small_or_under_another),
		cmocka_unit_test(a_touch_counts_when_it_ends_where_it_began),
		cmocka_unit_test(the_language_goes_back_after_half_a_minute_of_idle),
		cmocka_unit_test(places_follow_while_the_question_is_on_the_screen),
		cmocka_unit_test(a_choice_is_asked_once_and_time_chooses_later),
		cmocka_unit_test(a_registration_is_typed_and_asked_for),
		cmocka_unit_test(a_new_name_is_offered_from_three_letters),
		cmocka_unit_test(a_held_erase_key_repeats),
		cmocka_unit_test(a_half_filled_registration_waits_for_the_next_visitor),
		cmocka_unit_test(the_own_badge_again_does_not_interrupt_the_registration),
	};
	return cmocka_run_group_tests_name("flow", tests, NULL, NULL);
}
