#include "tests/unit/check.h"

#include <stdio.h>
#include <string.h>

#include "core/config.h"

int test_config(void);

static bool set(struct config *config, const char *section, const char *name, const char *value)
{
	struct said fault;
	return config_set(config, section, name, value, &fault);
}

static void defaults_are_those_of_the_table(void **state)
{
	(void)state;
	struct config config;
	config_defaults(&config);
	assert_string_equal(config.kiosk.name, "Incheckpaal");
	assert_int_equal(config.kiosk.mode, MODE_ENTRANCE);
	assert_int_equal(config.kiosk.language, LANGUAGE_NL);
	assert_int_equal(config.kiosk.help, HELP_DESK);
	assert_int_equal(config.kiosk.sessions, CALLED_SESSIONS);
	assert_int_equal(config.kiosk.early_min, 20);
	assert_int_equal(config.kiosk.guard_s, 120);
	assert_int_equal(config.kiosk.goal, 15);
	assert_false(config.kiosk.tap_out || config.kiosk.overfull);
	assert_string_equal(config.kiosk.room, "");
	assert_string_equal(config.kiosk.event, "");
	assert_int_equal(config.reader_count, 1);
	assert_string_equal(config.readers[0].name, "");
	assert_string_equal(config.readers[0].connection, "auto");
	assert_string_equal(config.readers[0].tty, "/dev/serial0");
	assert_true(config.readers[0].ndef && config.readers[0].felica && !config.readers[0].given);
	assert_int_equal(config.screen.theme, THEME_LIGHT);
	assert_int_equal(config.screen.reader_side, SIDE_AUTO);
	assert_true(config.screen.fullscreen && config.screen.motion && !config.screen.small);
	assert_int_equal(config.screen.rotate, 0);
	assert_int_equal(config.web.port, 443);
	assert_int_equal(config.privacy.keep_names_days, 28);
	struct said fault;
	assert_true(config_check(&config, &fault));
}

/* Values that differ from every default, each at its own place. */
static const struct {
	const char *section, *name, *value;
} values[] = {
	{ "kiosk", "name", "Zuid" },
	{ "kiosk", "mode", "choose" },
	{ "kiosk", "tap_out", "yes" },
	{ "kiosk", "room", "Zaal 2" },
	{ "kiosk", "language", "en" },
	{ "kiosk", "event", "xp-2026" },
	{ "kiosk", "help", "host" },
	{ "kiosk", "sessions", "ateliers" },
	{ "kiosk", "early_min", "30" },
	{ "kiosk", "guard_s", "60" },
	{ "kiosk", "leave_min", "45" },
	{ "kiosk", "goal", "20" },
	{ "kiosk", "overfull", "ja" },
	{ "reader", "connection", "pn532_uart:/dev/ttyAMA0:115200" },
	{ "reader", "tty", "/dev/ttyAMA0" },
	{ "reader", "reset_gpio", "/sys/gpio" },
	{ "reader", "ndef", "no" },
	{ "reader", "felica", "nee" },
	{ "screen", "theme", "clock" },
	{ "screen", "reader_side", "behind" },
	{ "screen", "fullscreen", "off" },
	{ "screen", "rotate", "270" },
	{ "screen", "volume", "33" },
	{ "screen", "width", "800" },
	{ "screen", "height", "480" },
	{ "screen", "small", "on" },
	{ "screen", "touch", "no" },
	{ "screen", "motion", "false" },
	{ "screen", "led", "incheckpaal:light" },
	{ "storage", "journal_copy", "/media/usb/taps" },
	{ "storage", "stick", "PAAL" },
	{ "web", "listen", "127.0.0.1" },
	{ "web", "port", "8443" },
	{ "web", "plain_port", "8080" },
	{ "web", "tls_cert", "/etc/cert" },
	{ "web", "tls_key", "/etc/key" },
	{ "sync", "hub", "host=hub" },
	{ "privacy", "keep_names_days", "7" },
	{ "privacy", "controller", "Perron038, Zwolle" },
	{ "privacy", "contact", "privacy@voorbeeld.example" },
	{ "participation", "least", "3" },
	{ "participation", "unit", "sessions" },
	{ "participation", "floor", "10" },
};

