#include "web/routes.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "web/escape.h"

/* clang-format off */
const struct route routes[] = {
	{ METHOD_GET,  "/",                          ROLE_NONE,      LANE_LOOP,   0, page_root, 0 },
	{ METHOD_GET,  "/start",                     ROLE_NONE,      LANE_LOOP,   0, page_start, 0 },
	{ METHOD_POST, "/start",                     ROLE_NONE,      LANE_LOOP,   0, page_start_code, 0 },
	{ METHOD_GET,  "/start/password",            ROLE_SETUP,     LANE_LOOP,   0, page_start_password, 0 },
	{ METHOD_POST, "/start/password",            ROLE_SETUP,     LANE_SECRET, 0, page_start_password_set, 0 },
	{ METHOD_GET,  "/login",                     ROLE_NONE,      LANE_LOOP,   0, page_login, 0 },
	{ METHOD_POST, "/login",                     ROLE_NONE,      LANE_SECRET, 0, page_login_try, 0 },
	{ METHOD_POST, "/logout",                    ROLE_VIEWER,    LANE_LOOP,   0, page_logout, 0 },
	{ METHOD_POST, "/logout/everywhere",         ROLE_ORGANISER, LANE_LOOP,   0, page_logout_everywhere, 0 },
	{ METHOD_GET,  "/live",                      ROLE_VIEWER,    LANE_READ,   0, page_live, 0 },
	{ METHOD_GET,  "/live/stream",               ROLE_VIEWER,    LANE_LOOP,   0, page_live_stream, 0 },
	{ METHOD_GET,  "/downloads",                 ROLE_VIEWER,    LANE_READ,   0, page_downloads, 0 },
	{ METHOD_POST, "/downloads",                 ROLE_VIEWER,    LANE_ASKED,  0, page_download, 0 },
	{ METHOD_GET,  "/downloads/attendance",      ROLE_VIEWER,    LANE_ASKED,  0, page_download_attendance, 0 },
	{ METHOD_GET,  "/downloads/{file}",          ROLE_VIEWER,    LANE_LOOP,   0, page_download_signature, 0 },
	{ METHOD_GET,  "/keys/export.pub",           ROLE_NONE,      LANE_LOOP,   0, page_public_key, 0 },
	{ METHOD_POST, "/verify",                    ROLE_VIEWER,    LANE_LONG,   VERIFY_LIMIT_BYTES, page_verify, 0 },
	{ METHOD_GET,  "/kiosks",                    ROLE_VIEWER,    LANE_READ,   0, page_kiosks, 0 },
	{ METHOD_GET,  "/kiosks/{kiosk}/screen.png", ROLE_ORGANISER, LANE_READ,   0, page_kiosk_screen, 0 },
	{ METHOD_POST, "/kiosks/{kiosk}/identify",   ROLE_ORGANISER, LANE_READ,   0, page_kiosk_identify, 0 },
	{ METHOD_GET,  "/kiosks/{kiosk}/restart",    ROLE_ORGANISER, LANE_READ,   0, page_kiosk_restart_ask, 0 },
	{ METHOD_POST, "/kiosks/{kiosk}/restart",    ROLE_ORGANISER, LANE_READ,   0, page_kiosk_restart, 0 },
	{ METHOD_GET,  "/kiosks/{kiosk}/restart/stream", ROLE_ORGANISER, LANE_LOOP, 0, page_kiosk_restart_stream, 0 },
	{ METHOD_GET,  "/kiosks/{kiosk}/log",        ROLE_ORGANISER, LANE_READ,   0, page_kiosk_report, 0 },
	{ METHOD_GET,  "/kiosks/{kiosk}/settings",   ROLE_ORGANISER, LANE_READ,   0, page_kiosk_settings, 0 },
	{ METHOD_POST, "/kiosks/{kiosk}/settings",   ROLE_ORGANISER, LANE_READ,   0, page_kiosk_settings_change, 0 },
	{ METHOD_GET,  "/audit",                     ROLE_ORGANISER, LANE_READ,   0, page_audit, 0 },
	{ METHOD_GET,  "/audit.csv",                 ROLE_ORGANISER, LANE_READ,   0, page_audit_csv, 0 },
	{ METHOD_GET,  "/settings/tokens",           ROLE_ORGANISER, LANE_READ,   0, page_tokens, 0 },
	{ METHOD_POST, "/settings/tokens",           ROLE_ORGANISER, LANE_READ,   0, page_token_make, 0 },
	{ METHOD_POST, "/settings/tokens/{token}/revoke", ROLE_ORGANISER, LANE_LOOP, 0, page_token_revoke, 0 },
	{ METHOD_GET,  "/openapi.json",              ROLE_NONE,      LANE_LOOP,   0, page_asset, 0 },
	{ METHOD_GET,  "/people",                    ROLE_ORGANISER, LANE_READ,   0, page_people, 0 },
	{ METHOD_GET,  "/people/new",                ROLE_ORGANISER, LANE_READ,   0, page_person_new, 0 },
	{ METHOD_POST, "/people/new",                ROLE_ORGANISER, LANE_READ,   0, page_person_add, 0 },
	{ METHOD_GET,  "/people/import",             ROLE_ORGANISER, LANE_READ,   0, page_import, 0 },
	{ METHOD_POST, "/people/import",             ROLE_ORGANISER, LANE_LONG,   UPLOAD_LIMIT_BYTES, page_import_upload, 0 },
	{ METHOD_GET,  "/people/import/undo",        ROLE_ORGANISER, LANE_READ,   0, page_import_undo_ask, 0 },
	{ METHOD_POST, "/people/import/undo",        ROLE_ORGANISER, LANE_LONG,   0, page_import_undo, 0 },
	{ METHOD_GET,  "/people/import/template.csv", ROLE_VIEWER,   LANE_LOOP,   0, page_import_template, 0 },
	{ METHOD_GET,  "/people/import/{job}",       ROLE_ORGANISER, LANE_LONG,   0, page_import_check, 0 },
	{ METHOD_POST, "/people/import/{job}",       ROLE_ORGANISER, LANE_LONG,   0, page_import_act, 0 },
	{ METHOD_GET,  "/people/import/{job}/columns", ROLE_ORGANISER, LANE_LONG, 0, page_import_columns, 0 },
	{ METHOD_GET,  "/people/import/{job}/changes", ROLE_ORGANISER, LANE_LONG, 0, page_import_changes, 0 },
	{ METHOD_GET,  "/people/import/{job}/done",  ROLE_ORGANISER, LANE_READ,   0, page_import_done, 0 },
	{ METHOD_GET,  "/people/import/{job}/faults.csv", ROLE_ORGANISER, LANE_LONG, 0, page_import_faults, 0 },
	{ METHOD_GET,  "/people/{person}",           ROLE_ORGANISER, LANE_READ,   0, page_person, 0 },
	{ METHOD_GET,  "/people/{person}/edit",      ROLE_ORGANISER, LANE_READ,   0, page_person_edit, 0 },
	{ METHOD_POST, "/people/{person}/edit",      ROLE_ORGANISER, LANE_READ,   0, page_person_change, 0 },
	{ METHOD_POST, "/people/{person}/checkin",   ROLE_ORGANISER, LANE_READ,   0, page_person_checkin, 0 },
	{ METHOD_GET,  "/people/{person}/export.json", ROLE_ORGANISER, LANE_READ, 0, page_person_export, 0 },
	{ METHOD_GET,  "/people/{person}/erase",     ROLE_ORGANISER, LANE_READ,   0, page_person_erase_ask, 0 },
	{ METHOD_POST, "/people/{person}/erase",     ROLE_ORGANISER, LANE_LONG,   0, page_person_erase, 0 },
	{ METHOD_GET,  "/people/{person}/entries/{entry}/undo", ROLE_ORGANISER, LANE_READ, 0, page_person_undo_ask, 0 },
	{ METHOD_POST, "/people/{person}/entries/{entry}/undo", ROLE_ORGANISER, LANE_READ, 0, page_person_undo, 0 },
	{ METHOD_GET,  "/badges",                    ROLE_ORGANISER, LANE_READ,   0, page_badges, 0 },
	{ METHOD_GET,  "/badges/link",               ROLE_ORGANISER, LANE_READ,   0, page_badge_give, 0 },
	{ METHOD_POST, "/badges/link",               ROLE_ORGANISER, LANE_READ,   0, page_badge_link, 0 },
	{ METHOD_GET,  "/badges/link/{person}",      ROLE_ORGANISER, LANE_READ,   0, page_badge_wait, 0 },
	{ METHOD_POST, "/badges/link/{person}",      ROLE_ORGANISER, LANE_READ,   0, page_badge_taken, 0 },
	{ METHOD_GET,  "/badges/link/{person}/stream", ROLE_ORGANISER, LANE_LOOP, 0, page_badge_stream, 0 },
	{ METHOD_POST, "/badges/link/{person}/cancel", ROLE_ORGANISER, LANE_READ, 0, page_badge_cancel, 0 },
	{ METHOD_POST, "/badges/block",              ROLE_ORGANISER, LANE_READ,   0, page_badge_block_person, 0 },
	{ METHOD_GET,  "/badges/{badge}/block",      ROLE_ORGANISER, LANE_READ,   0, page_badge_block_ask, 0 },
	{ METHOD_POST, "/badges/{badge}/block",      ROLE_ORGANISER, LANE_READ,   0, page_badge_block, 0 },
	{ METHOD_GET,  "/badges/{badge}/unblock",    ROLE_ORGANISER, LANE_READ,   0, page_badge_unblock_ask, 0 },
	{ METHOD_POST, "/badges/{badge}/unblock",    ROLE_ORGANISER, LANE_READ,   0, page_badge_unblock, 0 },
	{ METHOD_GET,  "/programme",                 ROLE_VIEWER,    LANE_READ,   0, page_programme, 0 },
	{ METHOD_GET,  "/programme.csv",             ROLE_VIEWER,    LANE_READ,   0, page_programme_csv, 0 },
	{ METHOD_GET,  "/programme.ics",             ROLE_VIEWER,    LANE_READ,   0, page_programme_ics, 0 },
	{ METHOD_GET,  "/programme/schedule.json",   ROLE_VIEWER,    LANE_READ,   0, page_programme_json, 0 },
	{ METHOD_GET,  "/programme/sessions/new",    ROLE_ORGANISER, LANE_READ,   0, page_session_new, 0 },
	{ METHOD_POST, "/programme/sessions/new",    ROLE_ORGANISER, LANE_READ,   0, page_session_add, 0 },
	{ METHOD_GET,  "/programme/sessions/{session}", ROLE_ORGANISER, LANE_READ, 0, page_session, 0 },
	{ METHOD_POST, "/programme/sessions/{session}", ROLE_ORGANISER, LANE_READ, 0, page_session_change, 0 },
	{ METHOD_POST, "/programme/sessions/{session}/today", ROLE_ORGANISER, LANE_READ, 0, page_session_today, 0 },
	{ METHOD_POST, "/programme/import",          ROLE_ORGANISER, LANE_LONG,   UPLOAD_LIMIT_BYTES, page_programme_import_upload, 0 },
	{ METHOD_GET,  "/programme/import/{job}",    ROLE_ORGANISER, LANE_LONG,   0, page_programme_import_check, 0 },
	{ METHOD_POST, "/programme/import/{job}",    ROLE_ORGANISER, LANE_LONG,   0, page_programme_import_act, 0 },
	{ METHOD_GET,  "/organisations",             ROLE_ORGANISER, LANE_LONG,   0, page_organisations, 0 },
	{ METHOD_GET,  "/organisations/{organisation}", ROLE_ORGANISER, LANE_READ, 0, page_organisation, 0 },
	{ METHOD_POST, "/organisations/{organisation}", ROLE_ORGANISER, LANE_READ, 0, page_organisation_change, 0 },
	{ METHOD_GET,  "/organisations/{organisation}/merge", ROLE_ORGANISER, LANE_READ, 0, page_organisation_merge_ask, 0 },
	{ METHOD_POST, "/organisations/{organisation}/merge", ROLE_ORGANISER, LANE_READ, 0, page_organisation_merge, 0 },
	{ METHOD_GET,  "/organisations/{organisation}/distinct", ROLE_ORGANISER, LANE_READ, 0, page_organisation_distinct_ask, 0 },
	{ METHOD_POST, "/organisations/{organisation}/distinct", ROLE_ORGANISER, LANE_READ, 0, page_organisation_distinct, 0 },
	{ METHOD_GET,  "/organisations/{organisation}/unmerge", ROLE_ORGANISER, LANE_READ, 0, page_organisation_unmerge_ask, 0 },
	{ METHOD_POST, "/organisations/{organisation}/unmerge", ROLE_ORGANISER, LANE_READ, 0, page_organisation_unmerge, 0 },
	{ METHOD_GET,  "/reports/clusters",          ROLE_VIEWER,    LANE_READ,   0, page_clusters, 0 },
	{ METHOD_GET,  "/reports/clusters.csv",      ROLE_VIEWER,    LANE_READ,   0, page_clusters_csv, 0 },
	{ METHOD_GET,  "/reports/clusters.xlsx",     ROLE_VIEWER,    LANE_LONG,   0, page_clusters_xlsx, 0 },
	{ METHOD_GET,  "/reports/clusters.json",     ROLE_VIEWER,    LANE_READ,   0, page_clusters_json, 0 },
	{ METHOD_GET,  "/settings",                  ROLE_ORGANISER, LANE_READ,   0, page_settings, 0 },
	{ METHOD_POST, "/settings/event",            ROLE_ORGANISER, LANE_READ,   0, page_settings_event, 0 },
	{ METHOD_POST, "/settings/clock",            ROLE_ORGANISER, LANE_READ,   0, page_settings_clock, 0 },
	{ METHOD_POST, "/settings/clusters",         ROLE_ORGANISER, LANE_READ,   0, page_settings_clusters, 0 },
	{ METHOD_POST, "/settings/retention",        ROLE_ORGANISER, LANE_READ,   0, page_settings_retention, 0 },
	{ METHOD_POST, "/settings/sample",           ROLE_ORGANISER, LANE_LONG,   0, page_sample, 0 },
	{ METHOD_POST, "/settings/backup",           ROLE_ORGANISER, LANE_LONG,   0, page_backup, 0 },
	{ METHOD_POST, "/settings/restore",          ROLE_ORGANISER, LANE_LONG,   RESTORE_LIMIT_BYTES, page_restore_upload, 0 },
	{ METHOD_POST, "/settings/update",           ROLE_ORGANISER, LANE_LONG,   UPDATE_LIMIT_BYTES, page_update, 0 },
	{ METHOD_GET,  "/settings/update/stream",    ROLE_ORGANISER, LANE_LOOP,   0, page_update_stream, 0 },
	{ METHOD_GET,  "/settings/restore",          ROLE_ORGANISER, LANE_LONG,   0, page_restore, 0 },
	{ METHOD_POST, "/settings/restore/act",      ROLE_ORGANISER, LANE_LONG,   0, page_restore_act, 0 },
	{ METHOD_POST, "/settings/password",         ROLE_ORGANISER, LANE_SECRET, 0, page_settings_password, 0 },
	{ METHOD_POST, "/settings/viewer",           ROLE_ORGANISER, LANE_SECRET, 0, page_settings_viewer, 0 },
	{ METHOD_GET,  "/events",                    ROLE_ORGANISER, LANE_READ,   0, page_events, 0 },
	{ METHOD_POST, "/events",                    ROLE_ORGANISER, LANE_READ,   0, page_event_add, 0 },
	{ METHOD_POST, "/events/{event}/open",       ROLE_ORGANISER, LANE_READ,   0, page_event_open, 0 },
	{ METHOD_POST, "/events/{event}/close",      ROLE_ORGANISER, LANE_READ,   0, page_event_close, 0 },
	{ METHOD_GET,  "/app.css",                   ROLE_NONE,      LANE_LOOP,   0, page_asset, 0 },
	{ METHOD_GET,  "/live.js",                   ROLE_NONE,      LANE_LOOP,   0, page_asset, 0 },
	{ METHOD_GET,  "/favicon.svg",               ROLE_NONE,      LANE_LOOP,   0, page_asset, 0 },
};
/* clang-format on */
const size_t route_count = sizeof routes / sizeof routes[0];

