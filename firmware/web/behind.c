#include "web/behind.h"

#include "base/clock.h"
#include "web/frame.h"

struct hours {
	int64_t begins_ms, opens_ms, closes_ms, now_ms;
	bool all;
	json_t *list;
};

bool peer_is_behind(const struct peer *peer, int64_t begins_ms, int64_t opens_ms, int64_t closes_ms,
	int64_t now_ms)
{
	return clock_is_trusted(peer->grade) && peer->last_ms >= begins_ms &&
	       now_ms >= opens_ms + BEHIND_MS && now_ms < closes_ms &&
	       now_ms - peer->last_ms >= BEHIND_MS;
}

static int take_peer(void *context, const struct peer *peer)
{
	struct hours *hours = context;

	if (hours->all || peer_is_behind(peer, hours->begins_ms, hours->opens_ms, hours->closes_ms,
				  hours->now_ms))
		json_array_append_new(hours->list, json_pack("{s:s, s:o}", "kiosk", peer->kiosk,
							   "until", json_time(peer->last_ms)));
	return 0;
}

static int list(struct store *store, struct hours *hours, json_t **ret)
{
	hours->list = json_array();
	const int r = peer_each(store, take_peer, hours);

	if (r < 0)
		json_decref(hours->list);
	else
		*ret = hours->list;
	return r;
}

/* From the first session of the day until the last; none: at no time. */
static void hours_of(
	struct hours *ret, const struct session *sessions, size_t count, int64_t now_ms)
{
	const int64_t today = local_day(now_ms, clock_utc_offset_min(now_ms));

	*ret = (struct hours){ .now_ms = now_ms };
	for (size_t i = 0; i < count; i++) {
		const struct session *session = &sessions[i];
		if (i == 0)
			ret->begins_ms = session->start_ms - 12 * 60 * 60 * 1000LL;
		if (session->state == SESSION_CANCELLED ||
			local_day(session->start_ms, session->utc_offset_min) != today)
			continue;
		if (!ret->opens_ms)
			ret->opens_ms = session->start_ms;
		if (session->end_ms > ret->closes_ms)
			ret->closes_ms = session->end_ms;
	}
}

int behind_json(struct store *store, const struct session *sessions, size_t count, int64_t now_ms,
	json_t **ret)
{
	struct hours hours;

	hours_of(&hours, sessions, count, now_ms);
	return list(store, &hours, ret);
}

int peers_json(struct store *store, json_t **ret)
{
	struct hours hours = { .all = true };

	return list(store, &hours, ret);
}
