#include "web/kiosk_options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "core/text.h"
#include "web/guard.h"
#include "web/health.h"
#include "web/programme_data.h"

#define REV_SIZE 17
#define STATUS_AGE_MS 1000

static bool same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* What a tap means: the question of the page, which the options ask in two. */
static const char *tap_name(const struct config *config)
{
	return config->kiosk.tap_out                 ? "inout"
	       : config->kiosk.mode == MODE_ENTRANCE ? "entrance"
						     : "session";
}

static const char *which_name(const struct config *config)
{
	static const char *const names[MODE_COUNT] = {
		[MODE_ENTRANCE] = "", [MODE_ROOM] = "room", [MODE_CHOOSE] = "choose"
	};
	return names[config->kiosk.mode];
}

/* The words tap.is.…: both together. */
static const char *tap_words(const struct config *config)
{
	static const char *const words[MODE_COUNT][2] = {
		[MODE_ENTRANCE] = { "entrance", "inout" },
		[MODE_ROOM] = { "room", "inout_room" },
		[MODE_CHOOSE] = { "choose", "inout_choose" },
	};
	return words[config->kiosk.mode][config->kiosk.tap_out];
}

static const char *value_of(const struct config *config, const char *section, const char *name,
	char ret[CONFIG_NAME_SIZE])
{
	ret[0] = '\0';
	config_get(config, section, name, ret, CONFIG_NAME_SIZE);
	return ret;
}

void kiosk_side(const struct request *request, char ret[CONFIG_NAME_SIZE])
{
	const struct config *config = request_config(request);

	value_of(config, "screen", "reader_side", ret);
	if (config->screen.reader_side != SIDE_AUTO)
		return;
	json_t *status = health_get(request->site->health, STATUS_AGE_MS, true, NULL);
	const char *side = json_string_value(json_object_get(status, "side"));
	utf8_clip(ret, CONFIG_NAME_SIZE, side ? side : "");
	json_decref(status);
}

static void begin(struct sheet *sheet, const char *field, const char *value)
{
	if (!json_object_get(sheet->values, field))
		sheet_set(sheet, field, value);
}

void kiosk_options_begin(struct sheet *sheet, const struct request *request)
{
	static const struct {
		const char *field, *section, *name;
	} rows[] = {
		{ "kiosk_name", "kiosk", "name" },
		{ "room", "kiosk", "room" },
		{ "screen_language", "kiosk", "language" },
		{ "theme", "screen", "theme" },
		{ "volume", "screen", "volume" },
		{ "keep", "privacy", "keep_names_days" },
	};
	const struct config *config = request_config(request);
	char text[CONFIG_NAME_SIZE];

	begin(sheet, "tap", tap_name(config));
	begin(sheet, "which", which_name(config));
	kiosk_side(request, text);
	begin(sheet, "side", text);
	begin(sheet, "page_language", request->language == LANGUAGE_EN ? "en" : "nl");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		begin(sheet, rows[i].field, value_of(config, rows[i].section, rows[i].name, text));
}

/* What a form was made of: when it is no longer so, somebody was ahead. */
static void rev_of(const struct request *request, const char *part, char ret[REV_SIZE])
{
	const struct config *config = request_config(request);
	char all[1024] = "", text[CONFIG_NAME_SIZE], id[UUID_TEXT_SIZE];
	size_t length = 0;

	for (size_t i = 0; i < OVERRIDABLE_COUNT; i++) {
		const struct overridable *row = &overridables[i];
		if (!same(row->part, part))
			continue;
		length += (size_t)snprintf(all + length, sizeof all - length, "%s\n%d\n",
			value_of(config, row->section, row->name, text),
			overrides_find(&request->stores.options->chosen, row->section, row->name) !=
				NULL);
	}
	uuid_of_name(id, "revision", all);
	utf8_clip(ret, REV_SIZE, id);
}

static const char *origin_of(const struct request *request, const char *part)
{
	for (size_t i = 0; i < OVERRIDABLE_COUNT; i++) {
		const struct override *row = overrides_find(&request->stores.options->chosen,
			overridables[i].section, overridables[i].name);
		if (row && same(overridables[i].part, part))
			return same(row->origin, OVERRIDE_BY_KIOSK) ? "kiosk" : "page";
	}
	return "file";
}

/* Whether the form that was sent was made of something else. */
static bool is_behind(const struct request *request, const char *part, const char *rev)
{
	return request->method == METHOD_POST && same(request_field(request, "part"), part) &&
	       !same(request_field(request, "rev"), rev);
}