static void every_option_reaches_its_own_field(void **state)
{
	(void)state;
	struct config config;
	config_defaults(&config);
	assert_int_equal(COUNT_OF(values), config_option_count);
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		assert_string_equal(values[i].section, config_options[i].section);
		assert_string_equal(values[i].name, config_options[i].name);
		CHECK_ROW(values[i].name,
			set(&config, values[i].section, values[i].name, values[i].value));
		char said[CONFIG_WORDS_SIZE] = "";
		const bool of_reader = strcmp(values[i].section, "reader") == 0;
		CHECK_ROW(values[i].name, config_get(&config, values[i].section, values[i].name,
						  said, sizeof said) == !of_reader);
		/* What it says is the same again, be it in another word. */
		CHECK_ROW(values[i].name, of_reader || (said[0] && set(&config, values[i].section,
									   values[i].name, said)));
	}
	assert_string_equal(config.kiosk.name, "Zuid");
	assert_int_equal(config.kiosk.mode, MODE_CHOOSE);
	assert_true(config.kiosk.tap_out);
	assert_string_equal(config.kiosk.room, "Zaal 2");
	assert_int_equal(config.kiosk.language, LANGUAGE_EN);
	assert_string_equal(config.kiosk.event, "xp-2026");
	assert_int_equal(config.kiosk.help, HELP_HOST);
	assert_int_equal(config.kiosk.sessions, CALLED_ATELIERS);
	assert_int_equal(config.kiosk.early_min, 30);
	assert_int_equal(config.kiosk.guard_s, 60);
	assert_int_equal(config.kiosk.leave_min, 45);
	assert_int_equal(config.kiosk.goal, 20);
	assert_true(config.kiosk.overfull);
	assert_string_equal(config.readers[0].connection, "pn532_uart:/dev/ttyAMA0:115200");
	assert_string_equal(config.readers[0].tty, "/dev/ttyAMA0");
	assert_string_equal(config.readers[0].reset_gpio, "/sys/gpio");
	assert_false(config.readers[0].ndef || config.readers[0].felica);
	assert_int_equal(config.screen.theme, THEME_CLOCK);
	assert_int_equal(config.screen.reader_side, SIDE_BEHIND);
	assert_string_equal(reader_side_name(SIDE_BEHIND), "behind");
	assert_false(config.screen.fullscreen);
	assert_int_equal(config.screen.rotate, 270);
	assert_int_equal(config.screen.volume, 33);
	assert_int_equal(config.screen.width, 800);
	assert_int_equal(config.screen.height, 480);
	assert_true(config.screen.small);
	assert_int_equal(config.screen.touch, TOUCH_NO);
	assert_false(config.screen.motion);
	assert_string_equal(config.storage.journal_copy, "/media/usb/taps");
	assert_string_equal(config.web.listen, "127.0.0.1");
	assert_int_equal(config.web.port, 8443);
	assert_int_equal(config.web.plain_port, 8080);
	assert_string_equal(config.web.tls_cert, "/etc/cert");
	assert_string_equal(config.web.tls_key, "/etc/key");
	assert_string_equal(config.sync.hub, "host=hub");
	assert_int_equal(config.privacy.keep_names_days, 7);
	assert_int_equal(config.participation.least, 3);
	assert_int_equal(config.participation.unit, 1);
	assert_int_equal(config.participation.floor, 10);
	assert_string_equal(config.privacy.controller, "Perron038, Zwolle");
	assert_string_equal(config.privacy.contact, "privacy@voorbeeld.example");
}

/* Tries @words, a list such as "entrance, room or choose" @joined by "or ", one after the other. */
static void try_choices(const struct option *option, const char *words, const char *joined)
{
	struct config config;
	config_defaults(&config);
	while (*words) {
		char value[32];
		const size_t length = strcspn(words, ", ");
		snprintf(value, sizeof value, "%.*s", (int)length, words);
		words += length + strspn(words + length, ", ");
		words += strncmp(words, joined, 3) == 0 ? 3 : 0;
		CHECK_ROW(option->name, set(&config, option->section, option->name, value));
	}
}

