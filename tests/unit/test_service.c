/* The service screen's ways in and out, what it hands to the clerk, and the parts that fill it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "face/flow.h"
#include "face/layout.h"
#include "kiosk/qr.h"
#include "kiosk/stick.h"

int test_service(void);

static float ten_a_letter(void *context, const char *text, size_t length, float size_px,
	enum weight weight, bool display, bool tabular)
{
	(void)context, (void)text, (void)weight, (void)display, (void)tabular;
	return (float)length * size_px / 2;
}

static const struct surface wide = { 1280, 720, false };
static const struct measure measure = { NULL, ten_a_letter };
static struct picture picture;

static struct flow *ready_flow(void)
{
	static struct flow flow;
	flow_init(&flow, LANGUAGE_NL, THEME_LIGHT, SIDE_RIGHT, HELP_DESK);
	flow_has_touch(&flow, true);
	flow_ready(&flow, 0);
	return &flow;
}

/* Presses the middle of a control of the picture as it is; false when there is none. */
static bool press(struct flow *flow, struct touch touch, int64_t at_ms)
{
	layout_picture(&picture, &flow->view, &wide, &measure);
	for (size_t i = 0; i < picture.touch_count; i++) {
		const struct touch_area *area = &picture.touches[i];
		if (!touch_equal(area->touch, touch))
			continue;
		struct pointer pointer = { POINTER_DOWN, (area->x + area->w / 2) * picture.zoom,
			(area->y + area->h / 2) * picture.zoom };
		flow_pointer(flow, &picture, &pointer, at_ms);
		pointer.kind = POINTER_UP;
		flow_pointer(flow, &picture, &pointer, at_ms);
		return true;
	}
	return false;
}

static void opens_stays_a_minute_and_goes_home(void **state)
{
	(void)state;
	const struct service service = { .volume_pct = 60 };
	struct flow *flow = ready_flow();
	assert_false(flow_service(flow, &service, false, 0));
	assert_int_equal(flow->view.screen, SCREEN_IDLE);
	assert_true(flow_service(flow, &service, true, 1000));
	assert_int_equal(flow->view.screen, SCREEN_SERVICE);
	assert_int_equal(flow_take_tone(flow), TONE_KEY);
	flow_tick(flow, 0, 60999);
	assert_int_equal(flow->view.screen, SCREEN_SERVICE);
	flow_tick(flow, 0, 61000);
	assert_int_equal(flow->view.screen, SCREEN_IDLE);

	flow_faults(flow, FAULT_STORAGE, 0, 62000);
	assert_int_equal(flow->view.screen, SCREEN_OUT);
	flow_service(flow, &service, true, 63000);
	assert_int_equal(flow->view.screen, SCREEN_SERVICE);
	flow_faults(flow, FAULT_STORAGE | FAULT_READER, 0, 64000);
	assert_int_equal(flow->view.screen, SCREEN_SERVICE);
	flow_tick(flow, 0, 200000);
	assert_int_equal(flow->view.screen, SCREEN_OUT);
}

static void a_tap_goes_before(void **state)
{
	(void)state;
	const struct service service = { .volume_pct = 60 };
	const struct answer answer = { .screen = SCREEN_WELCOME, .language = -1 };
	struct flow *flow = ready_flow();
	flow_service(flow, &service, true, 1000);
	assert_true(flow_answer(flow, &answer, 2000));
	assert_int_equal(flow->view.screen, SCREEN_WELCOME);
	/* Fresh facts do not bring it back. */
	assert_false(flow_service(flow, &service, false, 2500));
	assert_int_equal(flow->view.screen, SCREEN_WELCOME);
}

static void every_control_is_there_and_tells_the_clerk(void **state)
{
	(void)state;
	static const enum service_control controls[] = { SERVICE_TEST, SERVICE_STICK,
		SERVICE_QUIETER, SERVICE_LOUDER };
	const struct service service = { .volume_pct = 60 };
	struct flow *flow = ready_flow();
	struct wish wish;
	flow_service(flow, &service, true, 0);
	flow_take_tone(flow);
	for (size_t i = 0; i < COUNT_OF(controls); i++) {
		const struct touch touch = { TOUCH_SERVICE, (uint8_t)controls[i] };
		assert_true(press(flow, touch, 30000 + (int64_t)i));
		assert_true(flow_take_wish(flow, &wish));
		assert_int_equal(wish.kind, WISH_SERVICE);
		assert_int_equal(wish.control, controls[i]);
		assert_false(flow_take_wish(flow, &wish));
		assert_int_equal(flow_take_tone(flow), TONE_KEY);
	}
	/* Somebody is there: the minute begins again. */
	flow_tick(flow, 0, 89000);
	assert_int_equal(flow->view.screen, SCREEN_SERVICE);
	assert_true(press(flow, (struct touch){ TOUCH_LANGUAGE, LANGUAGE_EN }, 89000));
	assert_int_equal(flow->view.language, LANGUAGE_EN);
	assert_true(press(flow, (struct touch){ TOUCH_CLOSE, 0 }, 90000));
	assert_int_equal(flow->view.screen, SCREEN_IDLE);
	assert_false(flow_take_wish(flow, &wish));
}

