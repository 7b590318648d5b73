#include "web/sweep.h"

#include "store/override.h"
#include "web/import_job.h"

#define SWEEP_MS (3600 * 1000LL)

static void run(struct job *job, const struct stores *stores)
{
	struct sweep *sweep = (struct sweep *)job;

	if (options_refresh(stores->options, stores->read, false) >= 0)
		import_jobs_sweep(sweep->site, stores);
}

static void done(struct job *job)
{
	((struct sweep *)job)->under_way = false;
}

void sweep_init(struct sweep *ret, const struct site *site, struct lane *lane)
{
	*ret = (struct sweep){ .job = { run, done }, .site = site, .lane = lane };
}

void sweep_tick(struct sweep *sweep, int64_t at_ms)
{
	if (sweep->under_way || (sweep->swept_ms && at_ms - sweep->swept_ms < SWEEP_MS))
		return;
	sweep->swept_ms = at_ms;
	sweep->under_way = lane_post(sweep->lane, &sweep->job);
}