/* One option's words are its value; a tap's are of three. */
static json_t *part_json(
	const struct request *request, const char *part, const char *section, const char *name)
{
	const struct config *now = request_config(request), *file = request->stores.options->file;
	const char *origin = origin_of(request, part);
	char rev[REV_SIZE], holds[CONFIG_NAME_SIZE], written[CONFIG_NAME_SIZE];

	rev_of(request, part, rev);
	return json_pack("{s:s, s:b, s:s, s:b, s:s, s:s}", "rev", rev, "ahead",
		is_behind(request, part, rev), "origin", origin, "chosen", !same(origin, "file"),
		"now", name ? value_of(now, section, name, holds) : tap_words(now), "file",
		name ? value_of(file, section, name, written) : tap_words(file));
}

json_t *kiosk_options_json(const struct request *request)
{
	const struct config *now = request_config(request), *file = request->stores.options->file;
	json_t *parts = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "name",
		part_json(request, "name", "kiosk", "name"), "tap",
		part_json(request, "tap", NULL, NULL), "reader",
		part_json(request, "reader", "screen", "reader_side"), "language",
		part_json(request, "language", "kiosk", "language"), "look",
		part_json(request, "look", "screen", "theme"), "retention",
		part_json(request, "retention", "privacy", "keep_names_days"));
	json_t *tap = json_object_get(parts, "tap"), *look = json_object_get(parts, "look"),
	       *retention = json_object_get(parts, "retention");

	json_object_set_new(tap, "now_room", json_string(now->kiosk.room));
	json_object_set_new(tap, "file_room", json_string(file->kiosk.room));
	json_object_set_new(retention, "now_days", json_integer(now->privacy.keep_names_days));
	json_object_set_new(retention, "file_days", json_integer(file->privacy.keep_names_days));
	json_object_set_new(look, "now_volume", json_integer(now->screen.volume));
	json_object_set_new(look, "file_volume", json_integer(file->screen.volume));
	return parts;
}

/* What a part asks for, and at which field it is told when that is not allowed. */
struct wanted {
	struct {
		const char *section, *name, *field, *value;
	} rows[OVERRIDABLE_COUNT];
	size_t count;
};

static void want(struct wanted *wanted, const char *section, const char *name, const char *field,
	const char *value)
{
	wanted->rows[wanted->count].section = section;
	wanted->rows[wanted->count].name = name;
	wanted->rows[wanted->count].field = field;
	wanted->rows[wanted->count++].value = value;
}

/* A room that the programme does not know would send everybody away. */
static int check_room(struct request *request, struct sheet *sheet, const char *room)
{
	struct programme programme = { 0 };
	bool known = false, any = false;
	const int r = programme_load(&programme, request);

	if (r < 0)
		return r;
	for (size_t i = 0; i < programme.count; i++) {
		any |= programme.sessions[i].room[0] != '\0';
		known |= same(programme.sessions[i].room, room);
	}
	programme_finish(&programme);
	if (any && !known)
		sheet_fault(sheet, "room", "room.unknown");
	return 0;
}

static int take_tap(struct request *request, struct sheet *sheet, struct wanted *ret)
{
	const char *tap = sheet_take(sheet, "tap"), *which = sheet_take(sheet, "which"),
		   *room = sheet_take(sheet, "room");
	const bool entrance = same(tap, "entrance"), session = same(tap, "session"),
		   inout = same(tap, "inout");
	const char *mode = entrance || !which[0] ? "entrance" : which;

	if (!entrance && !session && !inout)
		sheet_fault(sheet, "tap", "choice");
	if (session && !which[0])
		sheet_fault(sheet, "which", "which");
	want(ret, "kiosk", "mode", "which", mode);
	want(ret, "kiosk", "tap_out", "tap", inout ? "yes" : "no");
	want(ret, "kiosk", "room", "room", room);
	if (!same(mode, "room"))
		return 0;
	if (!room[0])
		sheet_fault(sheet, "room", "room");
	return room[0] ? check_room(request, sheet, room) : 0;
}

static int take_name(struct request *request, struct sheet *sheet, struct wanted *ret)
{
	const char *name = sheet_need(sheet, "kiosk_name", "required");

	(void)request;
	if (strlen(name) >= CONFIG_NAME_SIZE)
		sheet_fault(sheet, "kiosk_name", "long");
	want(ret, "kiosk", "name", "kiosk_name", name);
	return 0;
}

static int take_reader(struct request *request, struct sheet *sheet, struct wanted *ret)
{
	(void)request;
	want(ret, "screen", "reader_side", "side", sheet_take(sheet, "side"));
	return 0;
}

