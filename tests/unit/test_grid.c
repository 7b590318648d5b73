/* Visitors who do whatever can be done, in any order: nobody is ever stuck, and nobody keeps the
 * next one waiting. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/check.h"

#include "face/flow.h"
#include "face/layout.h"

#define SECOND 1000
#define WALKS 400
#define STEPS 40
/* Service, an interrupted registration behind it, a choice behind that, and the last word. */
#define WALKED_AWAY_MS (200 * SECOND)
#define LANGUAGE_HOME_MS (31 * SECOND)
#define NEXT_VISITOR 99

int test_grid(void);

static float half_width(void *context, const char *text, size_t length, float size_px,
	enum weight weight, bool display, bool tabular)
{
	(void)context;
	(void)text;
	(void)weight;
	(void)display;
	(void)tabular;
	return (float)length * size_px * 0.5f;
}

static const struct measure measure = { NULL, half_width };
static struct picture picture;
static struct flow flow, copy;
static int64_t now_ms;
static uint64_t seed;
static bool reached[SCREEN_COUNT];

static uint32_t draw(uint32_t below)
{
	return (uint32_t)(chance(&seed) >> 33) % below;
}

static void answered(struct answer *ret, enum screen screen, uint64_t person)
{
	memset(ret, 0, sizeof *ret);
	ret->verdict = screen == SCREEN_CHOOSE ? VERDICT_CHOOSE : VERDICT_CHECKED_IN;
	ret->screen = screen;
	ret->seq = (int64_t)person;
	ret->person = person;
	ret->clock_known = true;
	ret->has_session = draw(2);
	ret->language = (int)draw(3) - 1;
	ret->choice_count = draw(9);
	snprintf(ret->name, sizeof ret->name, "Visitor %d", (int)person);
	for (size_t i = 0; i < ret->choice_count; i++) {
		snprintf(ret->choices[i].session, ID_TEXT_SIZE, "session %zu", i);
		snprintf(ret->choices[i].row.title, 32, "Session %zu", i);
		ret->choices[i].row.places_left = (int32_t)draw(3);
	}
}

static void touched(void)
{
	static const struct surface sizes[] = { { 1280, 720, false }, { 800, 480, false } };
	layout_picture(&picture, &flow.view, &sizes[draw(2)], &measure);
	if (picture.touch_count == 0)
		return;
	const struct touch_area *area = &picture.touches[draw((uint32_t)picture.touch_count)];
	const struct pointer pointer = { POINTER_DOWN, (area->x + 2) * picture.zoom,
		(area->y + 2) * picture.zoom };
	struct pointer up = pointer;
	up.kind = POINTER_UP;
	flow_pointer(&flow, &picture, &pointer, now_ms);
	if (draw(8)) /* or the finger stays */
		flow_pointer(&flow, &picture, &up, now_ms);
}

static void tapped(void)
{
	struct answer answer;
	answered(&answer, (enum screen)(SCREEN_WELCOME + draw(SCREEN_BLOCKED - SCREEN_WELCOME + 1)),
		1 + draw(3));
	flow_answer(&flow, &answer, now_ms);
}

/* The clerk does what it was asked, or does not get to it. */
static void granted(void)
{
	struct wish wish;
	struct answer answer;
	if (!flow_take_wish(&flow, &wish) || draw(3) == 0)
		return;
	answered(&answer, wish.kind == WISH_REGISTER ? SCREEN_REG_DONE : SCREEN_WELCOME, 1);
	if (wish.kind == WISH_SUGGEST)
		flow_suggestions(&flow, &(struct suggestions){ .turn = wish.turn,
						.count = 2,
						.list = { { "Een", "" }, { "Twee", "" } } });
	else if (wish.kind == WISH_CHOOSE && draw(2))
		flow_choices(&flow, wish.seq, answer.choices, answer.choice_count, now_ms);
	else if (wish.kind != WISH_SERVICE)
		flow_answer(&flow, &answer, now_ms);
}

/* Places went, or came back, while somebody looks at them. */
static void merged(void)
{
	struct answer answer;
	answered(&answer, SCREEN_CHOOSE, 1);
	flow_choices(&flow, flow.view.answer.seq, answer.choices, answer.choice_count, now_ms);
}

static void started(void)
{
	if (draw(2))
		flow_start_step(&flow, 1 + (int)draw(4), draw(4) == 0);
	else
		flow_ready(&flow, now_ms);
}

/* Asked for from elsewhere, or done by the clerk: a badge for somebody, the kiosk's name, the
 * service screen, and the end of it. */
