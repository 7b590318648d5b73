#include "web/lane.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/queue.h"
#include "web/day.h"

#define CACHE_KIB 512

struct lane {
	pthread_t thread;
	struct queue *orders, *finished; /* of struct job *; an order that is NULL ends it */
	struct stores stores;
	int under_way;
	bool started;
};

int stores_open(struct stores *ret, const char *path, const struct config *config)
{
	struct stores stores = { 0 };
	int r = store_open(&stores.write, path, STORE_WRITE);
	if (r == 0)
		r = store_open(&stores.read, path, STORE_READ);
	if (r == 0 && !(stores.options = malloc(sizeof *stores.options)))
		r = -ENOMEM;
	if (r < 0) {
		stores_close(&stores);
		return r;
	}
	store_set_cache(stores.write, CACHE_KIB / 2);
	store_set_cache(stores.read, CACHE_KIB);
	options_init(stores.options, config);
	*ret = stores;
	return 0;
}

void stores_close(struct stores *stores)
{
	store_close(stores->read);
	store_close(stores->write);
	day_destroy(stores->day);
	free(stores->options);
	*stores = (struct stores){ 0 };
}

static void *work(void *context)
{
	struct lane *lane = context;
	struct pollfd wait = { .fd = queue_fd(lane->orders), .events = POLLIN };
	for (;;) {
		struct job *job;
		while (queue_take(lane->orders, &job)) {
			if (!job)
				return NULL;
			job->run(job, &lane->stores);
			queue_post(lane->finished, &job);
		}
		poll(&wait, 1, -1);
	}
}

static int start(struct lane *lane, const char *name, const char *path, const struct config *config,
	bool with_day)
{
	lane->orders = queue_create(sizeof(struct job *), LANE_JOBS_MAX + 1);
	lane->finished = queue_create(sizeof(struct job *), LANE_JOBS_MAX + 1);
	if (!lane->orders || !lane->finished)
		return -ENOMEM;
	int r = stores_open(&lane->stores, path, config);
	if (r < 0)
		return r;
	if (with_day && !(lane->stores.day = day_create()))
		return -ENOMEM;
	r = -pthread_create(&lane->thread, NULL, work, lane);
	if (r < 0)
		return r;
	lane->started = true;
	pthread_setname_np(lane->thread, name);
	return 0;
}

struct lane *lane_create(
	const char *name, const char *path, const struct config *config, bool with_day)
{
	struct lane *lane = calloc(1, sizeof *lane);
	const int r = lane ? start(lane, name, path, config, with_day) : -ENOMEM;
	if (r == 0)
		return lane;
	log_error("web: can not start a thread for %s: %s", name, strerror(-r));
	lane_destroy(lane);
	return NULL;
}

bool lane_post(struct lane *lane, struct job *job)
{
	if (lane->under_way == LANE_JOBS_MAX)
		return false;
	lane->under_way++;
	queue_post(lane->orders, &job);
	return true;
}

int lane_load(const struct lane *lane)
{
	return lane->under_way;
}

int lane_fd(const struct lane *lane)
{
	return queue_fd(lane->finished);
}

void lane_collect(struct lane *lane)
{
	struct job *job;
	while (queue_take(lane->finished, &job)) {
		lane->under_way--;
		job->done(job);
	}
}

void lane_destroy(struct lane *lane)
{
	if (!lane)
		return;
	if (lane->started) {
		struct job *none = NULL;
		queue_post(lane->orders, &none);
		pthread_join(lane->thread, NULL);
		lane_collect(lane);
	}
	stores_close(&lane->stores);
	queue_destroy(lane->orders);
	queue_destroy(lane->finished);
	free(lane);
}
