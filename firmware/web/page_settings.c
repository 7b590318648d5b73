/* /settings: the event, the clusters and their target, who may sign in. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/scope.h"
#include "base/secret.h"
#include "core/text.h"
#include "store/planned.h"
#include "web/confirm.h"
#include "web/event_form.h"
#include "web/form.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/health.h"
#include "web/kiosk_options.h"
#include "web/parts.h"
#include "web/response.h"
#include "web/revision.h"
#include "web/routes.h"
#include "web/settings.h"
#include "web/sheet.h"

#define TARGET_MAX 10000
#define STATUS_AGE_MS 1000

static json_t *clusters_json(const struct cluster_list *clusters)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < clusters->count; i++) {
		const struct cluster *cluster = &clusters->all[i];
		json_array_append_new(
			rows, json_pack("{s:s, s:s, s:s, s:s, s:s, s:i}", "code", cluster->code,
				      "name_nl", cluster->name_nl, "name_en", cluster->name_en,
				      "short_nl", cluster->short_nl, "short_en", cluster->short_en,
				      "target", cluster->target));
	}
	return rows;
}

/* What the forms of the event and of the clusters are made of. */
static void set_event(struct sheet *ret, const struct request *request, const struct event *event)
{
	sheet_init(ret, request);
	event_form_set(ret, event);
}

static void set_clusters(
	struct sheet *ret, const struct request *request, const struct cluster_list *clusters)
{
	sheet_init(ret, request);
	json_object_set_new(ret->values, "clusters", clusters_json(clusters));
}

/* When the kiosk made its newest backup; null when it does not say. */
static void add_backup(json_t *data, const struct request *request)
{
	json_t *status = health_get(request->site->health, STATUS_AGE_MS, true, NULL);
	const json_t *keeping = json_object_get(status, "keeping");
	const json_int_t at_ms = json_integer_value(json_object_get(keeping, "backup_ms"));

	json_object_set_new(data, "backup_made", at_ms ? json_time(at_ms) : json_null());
	json_decref(status);
}

static json_t *revision_json(struct sheet *made_of)
{
	char rev[REVISION_SIZE];

	revision_of(made_of, rev);
	sheet_finish(made_of);
	return json_string(rev);
}

/* Only who brought an update is led on: somebody else may be typing. */
static void follow_update(json_t *data, const struct request *request)
{
	char stream[64];

	if (!request_query(request, "update")[0])
		return;
	snprintf(stream, sizeof stream, "/settings/update/stream?since=%lld",
		(long long)update_told_at(request->site));
	json_object_set_new(data, "stream", json_string(stream));
}

int settings_show(
	struct request *request, struct response *response, struct sheet *sheet, unsigned status)
{
	struct cluster_list clusters;
	struct today today = { 0 };
	char hash[SECRET_HASH_SIZE] = "";
	int r = cluster_list_load(&clusters, request->stores.read);

	restore_tidy(request);
	if (r == 0)
		r = today_find(&today, request, clock_wall_ms());
	if (r == 0)
		r = account_password_hash(request->stores.read, ROLE_VIEWER, hash);
	if (r < 0) {
		sheet_finish(sheet);
		return r;
	}
	if (!json_object_get(sheet->values, "event_title"))
		event_form_set(sheet, &today.event);
	struct moment now;
	char day[11], clock[6];
	clock_read(&now);
	local_time_text(now.wall_ms, day, clock);
	if (!json_object_get(sheet->values, "clock_day")) {
		sheet_set(sheet, "clock_day", now.grade == CLOCK_NONE ? "" : day);
		sheet_set(sheet, "clock_time", now.grade == CLOCK_NONE ? "" : clock);
	}
	CLEANUP(bytes_free) struct bytes told = { 0 };
	update_told(request, &told);
	kiosk_options_begin(sheet, request);
	json_t *data = sheet_into(sheet,
		json_pack("{s:b, s:s, s:b, s:s, s:o, s:b, s:o, s:b, s:s, s:s, s:s, s:o}", "update",
			update_is_possible(request), "told",
			told.data ? (const char *)told.data : "", "sample",
			sample_is_there(request), "clock", clock_grade_name(now.grade), "now",
			json_time(now.wall_ms), "has_event", today.event.id[0] != '\0', "clusters",
			clusters_json(&clusters), "viewer", hash[0] != '\0', "saved",
			request_query(request, "saved"), "kiosk", "1", "from", "settings", "parts",
			kiosk_options_json(request)));
	r = data ? kiosk_choices_into(data, request) : -ENOMEM;
	if (r == 0) {
		struct sheet made_of;
		set_event(&made_of, request, &today.event);
		json_object_set_new(data, "event_rev", revision_json(&made_of));
		set_clusters(&made_of, request, &clusters);
		json_object_set_new(data, "clusters_rev", revision_json(&made_of));
		add_backup(data, request);
		follow_update(data, request);
		event_days_into(data, request->stores.read, &today.event);
		return respond_page(response, status, "settings", data);
	}
	json_decref(data);
	return r;
}

int page_settings(struct request *request, struct response *response)
{
	struct sheet sheet;

	sheet_init(&sheet, request);
	return settings_show(request, response, &sheet, 200);
}

static int saved(struct request *request, struct response *response, const char *section)
{
	const int r = audit_note(request, "settings-changed", section, "");

	return r < 0 ? r : respond_see_other(response, "/settings?saved=settings#%s", section);
}

