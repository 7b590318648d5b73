#include "core/clock_repair.h"

#include <string.h>

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

static bool is_better(const struct moment *anchor, const struct moment *best, int64_t mono_ms)
{
	if (anchor->grade != best->grade)
		return anchor->grade > best->grade;
	/* Who says the time again says that it was wrong before. */
	if (anchor->grade == CLOCK_HUMAN)
		return anchor->mono_ms > best->mono_ms;
	return distance(anchor->mono_ms, mono_ms) < distance(best->mono_ms, mono_ms);
}

/* Who says the time again corrects what was noted by what they said before. */
static bool is_told_again(const struct moment *anchor, const struct moment *raw)
{
	return anchor->grade == CLOCK_HUMAN && raw->grade == CLOCK_HUMAN &&
	       anchor->mono_ms >= raw->mono_ms;
}

static bool speaks_for(const struct moment *anchor, const struct moment *raw)
{
	return boot_id_equal(&anchor->boot, &raw->boot) &&
	       (anchor->grade > raw->grade || is_told_again(anchor, raw));
}

enum clock_grade clock_repair(const struct moment *raw, const struct moment *anchors, size_t count,
	int64_t *ret_wall_ms, bool *ret_corrected)
{
	const struct moment *best = NULL;
	for (size_t i = 0; i < count; i++) {
		if (speaks_for(&anchors[i], raw) &&
			(!best || is_better(&anchors[i], best, raw->mono_ms)))
			best = &anchors[i];
	}
	if (ret_corrected)
		*ret_corrected = best != NULL;
	if (!best) {
		*ret_wall_ms = raw->wall_ms;
		return raw->grade;
	}
	*ret_wall_ms = best->wall_ms + (raw->mono_ms - best->mono_ms);
	return best->grade;
}

bool clock_is_trusted(enum clock_grade grade)
{
	return grade != CLOCK_NONE;
}

static const char *const grade_names[CLOCK_GRADE_COUNT] = { "none", "rtc", "human", "ntp" };

const char *clock_grade_name(enum clock_grade grade)
{
	return grade_names[grade];
}

bool clock_grade_from_name(enum clock_grade *ret, const char *name)
{
	for (size_t i = 0; i < CLOCK_GRADE_COUNT; i++) {
		if (strcmp(grade_names[i], name) == 0) {
			*ret = (enum clock_grade)i;
			return true;
		}
	}
	return false;
}

bool boot_id_equal(const struct boot_id *a, const struct boot_id *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}