const char *method_name(enum method method)
{
	return method == METHOD_GET ? "GET" : "POST";
}

enum lane_name route_lane(const struct request *request)
{
	return request->route->lane == LANE_ASKED ? download_lane(request) : request->route->lane;
}

const char *route_form(const char *path)
{
	static const struct {
		const char *sent_to, *form;
	} rows[] = { { "/people/import", "/people/import" }, { "/programme/import", "/programme" },
		{ "/verify", "/downloads" }, { "/settings/restore", "/settings#bk" },
		{ "/settings/update", "/settings#update" } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(path, rows[i].sent_to) == 0)
			return rows[i].form;
	return NULL;
}

static size_t part_length(const char *text)
{
	return strcspn(text, "/");
}

/* How many {…} stood for something; -1 when @path is another. Parts are compared as they are
 * written: none of ours needs escaping. */
static int match(const char *pattern, const char *path, const char *ret_parts[PARAMETERS_MAX],
	size_t ret_lengths[PARAMETERS_MAX])
{
	int count = 0;
	while (*pattern == '/' && *path == '/') {
		const size_t wanted = part_length(++pattern), given = part_length(++path);
		if (*pattern == '{' && given > 0) {
			ret_parts[count] = path;
			ret_lengths[count++] = given;
		} else if (wanted != given || memcmp(pattern, path, given) != 0) {
			return -1;
		}
		pattern += wanted;
		path += given;
	}
	return *pattern == *path ? count : -1;
}