int page_settings_event(struct request *request, struct response *response)
{
	struct today today;
	struct sheet sheet;
	int r = today_find(&today, request, clock_wall_ms());

	if (r < 0)
		return r;
	struct event event = today.event;
	sheet_init(&sheet, request);
	event_form_take(&sheet, &event);
	struct sheet now;
	set_event(&now, request, &today.event);
	const bool holds = revision_check(&sheet, &now);
	if (!holds || !sheet_is_good(&sheet))
		return settings_show(request, response, &sheet, sheet_is_good(&sheet) ? 409 : 422);
	sheet_finish(&sheet);
	r = event_save(request->stores.write, &event);
	return r < 0 ? r : saved(request, response, "event");
}

/* The cluster's row of fields, as they were sent. */
static void take_cluster(struct request *request, struct sheet *sheet, struct cluster *cluster)
{
	const struct {
		const char *field;
		char *to;
		size_t size;
	} rows[] = {
		{ "name_nl", cluster->name_nl, sizeof cluster->name_nl },
		{ "name_en", cluster->name_en, sizeof cluster->name_en },
		{ "short_nl", cluster->short_nl, sizeof cluster->short_nl },
		{ "short_en", cluster->short_en, sizeof cluster->short_en },
	};
	char field[CLUSTER_CODE_SIZE + 16];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		snprintf(field, sizeof field, "%s.%s", cluster->code, rows[i].field);
		const char *text = request_field(request, field);
		if (text[0] && strlen(text) < rows[i].size)
			utf8_clip(rows[i].to, rows[i].size, text);
	}
	snprintf(field, sizeof field, "%s.target", cluster->code);
	cluster->target = request_number(request_field(request, field), 0, TARGET_MAX, -1);
	if (cluster->target < 0)
		sheet_fault(sheet, "", "target");
}

/* A new one is named in two languages; its code is made of the name. */
static bool take_new_cluster(struct request *request, struct cluster *ret)
{
	char code[SESSION_CODE_SIZE];
	const char *nl = request_field(request, "new_nl"), *en = request_field(request, "new_en");

	*ret = (struct cluster){ .target = 15 };
	if (!nl[0])
		return false;
	code_of_title(code, nl);
	utf8_clip(ret->code, sizeof ret->code, code);
	utf8_clip(ret->name_nl, sizeof ret->name_nl, nl);
	utf8_clip(ret->name_en, sizeof ret->name_en, en[0] ? en : nl);
	utf8_clip(ret->short_nl, sizeof ret->short_nl, nl);
	utf8_clip(ret->short_en, sizeof ret->short_en, en[0] ? en : nl);
	return ret->code[0] != '\0';
}

static int save_clusters(
	struct store *store, const struct cluster_list *clusters, const struct cluster *new)
{
	int r = store_begin(store);

	for (size_t i = 0; r == 0 && i < clusters->count; i++)
		r = cluster_save(store, &clusters->all[i]);
	if (r == 0 && new)
		r = cluster_save(store, new);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int page_settings_clusters(struct request *request, struct response *response)
{
	struct cluster_list clusters;
	struct cluster new;
	struct sheet sheet, now;
	int r = cluster_list_load(&clusters, request->stores.read);

	if (r < 0)
		return r;
	sheet_init(&sheet, request);
	set_clusters(&now, request, &clusters);
	const bool holds = revision_holds(request, &now);
	sheet_finish(&now);
	if (!holds)
		sheet_fault(&sheet, "", "ahead");
	for (size_t i = 0; i < clusters.count; i++)
		take_cluster(request, &sheet, &clusters.all[i]);
	if (!sheet_is_good(&sheet))
		return settings_show(request, response, &sheet, holds ? 422 : 409);
	sheet_finish(&sheet);
	const bool added = take_new_cluster(request, &new);
	r = save_clusters(request->stores.write, &clusters, added ? &new : NULL);
	return r < 0 ? r : saved(request, response, "clusters");
}

static int set_password(struct request *request, struct sheet *sheet, enum role role,
	const char *field, const char *again)
{
	char hash[SECRET_HASH_SIZE];
	const char *password = request_field(request, field);
	int letters = 0;
	const char *trouble = password_trouble(password, &letters);

	if (trouble)
		sheet_fault_numbers(sheet, field, trouble, letters, SECRET_PASSWORD_MIN);
	else if (again && strcmp(password, request_field(request, again)) != 0)
		sheet_fault(sheet, again, "pw.differ");
	if (!sheet_is_good(sheet))
		return 0;
	const int r = secret_hash_password(hash, password);
	return r < 0 ? r : account_set_password(request->stores.write, role, hash, clock_wall_ms());
}

int page_settings_password(struct request *request, struct response *response)
{
	struct sheet sheet;

	sheet_init(&sheet, request);
	int r = confirm_password(request, response, &sheet, "current");
	if (r == 0 && sheet_is_good(&sheet))
		r = set_password(request, &sheet, ROLE_ORGANISER, "pw", "pw2");
	if (r == 0 && !sheet_is_good(&sheet))
		return settings_show(request, response, &sheet, 422);
	sheet_finish(&sheet);
	if (r == 1)
		return 0;
	if (r == 0)
		r = audit_note(request, "password-changed", "organiser", "");
	/* Everybody is signed out, also whoever changed it. */
	return r < 0 ? r : respond_see_other(response, "/login");
}

int page_settings_viewer(struct request *request, struct response *response)
{
	const bool off = strcmp(request_field(request, "do"), "remove") == 0;
	struct sheet sheet;

	sheet_init(&sheet, request);
	int r = off ? account_set_password(request->stores.write, ROLE_VIEWER, "", clock_wall_ms())
		    : set_password(request, &sheet, ROLE_VIEWER, "viewer_pw", NULL);
	if (r == 0 && !sheet_is_good(&sheet))
		return settings_show(request, response, &sheet, 422);
	sheet_finish(&sheet);
	return r < 0 ? r : saved(request, response, "viewer");
}
