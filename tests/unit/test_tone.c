/* Each tone as design.md 6 wants it: length, loudness, pitch of every note, and its own pattern. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "face/tone.h"

int test_tone(void);

#define PI 3.14159265358979
#define PER_MS (TONE_RATE_HZ / 1000)

static float samples[TONE_SAMPLES_MAX];

struct heard {
	int from_ms, length_ms, hz; /* 0 Hz: silence */
};
static const struct expected {
	const char *name;
	enum tone tone;
	int length_ms;
	double peak_db;
	struct heard parts[5];
} rows[] = {
	{ "accepted: two notes up", TONE_ACCEPTED, 295, -6,
		{ { 0, 90, 784 }, { 90, 15, 0 }, { 105, 190, 1175 } } },
	{ "goodbye: two notes down", TONE_GOODBYE, 315, -6,
		{ { 0, 90, 1175 }, { 90, 15, 0 }, { 105, 210, 784 } } },
	{ "repeat: the same note twice", TONE_REPEAT, 260, -6,
		{ { 0, 75, 784 }, { 75, 75, 0 }, { 150, 110, 784 } } },
	{ "attention: three short ticks", TONE_ATTENTION, 300, -6,
		{ { 0, 60, 880 }, { 60, 60, 0 }, { 120, 60, 880 }, { 180, 60, 0 },
			{ 240, 60, 880 } } },
	{ "refused: low and falling", TONE_REFUSED, 450, -6,
		{ { 0, 150, 440 }, { 150, 40, 0 }, { 190, 260, 294 } } },
	{ "key: a tick", TONE_KEY, 14, -18, { { 0, 14, 1000 } } },
};

/* How much of @hz is in the part (Goertzel). */
static double strength(const struct heard *part, double hz)
{
	const double turn = 2 * cos(2 * PI * hz / TONE_RATE_HZ);
	double before = 0, last = 0;
	for (int i = 0; i < part->length_ms * PER_MS; i++) {
		const double now =
			(double)samples[part->from_ms * PER_MS + i] + turn * last - before;
		before = last;
		last = now;
	}
	return sqrt(last * last + before * before - turn * last * before);
}

/* The strongest between 200 and 1500 Hz. */
static int pitch(const struct heard *part)
{
	int best_hz = 0;
	double best = 0;
	for (int hz = 200; hz <= 1500; hz++) {
		const double here = strength(part, hz);
		if (here > best) {
			best = here;
			best_hz = hz;
		}
	}
	return best_hz;
}

static double loudest(int from_ms, int length_ms)
{
	double peak = 0;
	for (int i = from_ms * PER_MS; i < (from_ms + length_ms) * PER_MS; i++)
		peak = fmax(peak, fabs((double)samples[i]));
	return peak;
}

static void each_tone_is_as_long_and_loud_as_designed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct expected *row = &rows[i];
		const size_t count = tone_render(row->tone, samples);
		CHECK_ROW(row->name, count == (size_t)row->length_ms * PER_MS);
		CHECK_ROW(row->name, tone_length_ms(row->tone) == row->length_ms);
		CHECK_ROW(row->name,
			fabs(20 * log10(loudest(0, row->length_ms)) - row->peak_db) < 0.1);
	}
	assert_int_equal(tone_render(TONE_NONE, samples), 0);
}

static void each_note_has_its_pitch_and_each_pause_is_silent(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		tone_render(rows[i].tone, samples);
		for (size_t p = 0; p < COUNT_OF(rows[i].parts) && rows[i].parts[p].length_ms; p++) {
			const struct heard *part = &rows[i].parts[p];
			const int off = abs(pitch(part) - part->hz);
			if (part->hz)
				/* A short note is a wide peak: 14 ms tell 1000 from 1060 Hz at
				 * best. */
				CHECK_ROW(rows[i].name, off <= 1000 / part->length_ms + 1);
			else
				CHECK_ROW(
					rows[i].name, loudest(part->from_ms, part->length_ms) == 0);
		}
	}
}

static void refused_is_rougher_than_accepted(void **state)
{
	(void)state;
	const struct heard low = { 0, 150, 440 }, high = { 0, 90, 784 };
	tone_render(TONE_REFUSED, samples);
	const double rough = strength(&low, 3 * 440) / strength(&low, 440);
	tone_render(TONE_ACCEPTED, samples);
	const double clear = strength(&high, 3 * 784) / strength(&high, 784);
	assert_true(fabs(rough - 0.35) < 0.02);
	assert_true(fabs(clear - 0.1) < 0.02);
}

static void no_tone_begins_or_ends_with_a_click(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const size_t count = tone_render(rows[i].tone, samples);
		CHECK_ROW(rows[i].name, fabsf(samples[0]) < 0.01f);
		CHECK_ROW(rows[i].name, fabsf(samples[count - 1]) < 0.01f);
		for (size_t s = 1; s < count; s++)
			CHECK_ROW(rows[i].name, fabsf(samples[s] - samples[s - 1]) < 0.15f);
	}
}

/* One bit for each 15 ms: is there sound? */
static uint64_t pattern(enum tone tone)
{
	const size_t count = tone_render(tone, samples), step = 15 * PER_MS;
	uint64_t bits = 0;
	for (size_t from = 0; from < count; from += step) {
		double peak = 0;
		for (size_t i = from; i < from + step && i < count; i++)
			peak = fmax(peak, fabs((double)samples[i]));
		bits = bits << 1 | (peak > 0.02);
	}
	return bits;
}

static void rhythm_alone_tells_them_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (size_t j = 0; j < i; j++)
			CHECK_ROW(rows[i].name, pattern(rows[i].tone) != pattern(rows[j].tone));
}

static void the_light_flashes_at_most_three_times_a_second(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct glow *glow = tone_glow(rows[i].tone);
		CHECK_ROW(rows[i].name, glow->times < 2 || glow->on_ms + glow->off_ms >= 334);
		CHECK_ROW(rows[i].name, (glow->times == 0) == (rows[i].tone == TONE_KEY));
	}
}

static void every_answer_sounds_and_standing_screens_are_silent(void **state)
{
	(void)state;
	for (int screen = 0; screen < SCREEN_COUNT; screen++) {
		const bool standing =
			screen == SCREEN_START || screen == SCREEN_IDLE || screen == SCREEN_OUT;
		if (standing)
			CHECK_ROW(screen_name((enum screen)screen),
				tone_of((enum screen)screen) == TONE_NONE);
	}
	assert_int_equal(tone_of(SCREEN_WELCOME), TONE_ACCEPTED);
	assert_int_equal(tone_of(SCREEN_CHOOSE), TONE_ACCEPTED);
	assert_int_equal(tone_of(SCREEN_GOODBYE), TONE_GOODBYE);
	assert_int_equal(tone_of(SCREEN_REPEAT), TONE_REPEAT);
	assert_int_equal(tone_of(SCREEN_FULL), TONE_ATTENTION);
	assert_int_equal(tone_of(SCREEN_BLOCKED), TONE_REFUSED);
}

int test_tone(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_tone_is_as_long_and_loud_as_designed),
		cmocka_unit_test(each_note_has_its_pitch_and_each_pause_is_silent),
		cmocka_unit_test(refused_is_rougher_than_accepted),
		cmocka_unit_test(no_tone_begins_or_ends_with_a_click),
		cmocka_unit_test(rhythm_alone_tells_them_apart),
		cmocka_unit_test(the_light_flashes_at_most_three_times_a_second),
		cmocka_unit_test(every_answer_sounds_and_standing_screens_are_silent),
	};
	return cmocka_run_group_tests_name("tone", tests, NULL, NULL);
}
