#include "web/routes.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "web/escape.h"

/* clang-format off */
const struct route routes[] = {
	{ METHOD_GET,  "/",                          ROLE_NONE,      LANE_LOOP,   0, page_root },
	{ METHOD_GET,  "/start",                     ROLE_NONE,      LANE_LOOP,   0, page_start },
	{ METHOD_POST, "/start",                     ROLE_NONE,      LANE_LOOP,   0, page_start_code },
	{ METHOD_GET,  "/start/password",            ROLE_SETUP,     LANE_LOOP,   0, page_start_password },
	{ METHOD_POST, "/start/password",            ROLE_SETUP,     LANE_SECRET, 0, page_start_password_set },
	{ METHOD_GET,  "/login",                     ROLE_NONE,      LANE_LOOP,   0, page_login },
	{ METHOD_POST, "/login",                     ROLE_NONE,      LANE_SECRET, 0, page_login_try },
	{ METHOD_POST, "/logout",                    ROLE_VIEWER,    LANE_LOOP,   0, page_logout },
	{ METHOD_POST, "/logout/everywhere",         ROLE_ORGANISER, LANE_LOOP,   0, page_logout_everywhere },
	{ METHOD_GET,  "/live",                      ROLE_VIEWER,    LANE_READ,   0, page_live },
	{ METHOD_GET,  "/live/stream",               ROLE_VIEWER,    LANE_LOOP,   0, page_live_stream },
	{ METHOD_GET,  "/downloads",                 ROLE_VIEWER,    LANE_READ,   0, page_downloads },
	{ METHOD_POST, "/downloads",                 ROLE_VIEWER,    LANE_ASKED,  0, page_download },
	{ METHOD_GET,  "/downloads/attendance",      ROLE_VIEWER,    LANE_ASKED,  0, page_download_attendance },
	{ METHOD_GET,  "/downloads/{file}",          ROLE_VIEWER,    LANE_LOOP,   0, page_download_signature },
	{ METHOD_GET,  "/keys/export.pub",           ROLE_NONE,      LANE_LOOP,   0, page_public_key },
	{ METHOD_POST, "/verify",                    ROLE_VIEWER,    LANE_LONG,   VERIFY_LIMIT_BYTES, page_verify },
	{ METHOD_GET,  "/kiosks",                    ROLE_VIEWER,    LANE_READ,   0, page_kiosks },
	{ METHOD_GET,  "/kiosks/{kiosk}/screen.png", ROLE_ORGANISER, LANE_READ,   0, page_kiosk_screen },
	{ METHOD_POST, "/kiosks/{kiosk}/identify",   ROLE_ORGANISER, LANE_READ,   0, page_kiosk_identify },
	{ METHOD_GET,  "/kiosks/{kiosk}/restart",    ROLE_ORGANISER, LANE_READ,   0, page_kiosk_restart_ask },
	{ METHOD_POST, "/kiosks/{kiosk}/restart",    ROLE_ORGANISER, LANE_READ,   0, page_kiosk_restart },
	{ METHOD_GET,  "/kiosks/{kiosk}/restart/stream", ROLE_ORGANISER, LANE_LOOP, 0, page_kiosk_restart_stream },
	{ METHOD_GET,  "/kiosks/{kiosk}/log",        ROLE_ORGANISER, LANE_READ,   0, page_kiosk_report },
	{ METHOD_GET,  "/kiosks/{kiosk}/settings",   ROLE_ORGANISER, LANE_READ,   0, page_kiosk_settings },
	{ METHOD_POST, "/kiosks/{kiosk}/settings",   ROLE_ORGANISER, LANE_READ,   0, page_kiosk_settings_change },
	{ METHOD_GET,  "/audit",                     ROLE_ORGANISER, LANE_READ,   0, page_audit },
	{ METHOD_GET,  "/audit.csv",                 ROLE_ORGANISER, LANE_READ,   0, page_audit_csv },
	{ METHOD_GET,  "/settings/tokens",           ROLE_ORGANISER, LANE_READ,   0, page_tokens },
	{ METHOD_POST, "/settings/tokens",           ROLE_ORGANISER, LANE_READ,   0, page_token_make },
	{ METHOD_POST, "/settings/tokens/{token}/revoke", ROLE_ORGANISER, LANE_LOOP, 0, page_token_revoke },
	{ METHOD_GET,  "/openapi.json",              ROLE_NONE,      LANE_LOOP,   0, page_asset },
	{ METHOD_GET,  "/people",                    ROLE_ORGANISER, LANE_READ,   0, page_people },
	{ METHOD_GET,  "/people/new",                ROLE_ORGANISER, LANE_READ,   0, page_person_new },
	{ METHOD_POST, "/people/new",                ROLE_ORGANISER, LANE_READ,   0, page_person_add },
	{ METHOD_GET,  "/people/import",             ROLE_ORGANISER, LANE_READ,   0, page_import },
	{ METHOD_POST, "/people/import",             ROLE_ORGANISER, LANE_LONG,   UPLOAD_LIMIT_BYTES, page_import_upload },
	{ METHOD_GET,  "/people/import/undo",        ROLE_ORGANISER, LANE_READ,   0, page_import_undo_ask },
	{ METHOD_POST, "/people/import/undo",        ROLE_ORGANISER, LANE_LONG,   0, page_import_undo },
	{ METHOD_GET,  "/people/import/template.csv", ROLE_VIEWER,   LANE_LOOP,   0, page_import_template },
	{ METHOD_GET,  "/people/import/{job}",       ROLE_ORGANISER, LANE_LONG,   0, page_import_check },
	{ METHOD_POST, "/people/import/{job}",       ROLE_ORGANISER, LANE_LONG,   0, page_import_act },
	{ METHOD_GET,  "/people/import/{job}/columns", ROLE_ORGANISER, LANE_LONG, 0, page_import_columns },
	{ METHOD_GET,  "/people/import/{job}/changes", ROLE_ORGANISER, LANE_LONG, 0, page_import_changes },
	{ METHOD_GET,  "/people/import/{job}/done",  ROLE_ORGANISER, LANE_LONG,   0, page_import_done },
	{ METHOD_GET,  "/people/import/{job}/faults.csv", ROLE_ORGANISER, LANE_LONG, 0, page_import_faults },
	{ METHOD_GET,  "/people/{person}",           ROLE_ORGANISER, LANE_READ,   0, page_person },
	{ METHOD_GET,  "/people/{person}/edit",      ROLE_ORGANISER, LANE_READ,   0, page_person_edit },
	{ METHOD_POST, "/people/{person}/edit",      ROLE_ORGANISER, LANE_READ,   0, page_person_change },
	{ METHOD_POST, "/people/{person}/checkin",   ROLE_ORGANISER, LANE_READ,   0, page_person_checkin },
	{ METHOD_GET,  "/people/{person}/export.json", ROLE_ORGANISER, LANE_READ, 0, page_person_export },
	{ METHOD_GET,  "/people/{person}/erase",     ROLE_ORGANISER, LANE_READ,   0, page_person_erase_ask },
	{ METHOD_POST, "/people/{person}/erase",     ROLE_ORGANISER, LANE_LONG,   0, page_person_erase },
	{ METHOD_GET,  "/people/{person}/entries/{entry}/undo", ROLE_ORGANISER, LANE_READ, 0, page_person_undo_ask },
	{ METHOD_POST, "/people/{person}/entries/{entry}/undo", ROLE_ORGANISER, LANE_READ, 0, page_person_undo },
	{ METHOD_GET,  "/badges",                    ROLE_ORGANISER, LANE_READ,   0, page_badges },
	{ METHOD_GET,  "/badges/link",               ROLE_ORGANISER, LANE_READ,   0, page_badge_give },
	{ METHOD_POST, "/badges/link",               ROLE_ORGANISER, LANE_READ,   0, page_badge_link },
	{ METHOD_GET,  "/badges/link/{person}",      ROLE_ORGANISER, LANE_READ,   0, page_badge_wait },
	{ METHOD_POST, "/badges/link/{person}",      ROLE_ORGANISER, LANE_READ,   0, page_badge_taken },
	{ METHOD_GET,  "/badges/link/{person}/stream", ROLE_ORGANISER, LANE_LOOP, 0, page_badge_stream },
	{ METHOD_POST, "/badges/link/{person}/cancel", ROLE_ORGANISER, LANE_READ, 0, page_badge_cancel },
	{ METHOD_POST, "/badges/block",              ROLE_ORGANISER, LANE_READ,   0, page_badge_block_person },
	{ METHOD_GET,  "/badges/{badge}/block",      ROLE_ORGANISER, LANE_READ,   0, page_badge_block_ask },
	{ METHOD_POST, "/badges/{badge}/block",      ROLE_ORGANISER, LANE_READ,   0, page_badge_block },
	{ METHOD_GET,  "/badges/{badge}/unblock",    ROLE_ORGANISER, LANE_READ,   0, page_badge_unblock_ask },
	{ METHOD_POST, "/badges/{badge}/unblock",    ROLE_ORGANISER, LANE_READ,   0, page_badge_unblock },
	{ METHOD_GET,  "/programme",                 ROLE_VIEWER,    LANE_READ,   0, page_programme },
	{ METHOD_GET,  "/programme.csv",             ROLE_VIEWER,    LANE_READ,   0, page_programme_csv },
	{ METHOD_GET,  "/programme.ics",             ROLE_VIEWER,    LANE_READ,   0, page_programme_ics },
	{ METHOD_GET,  "/programme/schedule.json",   ROLE_VIEWER,    LANE_READ,   0, page_programme_json },
	{ METHOD_GET,  "/programme/sessions/new",    ROLE_ORGANISER, LANE_READ,   0, page_session_new },
	{ METHOD_POST, "/programme/sessions/new",    ROLE_ORGANISER, LANE_READ,   0, page_session_add },
	{ METHOD_GET,  "/programme/sessions/{session}", ROLE_ORGANISER, LANE_READ, 0, page_session },
	{ METHOD_POST, "/programme/sessions/{session}", ROLE_ORGANISER, LANE_READ, 0, page_session_change },
	{ METHOD_POST, "/programme/sessions/{session}/today", ROLE_ORGANISER, LANE_READ, 0, page_session_today },
	{ METHOD_POST, "/programme/import",          ROLE_ORGANISER, LANE_LONG,   UPLOAD_LIMIT_BYTES, page_programme_import_upload },
	{ METHOD_GET,  "/programme/import/{job}",    ROLE_ORGANISER, LANE_LONG,   0, page_programme_import_check },
	{ METHOD_POST, "/programme/import/{job}",    ROLE_ORGANISER, LANE_LONG,   0, page_programme_import_act },
	{ METHOD_GET,  "/organisations",             ROLE_ORGANISER, LANE_LONG,   0, page_organisations },
	{ METHOD_GET,  "/organisations/{organisation}", ROLE_ORGANISER, LANE_READ, 0, page_organisation },
	{ METHOD_POST, "/organisations/{organisation}", ROLE_ORGANISER, LANE_READ, 0, page_organisation_change },
	{ METHOD_GET,  "/organisations/{organisation}/merge", ROLE_ORGANISER, LANE_READ, 0, page_organisation_merge_ask },
	{ METHOD_POST, "/organisations/{organisation}/merge", ROLE_ORGANISER, LANE_READ, 0, page_organisation_merge },
	{ METHOD_GET,  "/organisations/{organisation}/distinct", ROLE_ORGANISER, LANE_READ, 0, page_organisation_distinct_ask },
	{ METHOD_POST, "/organisations/{organisation}/distinct", ROLE_ORGANISER, LANE_READ, 0, page_organisation_distinct },
	{ METHOD_GET,  "/organisations/{organisation}/unmerge", ROLE_ORGANISER, LANE_READ, 0, page_organisation_unmerge_ask },
	{ METHOD_POST, "/organisations/{organisation}/unmerge", ROLE_ORGANISER, LANE_READ, 0, page_organisation_unmerge },
	{ METHOD_GET,  "/reports/clusters",          ROLE_VIEWER,    LANE_READ,   0, page_clusters },
	{ METHOD_GET,  "/reports/clusters.csv",      ROLE_VIEWER,    LANE_READ,   0, page_clusters_csv },
	{ METHOD_GET,  "/reports/clusters.xlsx",     ROLE_VIEWER,    LANE_LONG,   0, page_clusters_xlsx },
	{ METHOD_GET,  "/reports/clusters.json",     ROLE_VIEWER,    LANE_READ,   0, page_clusters_json },
	{ METHOD_GET,  "/settings",                  ROLE_ORGANISER, LANE_READ,   0, page_settings },
	{ METHOD_POST, "/settings/event",            ROLE_ORGANISER, LANE_READ,   0, page_settings_event },
	{ METHOD_POST, "/settings/clock",            ROLE_ORGANISER, LANE_LONG,   0, page_settings_clock },
	{ METHOD_POST, "/settings/clusters",         ROLE_ORGANISER, LANE_READ,   0, page_settings_clusters },
	{ METHOD_POST, "/settings/retention",        ROLE_ORGANISER, LANE_READ,   0, page_settings_retention },
	{ METHOD_POST, "/settings/sample",           ROLE_ORGANISER, LANE_LONG,   0, page_sample },
	{ METHOD_POST, "/settings/backup",           ROLE_ORGANISER, LANE_LONG,   0, page_backup },
	{ METHOD_POST, "/settings/restore",          ROLE_ORGANISER, LANE_LONG,   RESTORE_LIMIT_BYTES, page_restore_upload },
	{ METHOD_POST, "/settings/update",           ROLE_ORGANISER, LANE_LONG,   UPDATE_LIMIT_BYTES, page_update },
	{ METHOD_GET,  "/settings/update/stream",    ROLE_ORGANISER, LANE_LOOP,   0, page_update_stream },
	{ METHOD_GET,  "/settings/restore",          ROLE_ORGANISER, LANE_LONG,   0, page_restore },
	{ METHOD_POST, "/settings/restore/act",      ROLE_ORGANISER, LANE_LONG,   0, page_restore_act },
	{ METHOD_POST, "/settings/password",         ROLE_ORGANISER, LANE_SECRET, 0, page_settings_password },
	{ METHOD_POST, "/settings/viewer",           ROLE_ORGANISER, LANE_SECRET, 0, page_settings_viewer },
	{ METHOD_GET,  "/events",                    ROLE_ORGANISER, LANE_READ,   0, page_events },
	{ METHOD_POST, "/events",                    ROLE_ORGANISER, LANE_READ,   0, page_event_add },
	{ METHOD_POST, "/events/{event}/open",       ROLE_ORGANISER, LANE_READ,   0, page_event_open },
	{ METHOD_POST, "/events/{event}/close",      ROLE_ORGANISER, LANE_READ,   0, page_event_close },
	{ METHOD_GET,  "/app.css",                   ROLE_NONE,      LANE_LOOP,   0, page_asset },
	{ METHOD_GET,  "/live.js",                   ROLE_NONE,      LANE_LOOP,   0, page_asset },
	{ METHOD_GET,  "/favicon.svg",               ROLE_NONE,      LANE_LOOP,   0, page_asset },
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
