/* How the kiosk is, and what its screen shows. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "store/peer.h"
#include "store/tap_day.h"
#include "store/tap_log.h"
#include "version.h"
#include "web/fleet.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/health.h"
#include "web/hub.h"
#include "web/routes.h"
#include "web/settings.h"

#define PICTURE_WAIT_MS 2000
#define PICTURE_AGE_MS 1000
#define STATUS_AGE_MS 1000
#define LOW_DISK_BYTES (500LL * 1024 * 1024)
#define PICTURE_MAX_BYTES (16L * 1024 * 1024)

static const char *text_of(const json_t *status, const char *object, const char *key)
{
	const json_t *at = object ? json_object_get(status, object) : status;
	const char *text = json_string_value(json_object_get(at, key));
	return text ? text : "";
}

static int64_t number_of(const json_t *status, const char *object, const char *key)
{
	const json_t *at = object ? json_object_get(status, object) : status;
	return json_integer_value(json_object_get(at, key));
}

/* Of several readers the one that is worst off. */
static const char *worst_reader(const json_t *status)
{
	const json_t *readers = json_object_get(status, "readers"), *reader;
	const char *worst = "";
	size_t i;
	json_array_foreach(readers, i, reader)
	{
		const char *state = text_of(reader, NULL, "state");
		if (!worst[0] || strcmp(worst, "up") == 0)
			worst = state;
	}
	return worst;
}

static const char *storage_of(const json_t *status)
{
	const json_t *faults = json_object_get(status, "faults"), *fault;
	size_t i;
	json_array_foreach(faults, i, fault)
	{
		if (strcmp(json_string_value(fault), "storage") == 0)
			return "failed";
	}
	return number_of(status, "storage", "free_bytes") < LOW_DISK_BYTES ? "low" : "ok";
}

/* "" where the kiosk does not say. */
static const char *hub_of(const json_t *status)
{
	const json_t *has_hub = json_object_get(json_object_get(status, "sync"), "hub");
	return json_is_true(has_hub)    ? text_of(status, "sync", "state")
	       : json_is_false(has_hub) ? "off"
					: "";
}

static json_t *time_of(const json_t *status, const char *object, const char *key)
{
	const int64_t wall_ms = number_of(status, object, key);
	return wall_ms ? json_time(wall_ms) : json_null();
}

static json_t *celsius_of(const json_t *status)
{
	json_t *celsius = json_object_get(json_object_get(status, "power"), "celsius");
	return json_is_integer(celsius) ? json_incref(celsius) : json_null();
}

/* A share; null where the kiosk does not say. */
static json_t *used_of(const json_t *status)
{
	const json_t *used = json_object_get(json_object_get(status, "storage"), "used_percent");
	return json_is_integer(used) ? json_real((double)json_integer_value(used) / 100)
				     : json_null();
}

/* What it says of the machine it runs on. */
static json_t *machine_json(const json_t *status)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:I, s:s, s:o, s:s, s:o, s:s, s:s}",
		"reader", status ? worst_reader(status) : "", "storage",
		status ? storage_of(status) : "", "used", used_of(status), "kept",
		time_of(status, "storage", "kept_ms"), "storage_since",
		time_of(status, "storage", "failed_since_ms"), "faults_since",
		time_of(status, NULL, "faults_since_ms"), "free",
		(json_int_t)(number_of(status, "storage", "free_bytes") / (1024 * 1024)), "clock",
		text_of(status, "clock", "grade"), "clock_since",
		time_of(status, "clock", "since_ms"), "power", text_of(status, "power", "state"),
		"celsius", celsius_of(status), "network", text_of(status, "network", "kind"),
		"address", text_of(status, "network", "address"));
}

static json_t *taps_json(struct request *request, const json_t *status)
{
	struct tap_newest newest = { 0 };
	const int64_t waiting = number_of(status, "sync", "waiting");
	tap_newest(request->stores.read, &newest);
	return json_pack("{s:o, s:I, s:I, s:s, s:o, s:I}", "last_tap",
		newest.seq ? json_time(newest.wall_ms) : json_null(), "taps",
		(json_int_t)newest.seq, "pending",
		(json_int_t)number_of(status, "storage", "pending"), "hub", hub_of(status),
		"hub_last", time_of(status, "sync", "last_ms"), "hub_waiting",
		(json_int_t)(waiting > 0 ? waiting : 0));
}

