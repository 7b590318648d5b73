/**
 * Time without a clock chip (DESIGN 6): taps carry what the clock said and how far it could be
 * trusted; anchors say what a boot's monotonic time really was. Pure; any thread.
 */
#ifndef CORE_CLOCK_REPAIR_H
#define CORE_CLOCK_REPAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOOT_ID_BYTES 16

/* Best last. */
enum clock_grade { CLOCK_NONE, CLOCK_RTC, CLOCK_HUMAN, CLOCK_NTP, CLOCK_GRADE_COUNT };

struct boot_id {
	uint8_t bytes[BOOT_ID_BYTES]; /* /proc/sys/kernel/random/boot_id */
};

/* One moment at which wall and monotonic clock were read together. */
struct moment {
	struct boot_id boot;
	int64_t mono_ms; /* CLOCK_BOOTTIME-like: since boot, runs through suspend */
	int64_t wall_ms; /* since 1970 UTC */
	enum clock_grade grade;
};

/**
 * The best known wall time of @raw: the anchor of the same boot with the best grade (the nearest
 * in monotonic time among equals; of what people said the last) if it is better than the raw grade,
 * or if both are what people said and the anchor is not of before; else the raw time itself.
 * @ret_corrected (may be NULL) tells whether an anchor was used. Returns the grade of
 * that wall time.
 */
enum clock_grade clock_repair(const struct moment *raw, const struct moment *anchors, size_t count,
	int64_t *ret_wall_ms, bool *ret_corrected);

/* True when a grade may open and shut doors: everything but none. */
bool clock_is_trusted(enum clock_grade grade);

const char *clock_grade_name(enum clock_grade grade); /* "none", "rtc", "human", "ntp" */
bool clock_grade_from_name(enum clock_grade *ret, const char *name);
bool boot_id_equal(const struct boot_id *a, const struct boot_id *b);

#endif
