/**
 * Every URL of the page: one row each. Roles, the methods in Allow, the limit of a body and the
 * test that walks all routes come from this table. A page adds a row and a file page_NOUN.c.
 */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include "web/request.h"
#include "web/response.h"

/* Where a handler runs. The loop's thread serves everybody, so only what takes a few milliseconds
 * runs there. */
enum lane_name {
	LANE_LOOP,
	LANE_READ,   /* looks things up: tens of milliseconds */
	LANE_SECRET, /* hashes a password */
	LANE_LONG,   /* imports, workbooks, backups: seconds */
	LANE_COUNT,
	LANE_ASKED /* one of these, by what is asked for: route_lane */
};

struct route {
	enum method method;
	const char *pattern; /* "/people/{id}/edit"; {…} is one part of the path */
	enum role role;      /* the least that is needed */
	enum lane_name lane;
	size_t body_limit; /* bytes of a POST; 0 for the usual limit of a form */
	/* 0, or -errno for a fault of ours: -EBUSY and -ENOSPC become 503, the rest 500. */
	int (*handle)(struct request *request, struct response *response);
};
extern const struct route routes[];
extern const size_t route_count;

#define FORM_LIMIT_BYTES (256 * 1024)
#define UPLOAD_LIMIT_BYTES (5 * 1024 * 1024)
#define VERIFY_LIMIT_BYTES (256UL * 1024 * 1024) /* the log of a long series of events */
#define UPDATE_LIMIT_BYTES (1024UL * 1024 * 1024)
#define RESTORE_LIMIT_BYTES (512UL * 1024 * 1024)

/**
 * The route of @path, with what stood for {…} in @ret_parameters (malloc, the caller frees). NULL
 * with @ret_allow 0 when there is no such path; NULL with @ret_allow a set of 1 << enum method when
 * it takes other methods. A literal part goes before {…}.
 */
const struct route *route_find(enum method method, const char *path,
	char *ret_parameters[PARAMETERS_MAX], unsigned *ret_allow);
/* The page with the form that sends a file to @path; NULL where none does. */
const char *route_form(const char *path);
const char *method_name(enum method method);
/* Where the handler of a request that is whole runs. */
enum lane_name route_lane(const struct request *request);