static json_t *status_json(struct request *request, const json_t *status, int64_t answered_ms,
	json_t *others, const struct fleet_sum *sum)
{
	const int things = health_attention(request->site->health) + sum->ours_is_older;
	const int64_t pictured = health_pictured_ms(request->site->health);
	json_t *data = json_pack(
		"{s:s, s:b, s:b, s:i, s:o, s:o, s:s, s:s, s:b, s:o, s:b, s:i, s:i}", "kiosk", "1",
		"names", request->owner.role == ROLE_ORGANISER, "up", status != NULL, "attention",
		things, "answered", answered_ms ? json_time(answered_ms) : json_null(), "pictured",
		pictured ? json_time(pictured) : json_null(), "screen",
		text_of(status, NULL, "screen"), "version", INCHECKPAAL_VERSION, "older",
		sum->ours_is_older, "others", others, "several", sum->others > 0, "all",
		1 + sum->others, "wanting", sum->attention + (things > 0));
	json_t *machine = machine_json(status), *taps = taps_json(request, status);
	if (data) {
		json_object_update(data, machine);
		json_object_update(data, taps);
	}
	json_decref(machine);
	json_decref(taps);
	return data;
}

int page_kiosks(struct request *request, struct response *response)
{
	int64_t answered_ms;
	json_t *others = NULL;
	struct fleet_sum sum;
	const int r = fleet_json(request, &others, &sum);
	if (r < 0)
		return r;
	json_t *status = health_get(request->site->health, STATUS_AGE_MS, true, &answered_ms);
	json_t *data = status_json(request, status, answered_ms, others, &sum);
	json_decref(status);
	return respond_page(response, 200, "kiosks", data);
}

static int unreachable(struct response *response)
{
	respond_fault(response, 503, "kiosk");
	return respond_header(response, "Retry-After", "5");
}

/* A kiosk's name, or its number on the page. */
struct asked {
	const char *name;
	int number, peers;
	bool known;
};

static int match_peer(void *context, const struct peer *peer)
{
	struct asked *asked = context;

	asked->known |= asked->number == ++asked->peers + 1 ||
			(peer->kiosk[0] && strcmp(peer->kiosk, asked->name) == 0);
	return 0;
}

bool kiosk_asked(struct request *request, struct response *response)
{
	struct asked asked = { .name = request->parameters[0] };

	asked.number = request_number(asked.name, 1, INT_MAX, 0);
	if (asked.number == 1 || strcmp(asked.name, request_config(request)->kiosk.name) == 0)
		return true;
	peer_each(request->stores.read, match_peer, &asked);
	if (asked.known)
		unreachable(response);
	else
		respond_fault(response, 404, "");
	return false;
}

/* The kiosk writes the picture beside its socket; whoever asks takes it away. */
static int take_picture(struct request *request, struct bytes *ret)
{
	char path[512], line[600];
	snprintf(path, sizeof path, "%s/page-%d.png", request->site->arguments->run, (int)getpid());
	snprintf(line, sizeof line, "picture %s", path);
	int r = health_command(request->site->health, line, PICTURE_WAIT_MS, NULL, 0);
	if (r == 0)
		r = file_read_all(ret, path, PICTURE_MAX_BYTES);
	unlink(path);
	if (r == 0)
		health_keep_picture(request->site->health, ret);
	return r;
}

/* The kiosk draws one a second at most for whoever looks. */
static bool is_fresh(const struct request *request)
{
	const int64_t ago_ms = clock_wall_ms() - health_pictured_ms(request->site->health);

	return ago_ms >= 0 && ago_ms < PICTURE_AGE_MS;
}