static bool take_parameters(
	char *ret[PARAMETERS_MAX], const char *parts[], const size_t lengths[], int count)
{
	for (int i = 0; i < count; i++) {
		ret[i] = strndup(parts[i], lengths[i]);
		if (!ret[i] || !unescape(ret[i]) || !utf8_is_valid(ret[i], strlen(ret[i])))
			return false;
	}
	return true;
}

const struct route *route_find(enum method method, const char *path,
	char *ret_parameters[PARAMETERS_MAX], unsigned *ret_allow)
{
	const struct route *found = NULL;
	const char *parts[PARAMETERS_MAX] = { NULL }, *best_parts[PARAMETERS_MAX] = { NULL };
	size_t lengths[PARAMETERS_MAX] = { 0 }, best_lengths[PARAMETERS_MAX] = { 0 };
	int fewest = PARAMETERS_MAX + 1;
	*ret_allow = 0;
	for (size_t i = 0; i < route_count; i++) {
		const int count = match(routes[i].pattern, path, parts, lengths);
		if (count < 0)
			continue;
		*ret_allow |= 1U << routes[i].method;
		if (routes[i].method != method || count >= fewest)
			continue;
		found = &routes[i];
		fewest = count;
		memcpy(best_parts, parts, sizeof parts);
		memcpy(best_lengths, lengths, sizeof lengths);
	}
	if (found && !take_parameters(ret_parameters, best_parts, best_lengths, fewest)) {
		*ret_allow = 0;
		return NULL;
	}
	return found;
}
