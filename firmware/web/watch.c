#include "web/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/day.h"
#include "web/hub.h"

#define LOOK_MS 250

struct watch {
	struct job job; /* first */
	const struct site *site;
	struct lane *lane;
	struct store *store;
	struct day_counts counts;
	bool looking, failed;
	int64_t looked_ms, version;
	size_t watchers;
};

static void look(struct job *job, const struct stores *stores)
{
	struct watch *watch = (struct watch *)job;
	watch->failed =
		day_count(stores->day, stores->read, watch->site->config, &watch->counts) < 0;
}

static void tell(struct job *job)
{
	struct watch *watch = (struct watch *)job;
	char data[256], clock[TIME_TEXT_SIZE];
	const int64_t now_ms = clock_wall_ms();
	watch->looking = false;
	if (watch->failed)
		return;
	time_iso(clock, sizeof clock, now_ms - now_ms % 1000, clock_utc_offset_min(now_ms));
	snprintf(data, sizeof data,
		"{\"t\":\"%.8s\",\"n\":{\"in_now\":%d,\"today\":%d,\"orgs_today\":%d,\"unknown\":%"
		"d},"
		"\"changed\":true}",
		clock + 11, watch->counts.in_now, watch->counts.today, watch->counts.organisations,
		watch->counts.unknown);
	hub_publish(watch->site->hub, "live", data, clock_mono_ns() / 1000000);
}

struct watch *watch_create(const struct site *site, struct lane *lane, struct store *store)
{
	struct watch *watch = calloc(1, sizeof *watch);
	if (!watch)
		return NULL;
	*watch =
		(struct watch){ .job = { look, tell }, .site = site, .lane = lane, .store = store };
	return watch;
}

void watch_destroy(struct watch *watch)
{
	free(watch);
}

void watch_tick(struct watch *watch, int64_t at_ms)
{
	const size_t watchers = hub_watchers(watch->site->hub);
	const bool joined = watchers > watch->watchers;
	watch->watchers = watchers;
	if (watchers == 0 || watch->looking || (at_ms - watch->looked_ms < LOOK_MS && !joined))
		return;
	watch->looked_ms = at_ms;
	hub_beat(watch->site->hub, at_ms);
	const int64_t version = store_data_version(watch->store);
	if (version == watch->version && !joined)
		return;
	watch->version = version;
	watch->looking = lane_post(watch->lane, &watch->job);
}
