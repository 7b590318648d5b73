#include "web/fleet.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "core/release.h"
#include "version.h"
#include "web/behind.h"
#include "web/frame.h"
#include "web/programme_data.h"

#define MINUTE_MS 60000
#define MINUTES_TOLD 120 /* from there on people count in hours */

struct fleet {
	pthread_mutex_t lock;
	struct fleet_sum sum;
	int64_t looked_ms; /* monotonic; 0 never */
};

struct fleet *fleet_create(void)
{
	struct fleet *fleet = calloc(1, sizeof *fleet);
	if (fleet && pthread_mutex_init(&fleet->lock, NULL) != 0) {
		free(fleet);
		return NULL;
	}
	return fleet;
}

void fleet_destroy(struct fleet *fleet)
{
	if (!fleet)
		return;
	pthread_mutex_destroy(&fleet->lock);
	free(fleet);
}

/* Those that are told of. */
struct others {
	struct hours hours;
	struct peer *list;
	size_t count;
};

/* A clock that nobody vouches for does not tell how long ago it was. */
static bool is_told_of(const struct peer *peer, const struct hours *hours)
{
	const int64_t month_ms = hours->now_ms - FLEET_REMEMBER_MS;
	const int64_t since_ms =
		hours->begins_ms && hours->begins_ms < month_ms ? hours->begins_ms : month_ms;

	if (!peer->kiosk[0])
		return false;
	return peer->taps ? !clock_is_trusted(peer->grade) || peer->last_ms >= since_ms
			  : peer->made_ms >= since_ms;
}

static int take_peer(void *context, const struct peer *peer)
{
	struct others *others = context;

	if (!is_told_of(peer, &others->hours))
		return 0;
	struct peer *grown = realloc(others->list, (others->count + 1) * sizeof *grown);
	if (!grown)
		return -ENOMEM;
	others->list = grown;
	grown[others->count++] = *peer;
	return 0;
}

static int load(const struct request *request, struct others *ret)
{
	struct programme programme = { 0 };
	int r = programme_load(&programme, request);

	*ret = (struct others){ .count = 0 };
	if (r < 0)
		return r;
	hours_of(&ret->hours, programme.sessions, programme.count, clock_wall_ms());
	programme_finish(&programme);
	r = peer_each(request->stores.read, take_peer, ret);
	if (r < 0)
		free(ret->list);
	return r;
}

static bool is_older(const char *version, const struct others *others)
{
	bool older = release_is_older(version, INCHECKPAAL_VERSION);

	for (size_t i = 0; i < others->count; i++)
		older |= release_is_older(version, others->list[i].version);
	return older;
}

static int minutes_behind(const struct peer *peer, const struct hours *hours)
{
	return peer_is_behind(peer, hours) ? (int)((hours->now_ms - peer->last_ms) / MINUTE_MS) : 0;
}

static bool wants_attention(const struct peer *peer, const struct others *others)
{
	return minutes_behind(peer, &others->hours) > 0 || is_older(peer->version, others);
}

static void add_up(const struct others *others, struct fleet_sum *ret)
{
	*ret = (struct fleet_sum){ .others = (int)others->count,
		.ours_is_older = is_older(INCHECKPAAL_VERSION, others) };
	for (size_t i = 0; i < others->count; i++)
		ret->attention += wants_attention(&others->list[i], others);
}

/* @number: as in the path of a kiosk; ours is 1. */
static json_t *peer_json(const struct peer *peer, const struct others *others, int number)
{
	const int minutes = minutes_behind(peer, &others->hours);

	return json_pack("{s:i, s:s, s:I, s:o, s:o, s:s, s:i, s:i, s:s, s:b, s:b}", "number",
		number, "kiosk", peer->kiosk, "taps", (json_int_t)peer->taps, "until",
		peer->taps ? json_time(peer->last_ms) : json_null(), "heard",
		peer->heard_ms ? json_time(peer->heard_ms) : json_null(), "clock",
		peer->taps ? clock_grade_name(peer->grade) : "", "minutes", minutes, "hours",
		minutes < MINUTES_TOLD ? 0 : minutes / 60, "version", peer->version, "older",
		is_older(peer->version, others), "attention", wants_attention(peer, others));
}

int fleet_json(const struct request *request, json_t **ret, struct fleet_sum *ret_sum)
{
	struct others others;
	const int r = load(request, &others);

	if (r < 0)
		return r;
	json_t *list = json_array();
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < others.count; i++)
			if (wants_attention(&others.list[i], &others) == (round == 0))
				json_array_append_new(
					list, peer_json(&others.list[i], &others,
						      (int)json_array_size(list) + 2));
	add_up(&others, ret_sum);
	free(others.list);
	*ret = list;
	return 0;
}

void fleet_look(struct fleet *fleet, const struct request *request, int64_t age_ms, bool may_wait,
	struct fleet_sum *ret)
{
	const int64_t now_ms = clock_mono_ns() / 1000000;
	struct others others;

	pthread_mutex_lock(&fleet->lock);
	const bool is_due = may_wait && (!fleet->looked_ms || now_ms - fleet->looked_ms > age_ms);
	if (is_due)
		fleet->looked_ms = now_ms; /* whoever comes meanwhile takes what is there */
	*ret = fleet->sum;
	pthread_mutex_unlock(&fleet->lock);
	if (!is_due || load(request, &others) < 0)
		return;
	add_up(&others, ret);
	free(others.list);
	pthread_mutex_lock(&fleet->lock);
	fleet->sum = *ret;
	pthread_mutex_unlock(&fleet->lock);
}