/* page_*.c */
int page_root(struct request *request, struct response *response);
int page_start(struct request *request, struct response *response);
int page_start_code(struct request *request, struct response *response);
int page_start_password(struct request *request, struct response *response);
int page_start_password_set(struct request *request, struct response *response);
int page_login(struct request *request, struct response *response);
int page_login_try(struct request *request, struct response *response);
int page_logout(struct request *request, struct response *response);
int page_logout_everywhere(struct request *request, struct response *response);
int page_live(struct request *request, struct response *response);
int page_live_stream(struct request *request, struct response *response);
int page_downloads(struct request *request, struct response *response);
int page_download_attendance(struct request *request, struct response *response);
enum lane_name download_lane(const struct request *request);
int page_download(struct request *request, struct response *response);
int page_download_signature(struct request *request, struct response *response);
int page_public_key(struct request *request, struct response *response);
int page_verify(struct request *request, struct response *response);
int page_kiosks(struct request *request, struct response *response);
int page_kiosk_screen(struct request *request, struct response *response);
int page_kiosk_identify(struct request *request, struct response *response);
int page_kiosk_restart_ask(struct request *request, struct response *response);
int page_kiosk_restart(struct request *request, struct response *response);
int page_kiosk_restart_stream(struct request *request, struct response *response);
int page_kiosk_report(struct request *request, struct response *response);
int page_kiosk_settings(struct request *request, struct response *response);
int page_kiosk_settings_change(struct request *request, struct response *response);
int page_settings_retention(struct request *request, struct response *response);
int page_audit(struct request *request, struct response *response);
int page_audit_csv(struct request *request, struct response *response);
int page_tokens(struct request *request, struct response *response);
int page_token_make(struct request *request, struct response *response);
int page_token_revoke(struct request *request, struct response *response);
int page_people(struct request *request, struct response *response);
int page_person(struct request *request, struct response *response);
int page_person_new(struct request *request, struct response *response);
int page_person_add(struct request *request, struct response *response);
int page_import(struct request *request, struct response *response);
int page_import_undo_ask(struct request *request, struct response *response);
int page_import_undo(struct request *request, struct response *response);
int page_import_upload(struct request *request, struct response *response);
int page_import_template(struct request *request, struct response *response);
int page_import_check(struct request *request, struct response *response);
int page_import_act(struct request *request, struct response *response);
int page_import_columns(struct request *request, struct response *response);
int page_import_changes(struct request *request, struct response *response);
int page_import_done(struct request *request, struct response *response);
int page_import_faults(struct request *request, struct response *response);
int page_person_edit(struct request *request, struct response *response);
int page_person_change(struct request *request, struct response *response);
int page_person_checkin(struct request *request, struct response *response);
int page_person_export(struct request *request, struct response *response);
int page_person_erase(struct request *request, struct response *response);
int page_person_erase_ask(struct request *request, struct response *response);
int page_person_undo(struct request *request, struct response *response);
int page_person_undo_ask(struct request *request, struct response *response);
int page_badges(struct request *request, struct response *response);
int page_badge_give(struct request *request, struct response *response);
int page_badge_link(struct request *request, struct response *response);
int page_badge_wait(struct request *request, struct response *response);
int page_badge_taken(struct request *request, struct response *response);
int page_badge_stream(struct request *request, struct response *response);
int page_badge_cancel(struct request *request, struct response *response);
int page_badge_block(struct request *request, struct response *response);
int page_badge_block_person(struct request *request, struct response *response);
int page_badge_block_ask(struct request *request, struct response *response);
int page_badge_unblock_ask(struct request *request, struct response *response);
int page_badge_unblock(struct request *request, struct response *response);
int page_programme(struct request *request, struct response *response);
int page_programme_ics(struct request *request, struct response *response);
int page_programme_json(struct request *request, struct response *response);
int page_programme_csv(struct request *request, struct response *response);
int page_session_new(struct request *request, struct response *response);
int page_session(struct request *request, struct response *response);
int page_session_add(struct request *request, struct response *response);
int page_session_change(struct request *request, struct response *response);
int page_session_today(struct request *request, struct response *response);
int page_programme_import_upload(struct request *request, struct response *response);
int page_programme_import_check(struct request *request, struct response *response);
int page_programme_import_act(struct request *request, struct response *response);
int page_organisations(struct request *request, struct response *response);
int page_organisation(struct request *request, struct response *response);
int page_organisation_change(struct request *request, struct response *response);
int page_organisation_merge_ask(struct request *request, struct response *response);
int page_organisation_merge(struct request *request, struct response *response);
int page_organisation_distinct_ask(struct request *request, struct response *response);
int page_organisation_distinct(struct request *request, struct response *response);
int page_organisation_unmerge_ask(struct request *request, struct response *response);
int page_organisation_unmerge(struct request *request, struct response *response);
int page_clusters(struct request *request, struct response *response);
int page_clusters_csv(struct request *request, struct response *response);
int page_clusters_xlsx(struct request *request, struct response *response);
int page_clusters_json(struct request *request, struct response *response);
int page_settings(struct request *request, struct response *response);
int page_sample(struct request *request, struct response *response);
int page_backup(struct request *request, struct response *response);
int page_restore(struct request *request, struct response *response);
int page_restore_upload(struct request *request, struct response *response);
int page_restore_act(struct request *request, struct response *response);
int page_update(struct request *request, struct response *response);
int page_update_stream(struct request *request, struct response *response);
int page_settings_clock(struct request *request, struct response *response);
int page_events(struct request *request, struct response *response);
int page_event_add(struct request *request, struct response *response);
int page_event_open(struct request *request, struct response *response);
int page_event_close(struct request *request, struct response *response);
int page_settings_event(struct request *request, struct response *response);
int page_settings_clusters(struct request *request, struct response *response);
int page_settings_password(struct request *request, struct response *response);
int page_settings_viewer(struct request *request, struct response *response);
int page_asset(struct request *request, struct response *response);

#endif
