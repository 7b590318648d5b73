/** Once an hour, and soon after the start: what people left behind of imports goes when its time is
 * up, also where nobody begins another. The loop's thread; the work is done on LANE_LONG. */
#ifndef WEB_SWEEP_H
#define WEB_SWEEP_H

#include "web/lane.h"

struct sweep {
	struct job job; /* first: it is what the lane gives back */
	const struct site *site;
	struct lane *lane;
	int64_t swept_ms;
	bool under_way;
};

void sweep_init(struct sweep *ret, const struct site *site, struct lane *lane);
void sweep_tick(struct sweep *sweep, int64_t at_ms);

#endif
