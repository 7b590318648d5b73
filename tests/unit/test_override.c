#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "core/override.h"
#include "store/override.h"
#include "tests/unit/older.h"

int test_override(void);

static char directory[] = "/tmp/incheckpaal-override.XXXXXX", path[64];
static struct store *store, *other;
static struct config file;

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(directory))
		return -1;
	snprintf(path, sizeof path, "%s/a.db", directory);
	config_defaults(&file);
	return store_open(&store, path, STORE_WRITE) < 0 ||
	       store_open(&other, path, STORE_WRITE) < 0;
}

static int tear_down(void **state)
{
	char command[80];
	(void)state;
	store_close(store);
	store_close(other);
	snprintf(command, sizeof command, "rm -rf %s", directory);
	return system(command);
}

/* Every option, and the readers, say what the file says. */
static bool is_file(const struct config *config)
{
	for (size_t i = 0; i < config_option_count; i++) {
		const char *section = config_options[i].section, *name = config_options[i].name;
		char here[CONFIG_WORDS_SIZE] = "", there[CONFIG_WORDS_SIZE] = "";
		config_get(config, section, name, here, sizeof here);
		config_get(&file, section, name, there, sizeof there);
		if (strcmp(here, there) != 0)
			return false;
	}
	return config->reader_count == file.reader_count &&
	       strcmp(config->readers[0].connection, file.readers[0].connection) == 0;
}

static struct overrides of(const char *section, const char *name, const char *value)
{
	struct overrides all = { .count = 1 };
	snprintf(all.rows[0].section, OVERRIDE_WORD_SIZE, "%s", section);
	snprintf(all.rows[0].name, OVERRIDE_WORD_SIZE, "%s", name);
	snprintf(all.rows[0].value, CONFIG_NAME_SIZE, "%s", value);
	return all;
}

static void only_what_the_table_names_can_be_chosen(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *section, *name, *value;
		bool applied, changed;
	} rows[] = {
		{ "the mode", "kiosk", "mode", "choose", true, true },
		{ "the volume", "screen", "volume", "5", true, true },
		{ "a mode there is not", "kiosk", "mode", "sideways", false, false },
		{ "a volume over the limit", "screen", "volume", "101", false, false },
		{ "a room without its name", "kiosk", "mode", "room", false, false },
		{ "a name of two lines", "kiosk", "name", "Ingang\nwas", false, false },
		{ "a name with a delete", "kiosk", "name", "Ingang\x7F", false, false },
		{ "where the hub is", "sync", "hub", "host=thief", true, false },
		{ "a reader", "reader", "connection", "pn532_uart:/dev/null", true, false },
		{ "a name of another section", "screen", "name", "x", true, false },
		{ "nothing there is", "kiosk", "colour", "blue", true, false },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct config config = file;
		struct said fault = { 0 };
		const struct overrides all = of(rows[i].section, rows[i].name, rows[i].value);
		CHECK_ROW(rows[i].sentence,
			overrides_apply(&all, &config, &fault) == rows[i].applied);
		CHECK_ROW(rows[i].sentence, is_file(&config) == !rows[i].changed);
		CHECK_ROW(rows[i].sentence,
			(fault.words[LANGUAGE_EN][0] != '\0') == !rows[i].applied);
	}
}

static void every_option_of_the_table_exists_and_says_its_value(void **state)
{
	char value[CONFIG_NAME_SIZE], short_value[3];
	(void)state;
	for (size_t i = 0; i < OVERRIDABLE_COUNT; i++) {
		struct config config = file;
		struct said fault;
		const struct overridable *row = &overridables[i];
		CHECK_ROW(
			row->name, config_get(&file, row->section, row->name, value, sizeof value));
		CHECK_ROW(row->name, config_set(&config, row->section, row->name, value, &fault) &&
					     is_file(&config));
	}
	assert_false(config_get(&file, "reader", "tty", value, sizeof value));
	assert_false(config_get(&file, "kiosk", "colour", value, sizeof value));
	assert_false(config_get(&file, "kiosk", "mode", short_value, sizeof short_value));
	struct overrides all = of("kiosk", "tap_out", "no");
	assert_false(override_differs(&all.rows[0], &file));
	all = of("kiosk", "tap_out", "yes");
	assert_true(override_differs(&all.rows[0], &file));
	all = of("kiosk", "colour", "blue");
	assert_true(override_differs(&all.rows[0], &file));
	assert_null(overrides_find(&all, "kiosk", "mode"));
	assert_null(overrides_find(&all, "screen", "colour"));
	assert_ptr_equal(overrides_find(&all, "kiosk", "colour"), &all.rows[0]);
}

