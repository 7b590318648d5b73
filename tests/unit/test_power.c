#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/power.h"

int test_power(void);

static void an_alarm_is_one_or_nought(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good, is_low;
	} rows[] = {
		{ "0\n", true, false },
		{ "1\n", true, true },
		{ "1", true, true },
		{ "", false, false },
		{ "\n", false, false },
		{ "2\n", false, false },
		{ "-1\n", false, false },
		{ "1 0\n", false, false },
		{ "1\n\n", false, false },
		{ "yes\n", false, false },
		{ "99999999999999999999\n", false, false },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		bool is_low = !rows[i].is_low;
		CHECK_ROW(rows[i].text, power_parse_alarm(rows[i].text, &is_low) == rows[i].good);
		CHECK_ROW(rows[i].text, is_low == (rows[i].good == rows[i].is_low));
	}
}

static void a_heat_is_one_a_processor_can_have(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
		int celsius;
	} rows[] = {
		{ "51070\n", true, 51 },
		{ "51500\n", true, 52 },
		{ "0\n", true, 0 },
		{ "-4600\n", true, -5 },
		{ "-400\n", true, 0 },
		{ "125000\n", true, 125 },
		{ "-40000\n", true, -40 },
		{ "125001\n", false, 0 },
		{ "-40001\n", false, 0 },
		{ "2147483647000\n", false, 0 },
		{ "99999999999999999999\n", false, 0 },
		{ "", false, 0 },
		{ "warm\n", false, 0 },
		{ "51070 m\n", false, 0 },
		{ "51.07\n", false, 0 },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int celsius = 7;
		CHECK_ROW(rows[i].text, power_parse_heat(rows[i].text, &celsius) == rows[i].good);
		CHECK_ROW(rows[i].text, celsius == (rows[i].good ? rows[i].celsius : 7));
	}
}

static void the_worst_counts_and_a_weak_supply_is_remembered(void **state)
{
	(void)state;
	const enum power_state none = POWER_UNKNOWN;
	static const struct power_reading nothing = { 0 }, low = { true, true, true, 50 },
					  fed = { true, false, false, 0 },
					  cool = { true, false, true, 74 },
					  warm = { false, false, true, 79 },
					  hot = { true, false, true, 80 },
					  stale = { false, true, false, 99 };
	const struct {
		const char *sentence;
		const struct power_reading *now;
		enum power_state before;
		int64_t low_age_ms;
		enum power_state want;
	} rows[] = {
		{ "no sensor, nothing known", &nothing, none, -1, POWER_UNKNOWN },
		{ "what was read by no sensor says nothing", &stale, none, -1, POWER_UNKNOWN },
		{ "a supply without a thermometer", &fed, none, -1, POWER_FINE },
		{ "a thermometer alone", &warm, none, -1, POWER_FINE },
		{ "80 degrees are too many", &hot, POWER_FINE, -1, POWER_HOT },
		{ "it is hot until it has cooled down", &warm, POWER_HOT, -1, POWER_HOT },
		{ "and then no more", &cool, POWER_HOT, -1, POWER_FINE },
		{ "too little power now", &low, POWER_FINE, 0, POWER_LOW },
		{ "the very first reading says so", &low, none, -1, POWER_LOW },
		{ "too little power an hour ago, nearly", &cool, POWER_LOW, POWER_REMEMBER_MS - 1,
			POWER_LOW },
		{ "an hour later it is over", &cool, POWER_LOW, POWER_REMEMBER_MS, POWER_FINE },
		{ "what was hidden by it is told then", &hot, POWER_LOW, POWER_REMEMBER_MS,
			POWER_HOT },
		{ "it outlives its sensor", &nothing, POWER_LOW, 1000, POWER_LOW },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(rows[i].sentence, power_judge(rows[i].now, rows[i].before,
						    rows[i].low_age_ms) == rows[i].want);
	assert_string_equal(power_state_name(POWER_UNKNOWN), "unknown");
	assert_string_equal(power_state_name(POWER_LOW), "low");
}

static void a_thermometer_may_miss_a_turn(void **state)
{
	(void)state;
	static const struct power_reading none = { 0 }, warm = { false, false, true, 51 },
					  hot = { false, false, true, 82 };
	struct power_reading now = none;
	power_carry(&now, &hot, POWER_CARRY_MS - 1);
	assert_true(now.knows_heat);
	assert_int_equal(now.celsius, 82);
	now = warm;
	power_carry(&now, &hot, 0);
	assert_int_equal(now.celsius, 51);
	now = none;
	power_carry(&now, &hot, POWER_CARRY_MS);
	assert_false(now.knows_heat);
	power_carry(&now, &none, 0);
	assert_false(now.knows_heat);
}

static char root[] = "/tmp/incheckpaal-unit.XXXXXX";

static void put(const char *file, const char *text)
{
	char path[128], *slash;
	snprintf(path, sizeof path, "%s/%s", root, file);
	slash = strrchr(path, '/');
	*slash = '\0';
	assert_int_equal(directory_make(path, 0755), 0);
	*slash = '/';
	assert_int_equal(file_write_whole(path, text, strlen(text), 0644), 0);
}

static void look(struct power_reading *ret)
{
	struct power_sensors sensors;
	power_sensors_find(&sensors);
	power_read(&sensors, ret);
}

static void sensors_are_found_among_others(void **state)
{
	(void)state;
	struct power_reading now;
	assert_non_null(mkdtemp(root));
	setenv("INCHECKPAAL_SYS", root, 1);
	look(&now);
	assert_false(now.knows_supply || now.knows_heat);

	put("class/hwmon/hwmon0/name", "nvme\n");
	put("class/hwmon/hwmon0/in0_lcrit_alarm", "1\n");
	put("class/hwmon/hwmon1/name", "rpi_volt\n");
	put("class/thermal/thermal_zone0/type", "acpitz\n");
	put("class/thermal/thermal_zone0/temp", "27800\n");
	put("class/thermal/cooling_device0/type", "cpu-thermal\n");
	put("class/thermal/cooling_device0/temp", "27800\n");
	look(&now); /* a device that has lost its value is not asked for another's */
	assert_false(now.knows_supply || now.knows_heat);

	put("class/hwmon/hwmon1/in0_lcrit_alarm", "1\n");
	put("class/thermal/thermal_zone1/type", "cpu-thermal\n");
	put("class/thermal/thermal_zone1/temp", "51540\n");
	look(&now);
	assert_true(now.knows_supply && now.is_low && now.knows_heat);
	assert_int_equal(now.celsius, 52);

	char endless[200];
	memset(endless, '0', sizeof endless - 1);
	endless[sizeof endless - 1] = '\0';
	put("class/hwmon/hwmon1/in0_lcrit_alarm", "N/A\n");
	put("class/thermal/thermal_zone1/temp", endless);
	look(&now);
	assert_false(now.knows_supply || now.is_low || now.knows_heat);
	unsetenv("INCHECKPAAL_SYS");
	char command[64];
	snprintf(command, sizeof command, "rm -rf %s", root);
	assert_int_equal(system(command), 0);
}

int test_power(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_alarm_is_one_or_nought),
		cmocka_unit_test(a_heat_is_one_a_processor_can_have),
		cmocka_unit_test(the_worst_counts_and_a_weak_supply_is_remembered),
		cmocka_unit_test(a_thermometer_may_miss_a_turn),
		cmocka_unit_test(sensors_are_found_among_others),
	};
	return cmocka_run_group_tests_name("power", tests, NULL, NULL);
}