static int take_language(struct request *request, struct sheet *sheet, struct wanted *ret)
{
	(void)request;
	sheet_take(sheet, "page_language");
	want(ret, "kiosk", "language", "screen_language", sheet_take(sheet, "screen_language"));
	return 0;
}

static int take_look(struct request *request, struct sheet *sheet, struct wanted *ret)
{
	const char *volume = sheet_take(sheet, "volume");

	(void)request;
	if (request_number(volume, 0, 100, -1) < 0)
		sheet_fault(sheet, "volume", "volume");
	want(ret, "screen", "theme", "theme", sheet_take(sheet, "theme"));
	want(ret, "screen", "volume", "volume", volume);
	return 0;
}

static int take_retention(struct request *request, struct sheet *sheet, struct wanted *ret)
{
	(void)request;
	want(ret, "privacy", "keep_names_days", "keep", sheet_take(sheet, "keep"));
	return 0;
}

static const struct part {
	const char *name;
	int (*take)(struct request *request, struct sheet *sheet, struct wanted *ret);
} parts[] = {
	{ "name", take_name },
	{ "tap", take_tap },
	{ "reader", take_reader },
	{ "language", take_language },
	{ "look", take_look },
	{ "retention", take_retention },
};

/* The options' own table has the last word. */
static void check(const struct request *request, struct sheet *sheet, const struct wanted *wanted)
{
	struct config config = *request_config(request);
	struct said fault;

	for (size_t i = 0; i < wanted->count; i++)
		if (!config_set(&config, wanted->rows[i].section, wanted->rows[i].name,
			    wanted->rows[i].value, &fault))
			sheet_fault(sheet, wanted->rows[i].field, "choice");
	if (sheet_is_good(sheet) && !config_check(&config, &fault))
		sheet_fault(sheet, "", "choice");
}

static bool is_of_file(const struct request *request, const struct wanted *wanted)
{
	char text[CONFIG_NAME_SIZE];

	for (size_t i = 0; i < wanted->count; i++)
		if (!same(wanted->rows[i].value,
			    value_of(request->stores.options->file, wanted->rows[i].section,
				    wanted->rows[i].name, text)))
			return false;
	return true;
}

/* The whole part, so that what was chosen together stays together when the file changes. */
static int put_all(struct store *store, const struct wanted *wanted)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < wanted->count; i++)
		r = override_put(store, wanted->rows[i].section, wanted->rows[i].name,
			wanted->rows[i].value, OVERRIDE_BY_PAGE, clock_wall_ms());
	return r;
}

static int drop_all(struct store *store, const char *part)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < OVERRIDABLE_COUNT; i++)
		if (same(overridables[i].part, part))
			r = override_drop(store, overridables[i].section, overridables[i].name);
	return r;
}

/* "kiosk.mode=room …" for the audit log; "as the file says" is said by the part's name alone. */
static void write_what(const struct wanted *wanted, const char *part, char *ret, size_t size)
{
	size_t length = (size_t)snprintf(ret, size, "%s:", part);

	for (size_t i = 0; i < wanted->count && length < size; i++)
		length += (size_t)snprintf(ret + length, size - length, " %s=%s",
			wanted->rows[i].name, wanted->rows[i].value);
}

/* Choices and the line in the audit log come together, or not at all. */
static int keep(struct request *request, const char *part, const struct wanted *wanted)
{
	struct store *store = request->stores.write;
	const bool back = wanted->count == 0 || is_of_file(request, wanted);
	char what[256];
	int r = store_begin(store);

	write_what(wanted, part, what, sizeof what);
	if (r == 0)
		r = back ? drop_all(store, part) : put_all(store, wanted);
	if (r == 0)
		r = audit_note(request, back ? "option-put-back" : "option-chosen", what, "");
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

static const struct part *part_of(const char *name)
{
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (same(parts[i].name, name))
			return &parts[i];
	return NULL;
}

int kiosk_options_take(struct request *request, struct sheet *sheet, const char *part)
{
	const struct part *row = part_of(part);
	struct wanted wanted = { .count = 0 };
	char rev[REV_SIZE];

	if (!row)
		return 404;
	if (!same(request_field(request, "do"), "file")) {
		const int r = row->take(request, sheet, &wanted);
		if (r < 0)
			return r;
		check(request, sheet, &wanted);
		if (!sheet_is_good(sheet))
			return 422;
	}
	rev_of(request, part, rev);
	if (!same(rev, request_field(request, "rev"))) {
		sheet_fault(sheet, "", "ahead");
		return 409;
	}
	return keep(request, part, &wanted);
}
