/* /kiosks/{k}/settings, and /settings/retention: options chosen over the kiosk's file. */
#include <errno.h>
#include <string.h>

#include "store/tap_log.h"
#include "web/frame.h"
#include "web/health.h"
#include "web/kiosk_options.h"
#include "web/programme_data.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/settings.h"

#define STATUS_AGE_MS 1000
#define DAY_MS (24 * 3600 * 1000LL)
#define KEEP_DAYS_MAX 3650

/* Whether the form stands on the page of all settings: there its sender goes back to. */
static bool is_of_settings(const struct request *request, const char *part)
{
	return strcmp(part, "retention") == 0 ||
	       strcmp(request_field(request, "from"), "settings") == 0;
}

static int64_t last_end_ms(const struct programme *programme)
{
	int64_t end_ms = 0;

	for (size_t i = 0; i < programme->count; i++)
		if (programme->sessions[i].end_ms > end_ms)
			end_ms = programme->sessions[i].end_ms;
	return end_ms;
}

/* Some months, what holds, and what the file says; shortest first. */
static json_t *keeps_json(const struct request *request, int64_t end_ms)
{
	const int now = request_config(request)->privacy.keep_names_days,
		  file = request->stores.options->file->privacy.keep_names_days;
	json_t *list = json_array();

	for (int days = 1; days <= KEEP_DAYS_MAX; days++) {
		const char *say = days == 30 ? "1" : days == 91 ? "3" : days == 365 ? "12" : "days";
		if (strcmp(say, "days") == 0 && days != now && days != file)
			continue;
		json_array_append_new(
			list, json_pack("{s:i, s:s, s:b, s:o}", "days", days, "say", say, "chosen",
				      days == now, "until",
				      end_ms ? json_time(end_ms + days * DAY_MS) : json_null()));
	}
	return list;
}

int kiosk_choices_into(json_t *data, const struct request *request)
{
	struct programme programme = { 0 };
	const int r = programme_load(&programme, request);

	if (r < 0)
		return r;
	json_object_set_new(data, "rooms", programme_rooms_json(&programme));
	json_object_set_new(data, "keeps", keeps_json(request, last_end_ms(&programme)));
	programme_finish(&programme);
	return 0;
}

static int show(
	struct request *request, struct response *response, struct sheet *sheet, unsigned status)
{
	int64_t answered_ms;
	json_t *up = health_get(request->site->health, STATUS_AGE_MS, true, &answered_ms);
	json_t *data = json_pack("{s:b, s:s, s:s, s:s, s:o}", "up", up != NULL, "kiosk", "1",
		"from", "", "saved", request_query(request, "saved"), "parts",
		kiosk_options_json(request));

	json_decref(up);
	kiosk_options_begin(sheet, request);
	data = sheet_into(sheet, data);
	const int r = data ? kiosk_choices_into(data, request) : -ENOMEM;
	if (r < 0) {
		json_decref(data);
		return r;
	}
	return respond_page(response, status, "kiosk_settings", data);
}

int page_kiosk_settings(struct request *request, struct response *response)
{
	struct sheet sheet;

	if (!kiosk_asked(request, response))
		return 0;
	sheet_init(&sheet, request);
	return show(request, response, &sheet, 200);
}

/* What is said of it: a tap's meaning in its own words. */
static const char *saved_as(const struct request *request, const char *part)
{
	static const char *const taps[][2] = { { "entrance", "tap_entrance" },
		{ "session", "tap_session" }, { "inout", "tap_inout" } };

	if (strcmp(request_field(request, "do"), "file") == 0)
		return "option_back";
	for (size_t i = 0; strcmp(part, "tap") == 0 && i < sizeof taps / sizeof taps[0]; i++)
		if (strcmp(request_field(request, "tap"), taps[i][0]) == 0)
			return taps[i][1];
	return "option";
}

static int go_back(struct request *request, struct response *response, const char *part)
{
	const char *language = request_field(request, "page_language");
	const bool turns = strcmp(language, "nl") == 0 || strcmp(language, "en") == 0;

	return respond_see_other(response, "%s?saved=%s%s%s#%s",
		is_of_settings(request, part) ? "/settings" : "/kiosks/1/settings",
		saved_as(request, part), turns ? "&lang=" : "", turns ? language : "", part);
}

static int change(struct request *request, struct response *response, const char *part)
{
	struct sheet sheet;

	sheet_init(&sheet, request);
	const int r = kiosk_options_take(request, &sheet, part);
	if (r == 409 || r == 422)
		return is_of_settings(request, part)
			       ? settings_show(request, response, &sheet, (unsigned)r)
			       : show(request, response, &sheet, (unsigned)r);
	sheet_finish(&sheet);
	if (r == 404)
		return respond_fault(response, 404, "");
	return r < 0 ? r : go_back(request, response, part);
}

int page_kiosk_settings_change(struct request *request, struct response *response)
{
	const char *part = request_field(request, "part");

	if (!kiosk_asked(request, response))
		return 0;
	/* How long names are kept is asked of the whole event, on its own page. */
	return strcmp(part, "retention") == 0 ? respond_fault(response, 404, "")
					      : change(request, response, part);
}

int page_settings_retention(struct request *request, struct response *response)
{
	return change(request, response, "retention");
}
