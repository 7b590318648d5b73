/**
 * Looks for new taps while somebody watches, and tells the hub within a second. The looking is done
 * on LANE_READ, the telling on the loop's thread.
 */
#ifndef WEB_WATCH_H
#define WEB_WATCH_H

#include "web/lane.h"

struct watch;

struct watch *watch_create(const struct site *site, struct lane *lane, struct store *store);
void watch_destroy(struct watch *watch); /* after the lane; NULL is fine */
void watch_tick(struct watch *watch, int64_t at_ms);

#endif
