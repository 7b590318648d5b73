#include "web/behind.h"

#include "base/clock.h"
#include "web/frame.h"

bool peer_is_behind(const struct peer *peer, const struct hours *hours)
{
	return clock_is_trusted(peer->grade) && peer->last_ms >= hours->begins_ms &&
	       hours->now_ms >= hours->opens_ms + BEHIND_MS && hours->now_ms < hours->closes_ms &&
	       hours->now_ms - peer->last_ms >= BEHIND_MS;
}

void hours_of(struct hours *ret, const struct session *sessions, size_t count, int64_t now_ms)
{
	const int64_t today = local_day(now_ms, clock_utc_offset_min(now_ms));

	*ret = (struct hours){ .now_ms = now_ms };
	for (size_t i = 0; i < count; i++) {
		const struct session *session = &sessions[i];
		if (i == 0)
			ret->begins_ms = session->start_ms - 12 * 60 * 60 * 1000LL;
		if (session->state == SESSION_CANCELLED ||
			(local_day(session->start_ms, session->utc_offset_min) != today &&
				!(session->start_ms < now_ms && now_ms < session->end_ms)))
			continue;
		if (!ret->opens_ms)
			ret->opens_ms = session->start_ms;
		if (session->end_ms > ret->closes_ms)
			ret->closes_ms = session->end_ms;
	}
}

/* Of all, or of those that are behind. */
struct listing {
	const struct hours *hours; /* NULL: all */
	json_t *list;
};

static int take_peer(void *context, const struct peer *peer)
{
	struct listing *listing = context;

	if (peer->taps > 0 && (!listing->hours || peer_is_behind(peer, listing->hours)))
		json_array_append_new(listing->list, json_pack("{s:s, s:o}", "kiosk", peer->kiosk,
							     "until", json_time(peer->last_ms)));
	return 0;
}

static int list(struct store *store, const struct hours *hours, json_t **ret)
{
	struct listing listing = { hours, json_array() };
	const int r = peer_each(store, take_peer, &listing);

	if (r < 0)
		json_decref(listing.list);
	else
		*ret = listing.list;
	return r;
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
	return list(store, NULL, ret);
}