static void what_is_said_to_be_allowed_is_allowed(void **state)
{
	(void)state;
	for (size_t i = 0; i < config_option_count; i++) {
		const struct option *option = &config_options[i];
		struct config config;
		char dutch[32];
		int least, most, digits = 0;
		config_defaults(&config);
		CHECK_ROW(option->name, option->help[0] && option->allowed[LANGUAGE_EN][0] &&
						option->allowed[LANGUAGE_NL][0]);
		CHECK_ROW(option->name,
			set(&config, option->section, option->name, option->fallback));
		const char *allowed = option->allowed[LANGUAGE_EN];
		if (sscanf(allowed, "%d to %d%n", &least, &most, &digits) == 2 && digits > 0) {
			for (int edge = 0; edge < 4; edge++) {
				char value[16];
				const int number =
					(edge < 2 ? least : most) + (edge & 1 ? edge - 2 : 0);
				snprintf(value, sizeof value, "%d", number);
				CHECK_ROW(option->name,
					set(&config, option->section, option->name, value) ==
						(number >= least && number <= most));
			}
			snprintf(dutch, sizeof dutch, "%d tot %d", least, most);
			assert_string_equal(option->allowed[LANGUAGE_NL], dutch);
		} else if (strstr(allowed, " or ") && !strstr(allowed, "a ")) {
			try_choices(option, allowed, "or ");
			try_choices(option, option->allowed[LANGUAGE_NL], "of ");
			CHECK_ROW(option->name,
				!set(&config, option->section, option->name, "perhaps"));
		}
	}
}

static void switches_are_said_in_many_ways(void **state)
{
	(void)state;
	static const struct {
		const char *word;
		bool accepted, value;
	} rows[] = { { "yes", true, true }, { "TRUE", true, true }, { "On", true, true },
		{ "1", true, true }, { "ja", true, true }, { "no", true, false },
		{ "False", true, false }, { "OFF", true, false }, { "0", true, false },
		{ "Nee", true, false }, { "", false, false }, { "2", false, false },
		{ "yes please", false, false } };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct config config;
		config_defaults(&config);
		config.kiosk.tap_out = !rows[i].value;
		CHECK_ROW(rows[i].word,
			set(&config, "kiosk", "tap_out", rows[i].word) == rows[i].accepted);
		CHECK_ROW(
			rows[i].word, config.kiosk.tap_out ==
					      (rows[i].accepted ? rows[i].value : !rows[i].value));
	}
}

static const struct {
	const char *section, *name, *value, *words;
} slips[] = {
	{ "kiosk", "mode", "exit",
		"mode: \"exit\" is not allowed; allowed is entrance, room or choose" },
	{ "web", "port", "0", "port: \"0\" is not allowed; allowed is 1 to 65535" },
	{ "web", "port", "443x", "port: \"443x\" is not allowed; allowed is 1 to 65535" },
	{ "web", "port", "", "port: \"\" is not allowed; allowed is 1 to 65535" },
	{ "web", "port", "99999999999999999999",
		"port: \"99999999999999999999\" is not allowed; allowed is 1 to 65535" },
	{ "screen", "rotate", "45", "rotate: \"45\" is not allowed; allowed is 0, 90, 180 or 270" },
	{ "kiosk", "name", "", "name: \"\" is not allowed; allowed is a text of 1 to 63 bytes" },
	{ "kiosk", "room", "\xFF",
		"room: \"\xEF\xBF\xBD\" is not allowed; allowed is a text of at most 63 "
		"bytes" },
	{ "kiosk", "tapout", "yes",
		"[kiosk] has no option \"tapout\"; the nearest is \"tap_out\"" },
	{ "kiosk", "langauge", "nl",
		"[kiosk] has no option \"langauge\"; the nearest is \"language\"" },
	{ "screen", "side", "left", "[screen] has no option \"side\"; the nearest is \"width\"" },
	{ "reader:links", "Connection", "auto",
		"[reader:links] has no option \"Connection\"; the nearest is "
		"\"connection\"" },
	{ "kiosk", "guards", "9", "[kiosk] has no option \"guards\"; the nearest is \"guard_s\"" },
	{ "screen", "smal", "9", "[screen] has no option \"smal\"; the nearest is \"small\"" },
	{ "reader", "t", "9", "[reader] has no option \"t\"; the nearest is \"tty\"" },
	{ "web", "name", "x", "[web] has no option \"name\"; it belongs in [kiosk]" },
	{ "kiosk", "port", "443", "[kiosk] has no option \"port\"; it belongs in [web]" },
	{ "kisok", "name", "x",
		"there is no section [kisok]; allowed are reader:NAME, kiosk, reader, "
		"screen, "
		"storage, web, sync, privacy, participation" },
	{ "reader:", "ndef", "yes",
		"there is no section [reader:]; allowed are reader:NAME, kiosk, reader, "
		"screen, "
		"storage, web, sync, privacy, participation" },
	{ "", "name", "x",
		"there is no section []; allowed are reader:NAME, kiosk, reader, screen, "
		"storage, web, sync, privacy, participation" },
};

