#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <errno.h>

#include "base/file.h"
#include "base/seal.h"

int test_seal(void);

static void a_badges_key_depends_on_the_venue_and_the_identity_alone(void **state)
{
	(void)state;
	const struct venue_key here = { { 1 } }, there = { { 2 } };
	struct identity ada, bram;
	assert_true(identity_from_text(&ada, "04A1B2C3D4E501"));
	assert_true(identity_from_text(&bram, "04A1B2C3D4E502"));
	struct badge_key once, again, other, elsewhere;
	seal_badge(&once, &here, &ada);
	seal_badge(&again, &here, &ada);
	seal_badge(&other, &here, &bram);
	seal_badge(&elsewhere, &there, &ada);
	assert_true(badge_key_equal(&once, &again));
	assert_false(badge_key_equal(&once, &other));
	assert_false(badge_key_equal(&once, &elsewhere));
}

static void a_person_is_found_again_by_kiosks_of_the_venue_alone(void **state)
{
	(void)state;
	const struct venue_key here = { { 1 } }, there = { { 2 } };
	struct badge_key once, again, other, elsewhere;
	seal_person(&once, &here, "4f8aa1d0");
	seal_person(&again, &here, "4f8aa1d0");
	seal_person(&other, &here, "4f8aa1d1");
	seal_person(&elsewhere, &there, "4f8aa1d0");
	assert_true(badge_key_equal(&once, &again));
	assert_false(badge_key_equal(&once, &other));
	assert_false(badge_key_equal(&once, &elsewhere));
}

static void a_digest_is_found_again_by_kiosks_of_the_venue_alone(void **state)
{
	(void)state;
	const struct venue_key here = { { 1 } }, there = { { 2 } };
	const uint8_t digest[DIGEST_BYTES] = { 7 };
	uint8_t once[DIGEST_BYTES], again[DIGEST_BYTES], elsewhere[DIGEST_BYTES];
	seal_digest(once, &here, digest);
	seal_digest(again, &here, digest);
	seal_digest(elsewhere, &there, digest);
	assert_memory_equal(once, again, sizeof once);
	assert_memory_not_equal(once, digest, sizeof once);
	assert_memory_not_equal(once, elsewhere, sizeof once);
}

static void a_tokens_mac_holds_for_its_token_and_venue_alone(void **state)
{
	(void)state;
	const struct venue_key here = { { 1 } }, there = { { 2 } };
	struct identity token;
	assert_true(identity_from_token(&token, (const uint8_t *)"0123456789abcdef", 16, false));
	uint8_t mac[REPORT_MAC_BYTES];
	seal_token_mac(&here, &token, mac);
	assert_true(seal_token_mac_holds(&here, &token, mac));
	assert_false(seal_token_mac_holds(&there, &token, mac));
	token.bytes[3] ^= 1;
	assert_false(seal_token_mac_holds(&here, &token, mac));
}

static void the_venue_key_is_drawn_once_for_its_owner_alone(void **state)
{
	(void)state;
	char directory[] = "/tmp/incheckpaal-unit.XXXXXX", path[64];
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof path, "%s/" VENUE_KEY_FILE, directory);
	struct venue_key first, second;
	assert_int_equal(venue_key_load(&first, directory, false), -ENOENT);
	assert_int_equal(venue_key_load(&first, directory, true), 0);
	assert_int_equal(venue_key_load(&second, directory, true), 0);
	assert_memory_equal(&first, &second, sizeof first);
	struct stat file;
	assert_int_equal(stat(path, &file), 0);
	assert_int_equal(file.st_mode & 0777, 0640);

	assert_int_equal(file_write_whole(path, "short", 5, 0600), 0);
	assert_int_equal(venue_key_load(&second, directory, true), -EINVAL);
	unlink(path);
	rmdir(directory);
}

static void words_stand_for_one_key_however_they_are_written(void **state)
{
	(void)state;
	static const char *const alike[] = { "Vier gewone  Woorden op rij",
		"VIER GEWONE WOORDEN OP RIJ", "vier géwone woorden op rij" };
	struct venue_key first, other;
	assert_int_equal(venue_key_of_words(&first, "vier gewone woorden op rij"), 0);
	for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++) {
		assert_int_equal(venue_key_of_words(&other, alike[i]), 0);
		assert_memory_equal(&first, &other, sizeof first);
	}
	assert_int_equal(venue_key_of_words(&other, "vijf gewone woorden op rij"), 0);
	assert_memory_not_equal(&first, &other, sizeof first);
	assert_int_equal(venue_key_of_words(&other, "te kort"), -EINVAL);
	/* Kiosks that were set up by an older version must go on to agree. */
	char print[VENUE_PRINT_SIZE];
	venue_key_print(&first, print);
	assert_string_equal(print, "b483376d949f20b6");
}

static void names_give_the_same_id_everywhere_and_draws_never(void **state)
{
	(void)state;
	char once[UUID_TEXT_SIZE], again[UUID_TEXT_SIZE], other[UUID_TEXT_SIZE];
	uuid_of_name(once, "session", "opening");
	uuid_of_name(again, "session", "opening");
	uuid_of_name(other, "event", "opening");
	assert_string_equal(once, again);
	assert_string_not_equal(once, other);
	assert_int_equal(once[14], '5');

	uuid_draw(once, 1764000000000);
	uuid_draw(again, 1764000000000);
	assert_string_not_equal(once, again);
	assert_int_equal(once[14], '7');
	assert_memory_equal(once, again, 13); /* the time leads, so that ids sort by it */
}

static int start(void **state)
{
	(void)state;
	return seal_start();
}

int test_seal(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_badges_key_depends_on_the_venue_and_the_identity_alone),
		cmocka_unit_test(a_person_is_found_again_by_kiosks_of_the_venue_alone),
		cmocka_unit_test(a_digest_is_found_again_by_kiosks_of_the_venue_alone),
		cmocka_unit_test(a_tokens_mac_holds_for_its_token_and_venue_alone),
		cmocka_unit_test(the_venue_key_is_drawn_once_for_its_owner_alone),
		cmocka_unit_test(words_stand_for_one_key_however_they_are_written),
		cmocka_unit_test(names_give_the_same_id_everywhere_and_draws_never),
	};
	return cmocka_run_group_tests_name("seal", tests, start, NULL);
}
