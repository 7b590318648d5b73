/* How the kiosk is, and what its screen shows. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "store/tap_day.h"
#include "store/tap_log.h"
#include "version.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/health.h"
#include "web/routes.h"
#include "web/settings.h"

#define PICTURE_WAIT_MS 2000
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

static json_t *status_json(struct request *request, const json_t *status, int64_t answered_ms)
{
	struct tap_newest newest = { 0 };
	tap_newest(request->stores.read, &newest);
	const int64_t hub_ms = number_of(status, "sync", "last_ms");
	const json_t *celsius = json_object_get(json_object_get(status, "power"), "celsius");
	const int64_t waiting = number_of(status, "sync", "waiting");
	return json_pack("{s:s, s:b, s:b, s:i, s:o, s:o, s:s, s:s, s:I, s:s, s:I, s:I, s:s, s:s, "
			 "s:s, s:o, s:I, s:s, s:o}",
		"kiosk", "1", "names", request->owner.role == ROLE_ORGANISER, "up", status != NULL,
		"attention", health_attention(request->site->health), "answered",
		answered_ms ? json_time(answered_ms) : json_null(), "last_tap",
		newest.seq ? json_time(newest.wall_ms) : json_null(), "reader",
		status ? worst_reader(status) : "", "storage", status ? storage_of(status) : "",
		"free", (json_int_t)(number_of(status, "storage", "free_bytes") / (1024 * 1024)),
		"clock", text_of(status, "clock", "grade"), "taps", (json_int_t)newest.seq,
		"pending", (json_int_t)number_of(status, "storage", "pending"), "version",
		INCHECKPAAL_VERSION, "screen", text_of(status, NULL, "screen"), "hub",
		hub_of(status), "hub_last", hub_ms ? json_time(hub_ms) : json_null(), "hub_waiting",
		(json_int_t)(waiting > 0 ? waiting : 0), "power", text_of(status, "power", "state"),
		"celsius", json_is_integer(celsius) ? json_deep_copy(celsius) : json_null());
}

int page_kiosks(struct request *request, struct response *response)
{
	int64_t answered_ms;
	json_t *status = health_get(request->site->health, STATUS_AGE_MS, true, &answered_ms);
	json_t *data = status_json(request, status, answered_ms);
	json_decref(status);
	return respond_page(response, 200, "kiosks", data);
}

static int unreachable(struct response *response)
{
	respond_fault(response, 503, "kiosk");
	return respond_header(response, "Retry-After", "5");
}

static int count_log(void *context, const struct log_head *head)
{
	int *count = context;

	(void)head;
	++*count;
	return 0;
}

bool kiosk_asked(struct request *request, struct response *response)
{
	int logs = 0;
	const int number = request_number(request->parameters[0], 1, INT_MAX, 0);

	if (number == 1)
		return true;
	tap_log_heads(request->stores.read, count_log, &logs);
	if (number > 1 && number <= logs)
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
	return r;
}

int page_kiosk_screen(struct request *request, struct response *response)
{
	struct bytes picture = { 0 };
	if (!kiosk_asked(request, response))
		return 0;
	if (take_picture(request, &picture) < 0)
		return unreachable(response);
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

int page_kiosk_restart_ask(struct request *request, struct response *response)
{
	return kiosk_asked(request, response) ? respond_page(response, 200, "kiosk_restart",
							json_pack("{s:b}", "under_way", 0))
					      : 0;
}

/* It ends, and whoever looks after it starts it again. */
int page_kiosk_restart(struct request *request, struct response *response)
{
	if (!kiosk_asked(request, response))
		return 0;
	if (health_command(request->site->health, "stop", PICTURE_WAIT_MS, NULL, 0) < 0)
		return unreachable(response);
	const int r =
		audit_note(request, "kiosk-restarted", request_config(request)->kiosk.name, "");
	return r < 0 ? r
		     : respond_page(
			       response, 200, "kiosk_restart", json_pack("{s:b}", "under_way", 1));
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
