#include <string.h>

#include "check.h"
#include "face/motion.h"

static struct picture still, moving;

static void make_still(void)
{
	memset(&still, 0, sizeof still);
	still.width = 1280;
	still.height = 720;
	still.shapes[0] = (struct shape){ .kind = SHAPE_DISC,
		.group = GROUP_SIGN,
		.x = 1100,
		.y = 300,
		.radius = 100,
		.alpha = 255 };
	still.shapes[1] = (struct shape){ .kind = SHAPE_BOX,
		.group = GROUP_CARD,
		.x = 32,
		.y = 32,
		.w = 880,
		.h = 656,
		.alpha = 255 };
	still.shapes[2] = (struct shape){ .kind = SHAPE_TEXT,
		.group = GROUP_CARD,
		.x = 80,
		.y = 200,
		.w = 300,
		.size_px = 80,
		.alpha = 255 };
	still.shapes[3] = (struct shape){ .kind = SHAPE_TEXT,
		.group = GROUP_BOARD,
		.x = 80,
		.y = 300,
		.w = 300,
		.size_px = 24,
		.alpha = 255 };
	still.shape_count = 4;
}

static void after(enum motion motion, int elapsed_ms)
{
	moving = still;
	motion_apply(&moving, motion, elapsed_ms, false, COLOUR_OK);
}

static void motions_are_short_and_end_where_nothing_moved(void **state)
{
	(void)state;
	make_still();
	for (int motion = MOTION_NONE; motion < MOTION_COUNT; motion++) {
		const int length_ms = motion_length_ms((enum motion)motion);
		assert_true(length_ms < 250);
		after((enum motion)motion, length_ms);
		assert_int_equal(moving.shape_count, still.shape_count);
		assert_memory_equal(
			moving.shapes, still.shapes, still.shape_count * sizeof still.shapes[0]);
	}
}

static void the_first_frame_says_everything(void **state)
{
	(void)state;
	make_still();
	for (int motion = MOTION_NONE; motion < MOTION_COUNT; motion++) {
		int texts = 0;
		after((enum motion)motion, 0);
		for (size_t i = 0; i < moving.shape_count; i++)
			texts += moving.shapes[i].kind == SHAPE_TEXT &&
				 moving.shapes[i].alpha == 255;
		assert_int_equal(texts, 2);
	}
}

static void an_answer_comes_from_the_readers_side(void **state)
{
	(void)state;
	make_still();
	after(MOTION_ARRIVE, 0);
	assert_int_equal(moving.shapes[0].colour, COLOUR_PAPER);
	assert_true(moving.shapes[0].x == 0 && moving.shapes[0].w < 1000);
	assert_true(moving.shapes[1].radius < 100);
	assert_true(moving.shapes[2].y > 32 && moving.shapes[2].y <= 48);
	const float first = moving.shapes[0].w;
	after(MOTION_ARRIVE, 100);
	assert_true(moving.shapes[0].w < first / 2);
}

int test_motion(void);
int test_motion(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(motions_are_short_and_end_where_nothing_moved),
		cmocka_unit_test(the_first_frame_says_everything),
		cmocka_unit_test(an_answer_comes_from_the_readers_side),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