static void a_part_that_does_not_hold_leaves_the_others(void **state)
{
	(void)state;
	struct config config = file;
	struct said fault = { 0 };
	struct overrides all = of("screen", "theme", "sepia");
	all.rows[1] = of("screen", "volume", "5").rows[0];
	all.rows[2] = of("privacy", "keep_names_days", "365").rows[0];
	all.rows[3] = of("kiosk", "mode", "choose").rows[0];
	all.count = 4;
	assert_false(overrides_apply(&all, &config, &fault));
	assert_non_null(strstr(fault.words[LANGUAGE_EN], "theme"));
	assert_int_equal(config.screen.volume, file.screen.volume);
	assert_int_equal(config.privacy.keep_names_days, 365);
	assert_int_equal(config.kiosk.mode, MODE_CHOOSE);
}

static void what_another_connection_chose_holds_at_the_next_look(void **state)
{
	struct options options;
	(void)state;
	options_init(&options, &file);
	assert_int_equal(options_refresh(&options, store, false), 0);
	assert_int_equal(override_put(other, "kiosk", "tap_out", "yes", OVERRIDE_BY_PAGE, 1), 0);
	assert_int_equal(options_refresh(&options, store, false), 1);
	assert_true(options.now.kiosk.tap_out);
	assert_int_equal(options_refresh(&options, store, false), 0);
	assert_int_equal(options_refresh(&options, store, true), 0);

	/* Of two that do not fit together neither holds, and it is said. */
	assert_int_equal(override_put(other, "kiosk", "mode", "room", OVERRIDE_BY_PAGE, 1), 0);
	assert_int_equal(options_refresh(&options, store, false), 1);
	assert_false(options.now.kiosk.tap_out);
	assert_non_null(strstr(options.fault.words[LANGUAGE_EN], "needs the name of the room"));
	assert_int_equal(override_put(other, "kiosk", "room", "Zaal", OVERRIDE_BY_PAGE, 1), 0);
	assert_int_equal(options_refresh(&options, store, false), 1);
	assert_true(options.now.kiosk.tap_out && options.now.kiosk.mode == MODE_ROOM);
	assert_string_equal(options.fault.words[LANGUAGE_EN], "");

	/* What does not belong in the table takes no place there. */
	for (int i = 0; i < 2 * OVERRIDABLE_COUNT; i++) {
		char name[16];
		snprintf(name, sizeof name, "a%d", i);
		assert_int_equal(override_put(other, "kiosk", name, "x", OVERRIDE_BY_PAGE, 1), 0);
	}
	assert_int_equal(options_refresh(&options, store, false), 0);
	assert_int_equal(options.chosen.count, 3);

	assert_int_equal(override_drop(other, "kiosk", "mode"), 0);
	assert_int_equal(override_drop(other, "kiosk", "room"), 0);
	assert_int_equal(override_drop(other, "kiosk", "tap_out"), 0);
	assert_int_equal(options_refresh(&options, store, false), 1);
	assert_true(is_file(&options.now));
}

/* The kiosk kept it as a setting before options could be chosen. */
static void an_older_log_keeps_its_volume(void **state)
{
	char older_path[80];
	struct overrides chosen;
	struct store *old;

	(void)state;
	snprintf(older_path, sizeof older_path, "%s/old.db", directory);
	older_file(older_path, 13,
		"INSERT INTO kiosk_setting VALUES ('volume', 30), ('volume-option', 70)");
	assert_int_equal(store_open(&old, older_path, STORE_READ), 0);
	assert_int_equal(override_load(old, &chosen), 0);
	store_close(old);
	assert_int_equal(chosen.count, 1);
	assert_string_equal(chosen.rows[0].name, "volume");
	assert_string_equal(chosen.rows[0].value, "30");
	assert_string_equal(chosen.rows[0].origin, OVERRIDE_BY_KIOSK);
}

int test_override(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_the_table_names_can_be_chosen),
		cmocka_unit_test(every_option_of_the_table_exists_and_says_its_value),
		cmocka_unit_test(a_part_that_does_not_hold_leaves_the_others),
		cmocka_unit_test(what_another_connection_chose_holds_at_the_next_look),
		cmocka_unit_test(an_older_log_keeps_its_volume),
	};
	return cmocka_run_group_tests_name("override", tests, set_up, tear_down);
}
