#include "kiosk/programme_cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"

#define MINUTE_MS 60000

void programme_cache_finish(struct programme_cache *cache)
{
	free(cache->sessions);
	*cache = (struct programme_cache){ 0 };
}

static int load(struct programme_cache *cache, struct store *store, const struct config *config,
	int64_t wall_ms)
{
	struct event event = { .id = "" };
	int r = event_find(store, config->kiosk.event, wall_ms, &event);
	if (r < 0 && r != -ENOENT)
		return r;

	size_t count = 0, cluster_count = 0;
	if (event.id[0])
		r = session_load(store, event.id, &cache->sessions, &count);
	if (r == 0 || r == -ENOENT)
		r = cluster_load(
			store, event.id, cache->clusters, BOARD_CLUSTERS_MAX, &cluster_count);
	if (r < 0)
		return r;
	cache->event = event;
	cache->count = count;
	cache->cluster_count = cluster_count;
	return 0;
}

/* Time alone brings the next event: 1, 0 or -errno. */
static int is_anothers_turn(struct programme_cache *cache, struct store *store,
	const struct config *config, int64_t wall_ms)
{
	struct event event = { .id = "" };
	if (wall_ms / MINUTE_MS == cache->looked_min)
		return 0;
	const int r = event_find(store, config->kiosk.event, wall_ms, &event);
	if (r < 0 && r != -ENOENT)
		return r;
	cache->looked_min = wall_ms / MINUTE_MS;
	return strcmp(event.id, cache->event.id) != 0;
}

int programme_cache_refresh(struct programme_cache *cache, struct store *store,
	const struct config *config, int64_t wall_ms, bool force)
{
	const int64_t version = store_data_version(store);
	int r = force || version != cache->data_version
			? 1
			: is_anothers_turn(cache, store, config, wall_ms);
	if (r <= 0)
		return r;
	r = load(cache, store, config, wall_ms);
	if (r == 0)
		cache->data_version = version;
	return r;
}

void board_row_of(const struct session *session, bool next, struct board_row *ret)
{
	*ret = (struct board_row){
		.start_ms = session->start_ms,
		.end_ms = session->end_ms,
		.announced_start_ms = session->announced_start_ms,
		.places_left = -1,
		.state = session->state,
		.next = next,
	};
	if (session->capacity > 0)
		ret->places_left =
			session->taken < session->capacity ? session->capacity - session->taken : 0;
	utf8_clip(ret->title, sizeof ret->title, session->title);
	utf8_clip(ret->host, sizeof ret->host, session->host);
	utf8_clip(ret->room, sizeof ret->room, session->room);
	utf8_clip(ret->cluster, sizeof ret->cluster, session->cluster);
}

static void add_rows(struct board *board, const struct session *sessions, const size_t *indices,
	size_t count, bool next)
{
	for (size_t i = 0; i < count && board->row_count < BOARD_ROWS_MAX; i++)
		board_row_of(&sessions[indices[i]], next, &board->rows[board->row_count++]);
}

static void fill_today(const struct programme_cache *cache, struct board *board)
{
	for (size_t i = 0; i < cache->count && board->row_count < BOARD_ROWS_MAX; i++)
		board_row_of(&cache->sessions[i], false, &board->rows[board->row_count++]);
	board->kind = board->row_count ? BOARD_TODAY : BOARD_NONE;
}

/* Whether something of today has already been. */
static bool had_sessions_today(const struct programme_cache *cache, int64_t wall_ms)
{
	for (size_t i = 0; i < cache->count; i++) {
		const struct session *session = &cache->sessions[i];
		const int32_t offset_min = session->utc_offset_min;
		const int64_t today = local_day(wall_ms, offset_min);
		if (session->start_ms < wall_ms &&
			(local_day(session->start_ms, offset_min) == today ||
				local_day(session->end_ms - 1, offset_min) == today))
			return true;
	}
	return false;
}

static int64_t first_start_after(const struct programme_cache *cache, int64_t wall_ms)
{
	for (size_t i = 0; i < cache->count; i++)
		if (cache->sessions[i].start_ms >= wall_ms &&
			cache->sessions[i].state != SESSION_CANCELLED &&
			cache->sessions[i].kind != SESSION_BREAK)
			return cache->sessions[i].start_ms;
	return 0;
}

static void fill_by_door(const struct programme_cache *cache, const struct config *config,
	int64_t wall_ms, struct board *board)
{
	int64_t opens_ms = 0;
	const enum door door = schedule_door(
		cache->sessions, cache->count, wall_ms, config->kiosk.early_min, &opens_ms);
	const bool over = door == DOOR_OVER || door == DOOR_OTHER_DAY;
	board->opens_ms = opens_ms;
	board->starts_ms = first_start_after(cache, wall_ms);
	board->kind = BOARD_NONE;
	if (door == DOOR_EARLY)
		board->kind = BOARD_BEFORE;
	else if (over && had_sessions_today(cache, wall_ms))
		board->kind = BOARD_OVER;
	else if (door == DOOR_OPEN) {
		struct now_next lists;
		schedule_now_next(cache->sessions, cache->count, wall_ms, &lists);
		add_rows(board, cache->sessions, lists.now, lists.now_count, false);
		add_rows(board, cache->sessions, lists.next, lists.next_count, true);
		board->more_today = lists.more_today;
		board->kind = board->row_count ? BOARD_NOW : BOARD_NONE;
	}
}

static void fill_clusters(
	const struct programme_cache *cache, const struct config *config, struct board *board)
{
	for (size_t i = 0; i < cache->cluster_count; i++) {
		const struct cluster *from = &cache->clusters[i];
		struct board_cluster *to = &board->clusters[board->cluster_count++];
		utf8_clip(to->code, sizeof to->code, from->code);
		utf8_clip(to->name[LANGUAGE_NL], sizeof to->name[0], from->name_nl);
		utf8_clip(to->name[LANGUAGE_EN], sizeof to->name[0], from->name_en);
		utf8_clip(to->short_name[LANGUAGE_NL], sizeof to->short_name[0], from->short_nl);
		utf8_clip(to->short_name[LANGUAGE_EN], sizeof to->short_name[0], from->short_en);
		to->involved = from->involved;
		to->target = from->target ? from->target : config->kiosk.goal;
	}
}

void programme_cache_board(const struct programme_cache *cache, const struct config *config,
	int64_t wall_ms, bool trusted, struct board *ret)
{
	memset(ret, 0,
		sizeof *ret); /* padding too: boards are compared to see whether anything changed */
	ret->tap_out = config->kiosk.tap_out;
	ret->clock_known = trusted;
	ret->notices = trusted ? 0 : NOTICE_CLOCK;
	ret->utc_offset_min = schedule_utc_offset_min(
		cache->sessions, cache->count, wall_ms, clock_utc_offset_min);
	utf8_clip(ret->event, sizeof ret->event, cache->event.title);
	utf8_clip(ret->venue, sizeof ret->venue, cache->event.venue);
	if (trusted) {
		schedule_day_of(&cache->event.days, cache->sessions, cache->count, wall_ms,
			ret->utc_offset_min, &ret->day, &ret->days);
		if (ret->days < 2)
			ret->day = ret->days = 0;
		fill_by_door(cache, config, wall_ms, ret);
	} else {
		fill_today(cache, ret);
	}
	fill_clusters(cache, config, ret);
}
