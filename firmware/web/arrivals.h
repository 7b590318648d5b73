/** Arrivals per five minutes, as numbers and as the lines of their chart. Pure. */
#ifndef WEB_ARRIVALS_H
#define WEB_ARRIVALS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRIVAL_SLOT_MS (5 * 60 * 1000LL)
#define ARRIVAL_SLOTS_MAX 576 /* a night that began the day before, and what came before it */

struct arrivals {
	int64_t from_ms; /* of the first slot; on a round five minutes */
	size_t count;    /* of slots; the last is still open */
	int people[ARRIVAL_SLOTS_MAX];
	bool unsure[ARRIVAL_SLOTS_MAX]; /* of some the clock was not set */
	int32_t utc_offset_min;
};

/* From half an hour before @opens_ms, or the first arrival if that is earlier, until @now_ms. */
void arrivals_init(struct arrivals *ret, int64_t opens_ms, int64_t now_ms, int32_t utc_offset_min);
void arrivals_add(struct arrivals *arrivals, int64_t at_ms, bool sure);

/* A dashed line of the chart. */
struct arrival_mark {
	int64_t at_ms;
	const char *words;
};
/* {slots, busiest, since, table, chart}; NULL without memory. @marks in order. */
json_t *arrivals_json(
	const struct arrivals *arrivals, const struct arrival_mark *marks, size_t mark_count);

#endif