static void no_control_lies_in_the_upper_third(void **state)
{
	(void)state;
	static const struct surface sizes[] = { { 1280, 720, false }, { 720, 1280, false },
		{ 800, 480, false }, { 480, 800, false }, { 1920, 1080, false } };
	struct flow *flow = ready_flow();
	flow_service(flow, &(struct service){ .volume_pct = 60 }, true, 0);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		layout_picture(&picture, &flow->view, &sizes[i], &measure);
		assert_false(picture.overflowed);
		assert_int_equal(picture.touch_count, 7);
		for (size_t t = 0; t < picture.touch_count; t++)
			assert_true(picture.touches[t].y >= picture.height / 3);
	}
}

static void a_code_has_its_three_corners_and_refuses_a_novel(void **state)
{
	(void)state;
	static const uint8_t row[] = { 1, 1, 1, 1, 1, 1, 1, 0 };
	struct qr qr = { 0 };
	char novel[512];
	assert_int_equal(qr_make(&qr, "https://192.168.4.20/start?code=K7M4-PX9D"), 0);
	assert_true(qr.side >= 25 && qr.side <= QR_SIDE_MAX && (qr.side - 17) % 4 == 0);
	for (size_t x = 0; x < COUNT_OF(row); x++) {
		assert_int_equal(qr_is_dark(qr.bits, qr.side, x, 0), row[x]);
		assert_int_equal(qr_is_dark(qr.bits, qr.side, qr.side - 1u - x, 0), row[x]);
		assert_int_equal(qr_is_dark(qr.bits, qr.side, x, qr.side - 1u), row[x]);
	}
	const uint8_t side = qr.side;
	memset(novel, 'a', sizeof novel - 1);
	novel[sizeof novel - 1] = '\0';
	assert_true(qr_make(&qr, novel) < 0);
	assert_int_equal(qr.side, side);
}

static void a_stick_is_found_by_its_place(void **state)
{
	(void)state;
	char place[] = "/tmp/incheckpaal-stick.XXXXXX", found[CONFIG_PATH_SIZE] = "";
	assert_non_null(mkdtemp(place));
	assert_int_equal(stick_find(place, "", found), 0);
	assert_string_equal(found, place);
	rmdir(place);
	assert_int_equal(stick_find(place, "", found), -ENOENT);
	assert_true(stick_find("NO STICK HAS THIS NAME", "", found) < 0);
}

/* What the child did is told by how it ended. */
static void a_copy_ends_well_or_says_why(void **state)
{
	(void)state;
	static const struct {
		const char *program;
		enum stick_state state;
	} rows[] = { { "/bin/true", STICK_DONE }, { "/bin/false", STICK_FAILED },
		{ "/nowhere/incheckpaal", STICK_FAILED } };
	char place[] = "/tmp/incheckpaal-stick.XXXXXX";
	assert_non_null(mkdtemp(place));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct stick stick = { .copy.pipe_fd = -1 };
		const struct stick_command command = { rows[i].program, NULL, "/tmp", place, "" };
		stick_copy(&stick, &command, 0);
		assert_int_equal(stick.state, STICK_COPYING);
		while (!stick_tick(&stick, 1))
			usleep(1000);
		CHECK_ROW(rows[i].program, stick.state == rows[i].state);
	}
	struct stick slow = { .copy.pipe_fd = -1 };
	const struct stick_command yes = { "/usr/bin/yes", NULL, "/tmp", place, "" };
	stick_copy(&slow, &yes, 0);
	assert_false(stick_tick(&slow, 1000));
	assert_true(stick_tick(&slow, 11 * 60 * 1000));
	assert_int_equal(slow.state, STICK_FAILED);
	rmdir(place);
	struct stick gone = { .copy.pipe_fd = -1 };
	stick_copy(&gone, &yes, 0);
	assert_int_equal(gone.state, STICK_NONE);
}

int test_service(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_stays_a_minute_and_goes_home),
		cmocka_unit_test(a_tap_goes_before),
		cmocka_unit_test(every_control_is_there_and_tells_the_clerk),
		cmocka_unit_test(no_control_lies_in_the_upper_third),
		cmocka_unit_test(a_code_has_its_three_corners_and_refuses_a_novel),
		cmocka_unit_test(a_stick_is_found_by_its_place),
		cmocka_unit_test(a_copy_ends_well_or_says_why),
	};
	return cmocka_run_group_tests_name("service", tests, NULL, NULL);
}