static void asked(void)
{
	static const enum screen screens[] = { SCREEN_LINK, SCREEN_LINK_DONE, SCREEN_LINK_TAKEN,
		SCREEN_LINK_FAILED, SCREEN_IDENTIFY, SCREEN_REG_DONE };
	struct answer answer;
	const enum screen screen = screens[draw(6)];
	answered(&answer, screen, 0);
	if (draw(3) == 0)
		flow_service(&flow, &(struct service){ .volume_pct = 50 }, true, now_ms);
	else if (draw(3) == 0)
		flow_end(&flow, screen, now_ms);
	else
		flow_answer(&flow, &answer, now_ms);
}

static void waited(void)
{
	now_ms += (int64_t)draw(25 * SECOND);
	flow_tick(&flow, now_ms, now_ms);
}

static void broke(void)
{
	const unsigned faults = draw(2) ? 0 : FAULT_READER;
	flow_faults(&flow, faults, now_ms, now_ms);
}

static void (*const happenings[])(void) = { touched, touched, touched, touched, tapped, granted,
	granted, asked, waited, broke, merged, started };

static void pass(struct flow *walked, int64_t from_ms, int64_t until_ms)
{
	for (int64_t at_ms = from_ms; at_ms < until_ms;) {
		const int64_t next_ms = flow_next_ms(walked, at_ms, at_ms);
		at_ms = next_ms > at_ms ? next_ms : at_ms + 1;
		flow_tick(walked, at_ms, at_ms);
	}
}

/* From here the visitor walks away: nothing of theirs is left for the next one. Start-up takes
 * nothing of anybody, and ends when the clerk says so. */
static void check_walking_away(const char *where)
{
	copy = flow;
	if (copy.view.screen == SCREEN_START) {
		pass(&copy, now_ms, now_ms + WALKED_AWAY_MS);
		CHECK_ROW(where, copy.view.screen == SCREEN_START);
		flow_ready(&copy, now_ms);
	}
	if (copy.view.faults) {
		pass(&copy, now_ms, now_ms + WALKED_AWAY_MS);
		CHECK_ROW(where, copy.view.screen == SCREEN_OUT);
		flow_faults(&copy, 0, now_ms, now_ms + WALKED_AWAY_MS);
		pass(&copy, now_ms + WALKED_AWAY_MS, now_ms + WALKED_AWAY_MS + LANGUAGE_HOME_MS);
	} else {
		pass(&copy, now_ms, now_ms + WALKED_AWAY_MS + LANGUAGE_HOME_MS);
	}
	CHECK_ROW(where, copy.view.screen == SCREEN_IDLE);
	CHECK_ROW(where, copy.view.language == LANGUAGE_NL);
	CHECK_ROW(where, !copy.view.registration.name[0]);
	CHECK_ROW(where, !copy.view.registration.organisation[0]);
}

/* From here the next one taps: theirs is the screen, at once. */
static void check_next_tap(const char *where)
{
	struct answer answer;
	copy = flow;
	answered(&answer, SCREEN_WELCOME, NEXT_VISITOR);
	const bool taken = flow_answer(&copy, &answer, now_ms);
	CHECK_ROW(where,
		taken == (flow.view.screen != SCREEN_OUT && flow.view.screen != SCREEN_START));
	if (!taken)
		return;
	CHECK_ROW(where, copy.view.screen == SCREEN_WELCOME);
	CHECK_ROW(where, copy.view.answer.person == NEXT_VISITOR);
	CHECK_ROW(where, copy.view.pressed.kind == TOUCH_NONE);
	CHECK_ROW(where, flow_take_tone(&copy) == tone_of(SCREEN_WELCOME));
}

static void begin(bool has_touch)
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
	flow_init(&flow, LANGUAGE_NL, THEME_LIGHT, SIDE_AUTO, HELP_DESK);
	flow_has_touch(&flow, has_touch);
	flow_board(&flow, &board, 0, now_ms);
}

static void nobody_is_stuck_whatever_they_do(void **state)
{
	(void)state;
	for (int walk = 0; walk < WALKS; walk++) {
		seed = (uint64_t)walk + 1;
		now_ms = 1000 * SECOND;
		begin(walk % 4 != 0);
		for (int step = 0; step < STEPS; step++) {
			char where[96];
			happenings[draw(sizeof happenings / sizeof happenings[0])]();
			snprintf(where, sizeof where, "walk %d, step %d, %s", walk, step,
				screen_name(flow.view.screen));
			reached[flow.view.screen] = true;
			check_walking_away(where);
			check_next_tap(where);
		}
	}
	for (int screen = 0; screen < SCREEN_COUNT; screen++)
		CHECK_ROW(screen_name((enum screen)screen), reached[screen]);
}

int test_grid(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_stuck_whatever_they_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
