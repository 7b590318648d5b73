#include "web/frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/programme.h"
#include "store/tap_day.h"
#include "version.h"
#include "web/fleet.h"
#include "web/health.h"
#include "web/routes.h"

#define HEALTH_AGE_MS 5000
#define DAY_MS (24 * 3600 * 1000LL)

/* Which entry of the menu a path belongs to; the first that fits. */
static const struct {
	const char *prefix, *menu;
} menus[] = {
	{ "/live", "live" },
	{ "/people/import", "import" },
	{ "/people", "people" },
	{ "/organisations", "people" },
	{ "/badges", "badges" },
	{ "/reports", "clusters" },
	{ "/downloads", "downloads" },
	{ "/verify", "downloads" },
	{ "/programme", "programme" },
	{ "/kiosks", "kiosks" },
	{ "/settings", "settings" },
	{ "/events", "settings" },
	{ "/audit", "audit" },
};

json_t *json_time(int64_t wall_ms)
{
	char text[TIME_TEXT_SIZE];
	time_iso(text, sizeof text, wall_ms - wall_ms % 1000, clock_utc_offset_min(wall_ms));
	return json_string(text);
}

static const char *menu_of(const char *path)
{
	for (size_t i = 0; i < sizeof menus / sizeof menus[0]; i++)
		if (strncmp(path, menus[i].prefix, strlen(menus[i].prefix)) == 0)
			return menus[i].menu;
	return "";
}

/* Which day of the event it is, and of how many; 0 for none. */
static void find_day(
	struct store *store, const struct event *event, int64_t now_ms, int *ret_day, int *ret_days)
{
	struct session *sessions = NULL;
	size_t count = 0;

	if (session_load(store, event->id, &sessions, &count) < 0)
		count = 0;
	schedule_day_of(&event->days, sessions, count, now_ms, clock_utc_offset_min(now_ms),
		ret_day, ret_days);
	free(sessions);
}

static json_t *event_json(const struct request *request, json_t **ret_venue)
{
	struct event event;
	int day = 0, days = 0;
	const int64_t now_ms = clock_wall_ms();
	struct store *store = request->stores.read;
	if (event_find(store, request_config(request)->kiosk.event, now_ms, &event) < 0)
		return json_null();
	find_day(store, &event, now_ms, &day, &days);
	*ret_venue = json_string(event.venue);
	return json_pack("{s:s, s:i, s:i, s:o}", "title", event.title, "day", day, "days", days,
		"date", json_time(now_ms));
}

json_t *frame_json(const struct request *request, const char *stream)
{
	const struct site *site = request->site;
	const bool may_wait = request->route && route_lane(request) != LANE_LOOP;
	const bool signed_in = request->owner.role > ROLE_SETUP;
	json_t *venue = NULL, *event = signed_in ? event_json(request, &venue) : json_null();
	struct fleet_sum fleet = { 0 };
	int64_t unknown = 0;
	if (signed_in) {
		json_decref(health_get(site->health, HEALTH_AGE_MS, may_wait, NULL));
		fleet_look(site->fleet, request, HEALTH_AGE_MS, may_wait, &fleet);
		badge_count_unknown(request->stores.read, &unknown);
	}
	return json_pack("{s:s, s:o, s:s, s:o, s:b, s:s, s:s, s:b, s:s, s:s, s:s, s:o, s:{s:i, "
			 "s:i}, s:{s:I}}",
		"kiosk", request_config(request)->kiosk.name, "venue",
		venue ? venue : json_string(""), "version", INCHECKPAAL_VERSION, "now",
		json_time(clock_wall_ms()), "hub", request_config(request)->sync.hub[0] != '\0',
		"stream", stream, "who", signed_in ? request->owner.who : "", "organiser",
		request->owner.role == ROLE_ORGANISER, "lang",
		request->language == LANGUAGE_EN ? "en" : "nl", "menu",
		request->path ? menu_of(request->path) : "", "token", request->form_token, "event",
		event, "kiosks", "count", 1 + fleet.others, "attention",
		health_attention(site->health) + fleet.attention + fleet.ours_is_older, "attention",
		"badges", (json_int_t)unknown);
}