/* What it showed when it last answered. */
static int show_last_picture(const struct request *request, struct response *response)
{
	size_t length;
	const int fd = health_last_picture(request->site->health, &length);

	return fd < 0 ? respond_fault(response, 404, "")
		      : respond_file(response, "image/png", fd, length);
}

int page_kiosk_screen(struct request *request, struct response *response)
{
	struct bytes picture = { 0 };
	if (!kiosk_asked(request, response))
		return 0;
	if (request_query(request, "last")[0] || is_fresh(request))
		return show_last_picture(request, response);
	if (take_picture(request, &picture) < 0) {
		unreachable(response);
		response->fault_key = "picture"; /* with the time of the last one */
		return 0;
	}
	return respond_bytes(response, "image/png", (char *)picture.data, picture.length);
}

int page_kiosk_identify(struct request *request, struct response *response)
{
	if (!kiosk_asked(request, response))
		return 0;
	if (health_command(request->site->health, "identify", PICTURE_WAIT_MS, NULL, 0) < 0)
		return unreachable(response);
	const int r =
		audit_note(request, "kiosk-identified", request_config(request)->kiosk.name, "");
	return r < 0 ? r : respond_see_other(response, "/kiosks");
}

/* Which start of the kiosk it is, as it says now; 0 when it does not answer. */
static int64_t start_of(const struct request *request)
{
	json_t *status = health_get(request->site->health, 0, true, NULL);
	const int64_t start = status ? health_start(status) : 0;

	json_decref(status);
	return start;
}

/* ?since=: after which start somebody waits for the next. */
static int wait_for_start(
	const struct request *request, struct response *response, const char *since)
{
	const int64_t start = start_of(request);
	char stream[64];

	if (start && start != strtoll(since, NULL, 10))
		return respond_see_other(response, "/kiosks");
	snprintf(stream, sizeof stream, "/kiosks/1/restart/stream?since=%lld",
		strtoll(since, NULL, 10));
	return respond_page(response, 200, "kiosk_restart",
		json_pack("{s:b, s:s}", "under_way", 1, "stream", stream));
}

int page_kiosk_restart_ask(struct request *request, struct response *response)
{
	const char *since = request_query(request, "since");

	if (!kiosk_asked(request, response))
		return 0;
	return since[0] ? wait_for_start(request, response, since)
			: respond_page(response, 200, "kiosk_restart",
				  json_pack("{s:b}", "under_way", 0));
}

int page_kiosk_restart_stream(struct request *request, struct response *response)
{
	const struct interest interest = { .what = WATCHED_RESTART,
		.since = strtoll(request_query(request, "since"), NULL, 10) };

	return kiosk_asked(request, response) ? hub_join(request->site->hub, response, &interest,
							clock_mono_ns() / 1000000)
					      : 0;
}

/* It ends, and whoever looks after it starts it again. */
int page_kiosk_restart(struct request *request, struct response *response)
{
	if (!kiosk_asked(request, response))
		return 0;
	const int64_t start = start_of(request);
	if (!start || health_command(request->site->health, "stop", PICTURE_WAIT_MS, NULL, 0) < 0)
		return unreachable(response);
	const int r =
		audit_note(request, "kiosk-restarted", request_config(request)->kiosk.name, "");
	return r < 0 ? r
		     : respond_see_other(
			       response, "/kiosks/1/restart?since=%lld", (long long)start);
}

/* What the kiosk says of itself: it knows no names. */
int page_kiosk_report(struct request *request, struct response *response)
{
	int64_t answered_ms;
	if (!kiosk_asked(request, response))
		return 0;
	json_t *status = health_get(request->site->health, 0, true, &answered_ms);
	if (!status)
		return unreachable(response);
	json_t *told = json_copy(status);
	/* Who a badge is waited for is nobody's business in a report. */
	json_object_del(told, "link");
	char *text = json_dumps(told, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	json_decref(told);
	json_decref(status);
	if (!text)
		return -ENOMEM;
	respond_bytes(response, "text/plain; charset=utf-8", text, strlen(text));
	return respond_as_attachment(response, "kiosk.txt");
}
