/* The one-time code on a real file, two connections as in life: the kiosk draws, the page checks.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/seal.h"
#include "check.h"
#include "store/access_code.h"
#include "store/organiser_badge.h"

int test_access_code(void);

struct world {
	char directory[64], path[96];
	struct store *kiosk, *page;
	struct moment now;
};

static int set_up(void **state)
{
	static struct world world;
	world = (struct world){ .now = { .mono_ms = 50000, .boot.bytes = { 7 } } };
	strcpy(world.directory, "/tmp/incheckpaal-code.XXXXXX");
	seal_start();
	if (!mkdtemp(world.directory))
		return -1;
	snprintf(world.path, sizeof world.path, "%s/" STORE_FILE_NAME, world.directory);
	*state = &world;
	return store_open(&world.kiosk, world.path, STORE_KIOSK) < 0 ||
	       store_open(&world.page, world.path, STORE_WRITE) < 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	char command[128];
	store_close(world->page);
	store_close(world->kiosk);
	snprintf(command, sizeof command, "rm -r %s", world->directory);
	return system(command);
}

static bool granted(struct world *world, const char *typed, enum access_state after)
{
	bool yes;
	struct access_status status;
	assert_int_equal(access_code_try(world->page, &world->now, typed, &yes, &status), 0);
	assert_int_equal(status.state, after);
	return yes;
}

static enum access_state state_of(struct world *world)
{
	struct access_status status;
	assert_int_equal(access_code_status(world->kiosk, &world->now, &status), 0);
	return status.state;
}

static void draws_eight_clear_letters(void **state)
{
	struct world *world = *state;
	char code[ACCESS_CODE_SIZE], before[ACCESS_CODE_SIZE] = "";
	for (int i = 0; i < 100; i++) {
		assert_int_equal(access_code_draw(world->kiosk, &world->now, code), 0);
		assert_int_equal(strspn(code, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"), 4);
		assert_int_equal(code[4], '-');
		assert_int_equal(strspn(code + 5, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"), 4);
		assert_string_not_equal(code, before);
		strcpy(before, code);
	}
}

static void works_once_however_it_is_typed(void **state)
{
	struct world *world = *state;
	char code[ACCESS_CODE_SIZE], typed[32];
	assert_int_equal(state_of(world), ACCESS_NONE);
	assert_false(granted(world, "K7M4-PX9D", ACCESS_NONE));
	for (int way = 0; way < 3; way++) {
		access_code_draw(world->kiosk, &world->now, code);
		snprintf(typed, sizeof typed, way == 1 ? " %.4s %s " : "%.4s%s", code, code + 5);
		for (char *letter = typed; way == 2 && *letter; letter++)
			*letter = (char)tolower((unsigned char)*letter);
		assert_int_equal(state_of(world), ACCESS_LIVE);
		assert_true(granted(world, typed, ACCESS_USED));
		assert_int_equal(state_of(world), ACCESS_USED);
		assert_false(granted(world, code, ACCESS_USED));
	}
}

static void dies_at_the_fifth_wrong_try(void **state)
{
	static const char *const wrong[] = { "", "K7M4", "K7M4-PX9D-", "0000-0000", "K7M4PX9DK" };
	struct world *world = *state;
	char code[ACCESS_CODE_SIZE], old[ACCESS_CODE_SIZE];
	access_code_draw(world->kiosk, &world->now, code);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(granted(world, wrong[i], i < 4 ? ACCESS_LIVE : ACCESS_EXHAUSTED));
	assert_false(granted(world, code, ACCESS_EXHAUSTED));
	assert_int_equal(state_of(world), ACCESS_EXHAUSTED);
	strcpy(old, code);
	access_code_draw(world->kiosk, &world->now, code);
	assert_false(granted(world, old, ACCESS_LIVE));
	assert_true(granted(world, code, ACCESS_USED));
}

static void lives_ten_minutes_of_one_boot(void **state)
{
	struct world *world = *state;
	char code[ACCESS_CODE_SIZE];
	struct access_status status;
	access_code_draw(world->kiosk, &world->now, code);
	world->now.mono_ms += ACCESS_CODE_MS - 1;
	access_code_status(world->kiosk, &world->now, &status);
	assert_int_equal(status.left_ms, 1);
	assert_int_equal(status.tries_left, ACCESS_CODE_TRIES);
	world->now.mono_ms++;
	assert_false(granted(world, code, ACCESS_EXPIRED));

	access_code_draw(world->kiosk, &world->now, code);
	world->now.wall_ms += 365LL * 86400000; /* somebody sets the clock: no matter */
	assert_int_equal(state_of(world), ACCESS_LIVE);
	world->now.boot.bytes[0]++;
	assert_false(granted(world, code, ACCESS_EXPIRED));
}

static void is_not_in_the_file(void **state)
{
	struct world *world = *state;
	char code[ACCESS_CODE_SIZE], wal[128], bare[9];
	access_code_draw(world->kiosk, &world->now, code);
	snprintf(bare, sizeof bare, "%.4s%.4s", code, code + 5);
	snprintf(wal, sizeof wal, "%s-wal", world->path);
	const char *const paths[] = { world->path, wal };
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		struct bytes bytes = { 0 };
		assert_int_equal(file_read_all(&bytes, paths[i], 1 << 24), 0);
		assert_null(memmem(bytes.data, bytes.length, bare, 8));
		assert_null(memmem(bytes.data, bytes.length, code, 9));
		bytes_free(&bytes);
	}
}

static void organisers_badges_open_until_they_are_blocked(void **state)
{
	struct world *world = *state;
	const struct badge_key key = { { 1 } }, other = { { 2 } };
	assert_int_equal(organiser_badge_opens(world->kiosk, &key), 0);
	assert_int_equal(organiser_badge_add(world->page, &key, 1), 0);
	assert_int_equal(organiser_badge_add(world->page, &key, 2), 0);
	assert_int_equal(organiser_badge_opens(world->kiosk, &key), 1);
	assert_int_equal(organiser_badge_opens(world->kiosk, &other), 0);
}

int test_access_code(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(draws_eight_clear_letters, set_up, tear_down),
		cmocka_unit_test_setup_teardown(works_once_however_it_is_typed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dies_at_the_fifth_wrong_try, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lives_ten_minutes_of_one_boot, set_up, tear_down),
		cmocka_unit_test_setup_teardown(is_not_in_the_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			organisers_badges_open_until_they_are_blocked, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("access_code", tests, NULL, NULL);
}
