#include "web/watch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/day.h"
#include "web/health.h"
#include "web/hub.h"
#include "web/settings.h"
#include "web/template.h"

#define LOOK_MS 250

#define ASK_MS 1000

/* What is known of what people wait for. */
struct asking {
	struct job job; /* first */
	const struct site *site;
	json_t *status; /* of the kiosk; NULL when it does not answer */
	int64_t told;   /* update_told_at */
	bool under_way;
	int64_t asked_ms;
};

struct watch {
	struct job job; /* first */
	struct asking asking;
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

static void ask(struct job *job, const struct stores *stores)
{
	struct asking *asking = (struct asking *)job;
	(void)stores;
	asking->status = health_get(asking->site->health, ASK_MS / 2, true, NULL);
	asking->told = update_told_at(asking->site);
}

static bool go_to(const char **ret_name, char *ret_data, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
static bool go_to(const char **ret_name, char *ret_data, const char *format, ...)
{
	char path[HUB_DATA_SIZE - 16];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(path, sizeof path, format, arguments);
	va_end(arguments);
	*ret_name = "go";
	snprintf(ret_data, HUB_DATA_SIZE, "{\"path\":\"%s\"}", path);
	return true;
}

/* Seconds to go for whoever waits for this badge; the page that says how it ended for the others.
 */
static bool write_badge(const struct asking *asking, const struct interest *interest,
	const char **ret_name, char *ret_data)
{
	const json_t *link = json_object_get(asking->status, "link");
	const char *person = json_string_value(json_object_get(link, "attendee"));
	const char *state = json_string_value(json_object_get(link, "state"));
	char text[128];
	if (!link)
		return false;
	if (!person || !state || strcmp(person, interest->person) != 0 ||
		strcmp(state, "waiting") != 0)
		return go_to(ret_name, ret_data, "/badges/link/%s", interest->person);
	*ret_name = "wait";
	web_word_number(text, sizeof text, interest->language,
		json_integer_value(json_object_get(link, "phones")) ? "bw.left.phone" : "bw.left",
		json_integer_value(json_object_get(link, "seconds")));
	snprintf(ret_data, HUB_DATA_SIZE, "{\"text\":\"%s\"}", text);
	return true;
}

static bool write_restart(const struct asking *asking, const struct interest *interest,
	const char **ret_name, char *ret_data)
{
	return asking->status && health_start(asking->status) != interest->since &&
	       go_to(ret_name, ret_data, "/kiosks");
}

/* To the same page, of now. */
static bool write_update(const struct asking *asking, const struct interest *interest,
	const char **ret_name, char *ret_data)
{
	return asking->told != interest->since &&
	       go_to(ret_name, ret_data, "/settings?update=%lld#update", (long long)asking->told);
}

static bool write_waiter(
	void *context, const struct interest *interest, const char **ret_name, char *ret_data)
{
	static bool (*const write[WATCHED_COUNT])(
		const struct asking *, const struct interest *, const char **, char *) = {
		[WATCHED_BADGE] = write_badge,
		[WATCHED_RESTART] = write_restart,
		[WATCHED_UPDATE] = write_update,
	};
	return write[interest->what](context, interest, ret_name, ret_data);
}

static void tell_waiters(struct job *job)
{
	struct asking *asking = (struct asking *)job;
	asking->under_way = false;
	hub_tell_waiters(asking->site->hub, write_waiter, asking, clock_mono_ns() / 1000000);
	json_decref(asking->status);
	asking->status = NULL;
}

static void ask_for_waiters(struct watch *watch, int64_t at_ms)
{
	struct asking *asking = &watch->asking;
	if (hub_waiters(watch->site->hub) == 0 || asking->under_way ||
		at_ms - asking->asked_ms < ASK_MS)
		return;
	asking->asked_ms = at_ms;
	asking->under_way = lane_post(watch->lane, &asking->job);
}

struct watch *watch_create(const struct site *site, struct lane *lane, struct store *store)
{
	struct watch *watch = calloc(1, sizeof *watch);
	if (!watch)
		return NULL;
	*watch = (struct watch){ .job = { look, tell },
		.asking = { .job = { ask, tell_waiters }, .site = site },
		.site = site,
		.lane = lane,
		.store = store };
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
	ask_for_waiters(watch, at_ms);
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