static void what_is_wrong_is_said_with_what_is_allowed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(slips); i++) {
		struct config config, before;
		struct said fault;
		memset(&config, 0, sizeof config);
		config_defaults(&config);
		memcpy(&before, &config, sizeof before);
		CHECK_ROW(slips[i].words, !config_set(&config, slips[i].section, slips[i].name,
						  slips[i].value, &fault));
		if (strcmp(fault.words[LANGUAGE_EN], slips[i].words) != 0)
			fail_msg("said \"%s\" instead of \"%s\"", fault.words[LANGUAGE_EN],
				slips[i].words);
		assert_memory_equal(&before, &config, sizeof before);
	}
}

static void the_same_is_said_in_dutch(void **state)
{
	(void)state;
	static const struct {
		const char *section, *name, *value, *words;
	} rows[] = {
		{ "kiosk", "mode", "exit",
			"mode: \"exit\" mag niet; toegestaan is entrance, room of choose" },
		{ "reader", "t", "9",
			"[reader] heeft geen optie \"t\"; het meest lijkt \"tty\" erop" },
		{ "web", "name", "x", "[web] heeft geen optie \"name\"; die hoort in [kiosk]" },
		{ "kisok", "name", "x",
			"er is geen onderdeel [kisok]; toegestaan zijn reader:NAAM, kiosk, reader, "
			"screen, storage, web, sync, privacy, participation" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct config config;
		struct said fault;
		config_defaults(&config);
		assert_false(
			config_set(&config, rows[i].section, rows[i].name, rows[i].value, &fault));
		assert_string_equal(fault.words[LANGUAGE_NL], rows[i].words);
	}
}

static void long_texts_never_overrun(void **state)
{
	(void)state;
	char text[1024];
	for (size_t length = 0; length < sizeof text - 1; length += 31) {
		struct config config;
		struct said fault;
		memset(text, 'x', length);
		text[length] = '\0';
		config_defaults(&config);
		assert_int_equal(set(&config, "kiosk", "room", text), length < CONFIG_NAME_SIZE);
		assert_int_equal(set(&config, "sync", "hub", text), length < CONFIG_WORDS_SIZE);
		assert_false(config_set(&config, "kiosk", text, text, &fault));
		assert_true(strlen(fault.words[LANGUAGE_EN]) < SAID_SIZE);
		assert_false(config_set(&config, text, text, text, &fault));
		assert_true(strlen(fault.words[LANGUAGE_EN]) < SAID_SIZE);
		memcpy(text, "reader:", length < 7 ? length : 7);
		const bool fits = length > 7 && length - 7 < CONFIG_NAME_SIZE;
		assert_int_equal(set(&config, text, "ndef", "yes"), fits);
	}
}

static void readers_are_told_apart_by_name(void **state)
{
	(void)state;
	struct config config;
	struct said fault;
	config_defaults(&config);
	assert_true(set(&config, "reader:left", "ndef", "no"));
	assert_int_equal(config.reader_count, 1);
	assert_string_equal(config.readers[0].name, "left");
	assert_true(config.readers[0].given);
	assert_true(set(&config, "reader:right", "connection", "auto"));
	assert_true(set(&config, "reader:left", "felica", "no"));
	assert_int_equal(config.reader_count, 2);
	assert_string_equal(config.readers[1].name, "right");
	assert_true(config.readers[1].ndef && config.readers[1].felica);
	assert_false(config.readers[0].ndef || config.readers[0].felica);
	assert_true(set(&config, "reader", "connection", "auto"));
	assert_false(set(&config, "reader:wrong", "ndef", "perhaps"));
	assert_int_equal(config.reader_count, 3);
	assert_true(set(&config, "reader:four", "ndef", "yes"));
	assert_false(config_set(&config, "reader:five", "ndef", "yes", &fault));
	assert_string_equal(
		fault.words[LANGUAGE_EN], "[reader:five] is one reader too many; allowed are 4");
	assert_string_equal(fault.words[LANGUAGE_NL],
		"[reader:five] is een lezer te veel; toegestaan zijn er 4");
	assert_int_equal(config.reader_count, CONFIG_READERS_MAX);
}

static void a_reader_with_default_values_is_still_given(void **state)
{
	(void)state;
	struct config config;
	config_defaults(&config);
	assert_true(set(&config, "reader", "connection", "auto"));
	assert_true(set(&config, "reader:two", "connection", "auto"));
	assert_int_equal(config.reader_count, 2);
}

static void what_belongs_together_is_checked_together(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *section, *name, *value, *other, *other_value;
		const char *holds; /* "" when all is well */
	} rows[] = {
		{ "a room needs its name", "kiosk", "mode", "room", NULL, NULL, "room: " },
		{ "a room with its name", "kiosk", "mode", "room", "room", "A", "" },
		{ "a certificate alone", "web", "tls_cert", "/c", NULL, NULL, "tls_key" },
		{ "a key alone", "web", "tls_key", "/k", NULL, NULL, "tls_cert" },
		{ "both", "web", "tls_cert", "/c", "tls_key", "/k", "" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct config config;
		struct said fault = { 0 };
		config_defaults(&config);
		assert_true(set(&config, rows[i].section, rows[i].name, rows[i].value));
		if (rows[i].other)
			assert_true(
				set(&config, rows[i].section, rows[i].other, rows[i].other_value));
		const bool holds = rows[i].holds[0] == '\0';
		CHECK_ROW(rows[i].sentence, config_check(&config, &fault) == holds);
		CHECK_ROW(rows[i].sentence, strstr(fault.words[LANGUAGE_EN], rows[i].holds));
	}
}

static void two_readers_do_not_share_a_device(void **state)
{
	(void)state;
	struct config config;
	struct said fault;
	config_defaults(&config);
	assert_true(set(&config, "reader:a", "connection", "auto"));
	assert_true(set(&config, "reader:b", "connection", "auto"));
	assert_true(set(&config, "reader:c", "connection", "pn532_uart:/dev/ttyUSB0"));
	assert_true(config_check(&config, &fault));
	assert_true(set(&config, "reader:a", "connection", "pn532_uart:/dev/ttyUSB2"));
	assert_true(set(&config, "reader:b", "connection", "pn532_uart:/dev/ttyUSB2"));
	assert_false(config_check(&config, &fault));
	assert_true(set(&config, "reader:b", "connection", "auto"));
	assert_true(set(&config, "reader:d", "connection", "pn532_uart:/dev/ttyUSB1"));
	assert_true(config_check(&config, &fault));
	assert_true(set(&config, "reader:d", "connection", "pn532_uart:/dev/ttyUSB0"));
	assert_false(config_check(&config, &fault));
	assert_non_null(strstr(fault.words[LANGUAGE_EN], "two readers"));
	assert_non_null(strstr(fault.words[LANGUAGE_NL], "twee lezers"));
}

int test_config(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_those_of_the_table),
		cmocka_unit_test(every_option_reaches_its_own_field),
		cmocka_unit_test(what_is_said_to_be_allowed_is_allowed),
		cmocka_unit_test(switches_are_said_in_many_ways),
		cmocka_unit_test(what_is_wrong_is_said_with_what_is_allowed),
		cmocka_unit_test(the_same_is_said_in_dutch),
		cmocka_unit_test(long_texts_never_overrun),
		cmocka_unit_test(readers_are_told_apart_by_name),
		cmocka_unit_test(a_reader_with_default_values_is_still_given),
		cmocka_unit_test(what_belongs_together_is_checked_together),
		cmocka_unit_test(two_readers_do_not_share_a_device),
	};
	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
