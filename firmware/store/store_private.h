/** Shared by the files of store/ and by nobody else. */
#ifndef STORE_STORE_PRIVATE_H
#define STORE_STORE_PRIVATE_H

#include <sqlite3.h>

#include "base/seal.h"
#include "store/attendee.h"
#include "store/store.h"
#include "store/tap_log.h"

/* Every statement is prepared once, when it is first needed, and lives as long as the store. */
enum statement {
	/* sql_store.c */
	ST_BEGIN,
	ST_COMMIT,
	ST_ROLLBACK,
	ST_DATA_VERSION,
	ST_LOG,
	ST_VENUE_CLAIM,
	ST_GUARDS,
	ST_TEXT_GUARDS,
	ST_BEGIN_READ,
	ST_SETTING_GET,
	ST_SETTING_SET,
	ST_OVERRIDE_EACH,
	ST_OVERRIDE_PUT,
	ST_OVERRIDE_DROP,
	ST_PREPARED,
	ST_BACKUP_AGE,
	/* sql_merge.c */
	ST_ATTACH_OTHER,
	ST_DETACH_OTHER,
	ST_PEER_LOG_ADD,
	ST_PEER_LOG_NUMBER,
	ST_PEER_TAP_DROP_UNSHOWN,
	ST_PEER_LOG_SHOW,
	ST_MERGE_TAPS,
	ST_MERGE_PEER_TAPS,
	ST_MERGE_TAP_KEY,
	ST_MERGE_CORRECTION_NEXT,
	ST_MERGE_CORRECTION_ADD,
	ST_MERGE_REPLACED,
	ST_MERGE_TAP_REPLACES,
	ST_MERGE_CREDIT_NEXT,
	ST_MERGE_CREDIT_PUT,
	ST_MERGE_LINK_NEXT,
	ST_MERGE_LINK_COLLECT,
	ST_MERGE_LINK_DROP,
	ST_MERGE_LINK_PUT,
	ST_MERGE_LINK_DONE,
	ST_MERGE_FORGOTTEN_NEXT,
	ST_MERGE_NOTES,
	ST_MERGE_NOTES_FORGET,
	ST_MERGE_ORGANISERS,
	ST_MERGE_ANCHOR_EACH,
	ST_MERGE_ANCHORS,
	ST_MERGE_DAYS,
	/* sql_log.c */
	ST_TAP_LAST,
	ST_PEER_TAP_LAST,
	ST_PEER_EACH,
	ST_PEER_SAY,
	ST_TAP_AT,
	ST_PEER_TAP_AT,
	ST_LOG_EACH,
	ST_TAP_EACH_CHAIN,
	ST_PEER_TAP_EACH_CHAIN,
	ST_SEAL_ADD,
	ST_SEAL_LAST,
	ST_SEAL_EACH,
	ST_SEAL_STRANGER,
	/* sql_counter.c */
	ST_NUMBER_FIND,
	ST_NUMBER_ADD,
	ST_COUNT_OWNER,
	ST_COUNT_PEER_OWNER,
	ST_COUNT_BEFORE,
	ST_COUNT_PEER_BEFORE,
	ST_COUNT_PEER_TAP,
	ST_COUNT_OF_BADGE,
	ST_COUNT_BADGES,
	ST_COUNT_BOOT,
	ST_ANCHOR_OF_BOOT,
	ST_ATTENDED_ADD,
	ST_ATTENDED_CLEAN,
	ST_VISIT_FIND,
	ST_VISIT_NEW,
	ST_VISIT_ADD,
	ST_VISIT_CLEAN,
	ST_ATTENDER_FIND,
	ST_ATTENDER_MARK,
	ST_ATTENDER_SAVE,
	ST_ATTENDER_CLEAN,
	ST_ATTENDED_CLEAR,
	ST_VISIT_CLEAR,
	ST_ATTENDER_CLEAR,
	ST_RECOUNT_DUE,
	ST_RECOUNT_DONE,
	ST_NUMBER_LAST,
	/* sql_tap.c */
	ST_TAP_INSERT,
	ST_PEER_TAP_PUT,
	ST_TAP_COUNT_ONLY,
	ST_TAP_PRESENCE_ATTENDEE,
	ST_TAP_PRESENCE_KEY,
	ST_PEER_PRESENCE,
	ST_TAP_KEY,
	ST_PEER_TAP_KEY,
	ST_TAP_EXPORT,
	ST_PEER_TAP_EXPORT,
	ST_CORRECTED_EACH,
	ST_CREDIT_EACH,
	ST_NAMES_EVENT,
	ST_NAMES_SESSION,
	ST_NAMES_PERSON,
	ST_NAMES_ORGANISATION,
	ST_TAP_SUMMARY,
	ST_CORRECT,
	ST_PEER_CORRECT,
	ST_IS_CORRECTED,
	ST_ANCHOR_ADD,
	ST_ANCHOR_EACH,
	ST_TAP_DAY,
	ST_PEER_TAP_DAY,
	ST_TAP_NEWEST,
	ST_TAP_UNTIMED,
	ST_TAP_OF,
	ST_STAY_OPEN,
	/* sql_badge.c */
	ST_BADGE_OWNER,
	ST_BADGE_CURRENT,
	ST_BADGE_CREDIT,
	ST_BADGE_END_LINK,
	ST_BADGE_LINK,
	ST_BADGE_BLOCK,
	ST_BLOCKED_EACH,
	ST_BLOCKED_SAME,
	ST_BADGE_EACH,
	ST_ORGANISER_ADD,
	ST_ORGANISER_OPENS,
	ST_ORGANISER_EACH,
	ST_BADGE_UNKNOWN_EACH,
	ST_BADGE_BLOCKED_EACH,
	ST_BADGE_UNBLOCK,
	ST_BADGE_COUNT_ALL,
	ST_BADGE_UNKNOWN,
	/* sql_import.c */
	ST_IMPORT_ORGANISATION,
	ST_IMPORT_ROW,
	ST_IMPORT_CLEAR_ROWS,
	ST_IMPORT_CLEAR,
	ST_IMPORT_COUNT,
	ST_IMPORT_BADGES,
	ST_IMPORT_ORGANISATIONS,
	ST_IMPORT_DROP_FORGOTTEN,
	ST_IMPORT_ATTENDEES,
	ST_IMPORT_CREDIT,
	ST_IMPORT_END_LINK,
	ST_IMPORT_LINK,
	ST_IMPORT_ATTENDEES_DONE,
	ST_IMPORT_ORGANISATIONS_DONE,
	ST_IMPORT_NEXT_ATTENDEES,
	ST_IMPORT_NEXT_ORGANISATIONS,
	ST_GENERATION_DECIDED,
	ST_BEFORE_ATTENDEE,
	ST_BEFORE_LINK,
	ST_BEFORE_ORGANISATION,
	ST_BEFORE_NOTE,
	ST_BEFORE_COUNT,
	ST_BEFORE_CLEAR_ATTENDEE,
	ST_BEFORE_CLEAR_LINK,
	ST_BEFORE_CLEAR_ORGANISATION,
	ST_BEFORE_CLEAR_IMPORT,
	ST_BEFORE_FIND,
	ST_UNDO_SEEN,
	ST_UNDO_NEXT_LINKS,
	ST_UNDO_NEXT_ORGANISATIONS,
	ST_UNDO_NEXT_ATTENDEES,
	ST_UNDO_LINKS_DONE,
	ST_UNDO_ATTENDEES_DONE,
	ST_UNDO_ORGANISATIONS_DONE,
	ST_UNDO_BADGES,
	ST_UNDO_CREDIT,
	ST_UNDO_END_LINK,
	ST_UNDO_LINK,
	ST_UNDO_MARK,
	ST_UNDO_ATTENDEE,
	ST_UNDO_ORGANISATION,
	ST_UNDO_DROP_LINK,
	ST_UNDO_DROP_ATTENDEE,
	ST_GENERATION_ADD,
	ST_GENERATION_FINISH,
	/* sql_person.c */
	ST_ATTENDEE_FIND,
	ST_ATTENDEE_EACH,
	ST_ATTENDEE_COUNT,
	ST_PERSON_EACH,
	ST_PERSON_TAPS,
	ST_PERSON_ORIGIN,
	ST_PERSON_OF_MAIL,
	ST_PERSON_BADGE,
	ST_PERSON_ORGANISATION,
	ST_PERSON_SAVE,
	ST_HAND_NOTE,
	ST_PERSON_FIND,
	ST_WALK_IN_ORGANISATION,
	ST_WALK_IN_PERSON,
	ST_WALK_IN_NAMES,
	ST_WALK_IN_TO_CHECK,
	/* sql_programme.c */
	ST_EVENT_FIND,
	ST_EVENT_CHOOSE,
	ST_EVENT_EACH,
	ST_EVENT_SAVE,
	ST_SESSION_LOAD,
	ST_SESSION_TAKEN,
	ST_SESSION_ROW,
	ST_SESSION_SAVE,
	ST_SESSION_MISSING,
	ST_SESSION_CANCEL,
	ST_CLUSTER_LOAD,
	ST_CLUSTER_SEAT,
	ST_CLUSTER_SAVE,
	ST_PLANNED_FIND,
	ST_PLANNED_PUT,
	ST_EVENT_PUT,
	/* sql_organisation.c */
	ST_ORGANISATION_BY_KVK,
	ST_ORGANISATION_BY_ALIAS,
	ST_ORGANISATION_LOAD,
	ST_ORGANISATION_EACH,
	ST_ORGANISATION_ROOT,
	ST_ORGANISATION_ROOTS,
	ST_ORGANISATION_MERGE,
	ST_ORGANISATION_SPLIT,
	ST_ORGANISATION_ALIAS,
	ST_ORGANISATION_MAIL_PAIRS,
	ST_ORGANISATION_DISTINCT,
	ST_ORGANISATION_IS_DISTINCT,
	ST_ORGANISATION_DESCRIBE,
	/* sql_privacy.c */
	ST_FORGET_NOTES,
	ST_FORGET_BEFORE,
	ST_FORGET_STAGED,
	ST_FORGET_BADGE,
	ST_FORGET_CREDIT,
	ST_FORGET_ENDS,
	ST_FORGET_LINK,
	ST_FORGET_NAMES,
	ST_FORGET_NEXT,
	ST_FORGOTTEN_EACH,
	ST_KEPT_UNTIL,
	ST_LIST_KEPT_UNTIL,
	ST_STAMP_NOTE,
	ST_STAMP_FIND,
	ST_STAMP_NEXT,
	ST_STAMP_OPEN_OF,
	ST_STAMP_KNOW,
	ST_STAMP_AHEAD,
	ST_STAMP_KNOW_AHEAD,
	ST_FORGOTTEN_SINCE,
	ST_IS_GONE,
	ST_IS_FORGOTTEN,
	ST_PURGE_IS_DUE,
	ST_PURGE_DUE,
	ST_PURGE_DONE,
	ST_PURGE_STAGED,
	/* sql_participation.c */
	ST_PARTICIPATION_ORGANISATIONS,
	ST_PARTICIPATION_ROOTS,
	ST_PARTICIPATION_EVENTS,
	ST_PARTICIPATION_SESSION,
	ST_PARTICIPATION_SESSIONS,
	ST_PARTICIPATION_COVERAGE,
	ST_PARTICIPATION_ATTENDED,
	ST_PARTICIPATION_ATTENDERS,
	ST_PARTICIPATION_PERSON,
	/* sql_replica.c; the sheets in the order of replica.c's table */
	ST_REPLICA_CLUSTER,
	ST_REPLICA_EVENT,
	ST_REPLICA_SESSION,
	ST_REPLICA_ORGANISATION,
	ST_REPLICA_PERSON,
	ST_REPLICA_BADGE,
	ST_REPLICA_CORRECTION,
	ST_REPLICA_CREDIT,
	ST_REPLICA_ANCHOR,
	ST_REPLICA_EARLIER,
	ST_EARLIER_EACH,
	ST_EARLIER_SAME,
	/* sql_account.c */
	ST_CODE_LOAD,
	ST_CODE_SAVE,
	ST_PASSWORD_LOAD,
	ST_PASSWORD_SAVE,
	ST_PASSWORD_EACH,
	ST_WEB_SESSION_SWEEP,
	ST_WEB_SESSION_ADD,
	ST_WEB_SESSION_FIND,
	ST_WEB_SESSION_END,
	ST_WEB_SESSION_END_ALL,
	ST_WEB_SESSION_EACH,
	ST_WEB_SESSION_COUNT,
	ST_TOKEN_ADD,
	ST_TOKEN_FIND,
	ST_TOKEN_REVOKE,
	ST_TOKEN_REVOKED_EACH,
	ST_TOKEN_REVOKE_SAME,
	ST_TOKEN_EACH,
	ST_AUDIT_ADD,
	ST_AUDIT_EACH,
	ST_AUDIT_WHO,
	ST_DOWNLOAD_ADD,
	ST_DOWNLOAD_EACH,
	ST_DOWNLOAD_MINISIG,
	ST_COUNT
};

/* counter.c: the numbers of the sessions and events that taps came for last. */
#define KNOWN_NUMBERS 8
/* Who said what time it was in a boot. 0 or -errno. */
#define ANCHORS_MAX 64 /* the clerk adds one per step of the clock */
int anchors_of_boot(struct store *store, const struct boot_id *boot, struct moment ret[ANCHORS_MAX],
	size_t *ret_count);

/* read_time.c: lets the store's statements call read_ms and read_grade. 0 or -errno. */
int read_time_prepare(struct store *store);

struct known_number {
	char id[ID_TEXT_SIZE]; /* "" for none */
	int64_t number;
};

struct store {
	sqlite3 *db;
	sqlite3_stmt *statements[ST_COUNT];
	int lock_fd; /* of the kiosk's lock file; -1 for others */
	char log_id[ID_TEXT_SIZE];
	char venue[VENUE_PRINT_SIZE];
	char words[256];
	int64_t kept_ms;  /* store_kept_ms */
	bool chain_known; /* @last_seq and @head are those of the last row */
	int64_t last_seq;
	uint8_t head[CHAIN_BYTES];
	struct known_number known_numbers[KNOWN_NUMBERS]; /* forgotten by a rollback */
	size_t known_next;
};

/* store.c: reads log_id and venue again; 0 or -errno. */
int store_read_log(struct store *store);
/* A commit that changes nothing: the version once more. SQLite leaves out a row that does not
 * change, but not this. */
int store_touch(struct store *store);
/* A connection that only reads, also from a medium that can not be written; SQLite's own code, and
 * *@ret is to be closed whatever it is. */
int store_connect_read(sqlite3 **ret, const char *path);

/* schema.c: creates or migrates; 0 or -errno. */
int schema_migrate(struct store *store);
/* No further than to what a file of version @newest was. */
int schema_migrate_to(struct store *store, int newest);
/* Version of the file; -errno. */
int schema_version(struct store *store);
int schema_newest(void);

/* statement.c. The statement, reset and without bindings; NULL after trouble, which is then in
 * store->words. */
sqlite3_stmt *statement_use(struct store *store, enum statement which);
/* Steps to a row: 1, to the end: 0, -errno for trouble. The caller resets. */
int statement_step(struct store *store, sqlite3_stmt *statement);
/* For statements without rows: steps, resets; 0 or -errno. */
int statement_run(struct store *store, sqlite3_stmt *statement);
/* Translates and remembers SQLite's own words. */
int statement_trouble(struct store *store);
void statement_finish_all(struct store *store);

void bind_text(sqlite3_stmt *statement, int index, const char *text);         /* "" stays "" */
void bind_text_or_null(sqlite3_stmt *statement, int index, const char *text); /* "" is NULL */
void bind_key(sqlite3_stmt *statement, int index, const struct badge_key *key);
const char *column_text(sqlite3_stmt *statement, int column);                  /* NULL is "" */
void column_copy(char *ret, size_t size, sqlite3_stmt *statement, int column); /* NULL is "" */

/* log_list.c: the logs in the file, in the order of their ids; free(*ret). */
struct log_entry {
	char log_id[ID_TEXT_SIZE];
	int64_t number; /* in peer_log; 0 for our own */
	int64_t made_ms, last_seq;
};
int log_list(struct store *store, struct log_entry **ret, size_t *ret_count);
/* The chain at the tap; -ENOENT without such a tap. */
int log_chain_at(
	struct store *store, const struct log_entry *log, int64_t seq, uint8_t ret[CHAIN_BYTES]);
/* The four columns of an anchor or of a tap's time, from @column on. */
void moment_of_row(sqlite3_stmt *row, int column, struct moment *ret);

/* counter.c: the same as counter_add_tap, for the newest tap of another kiosk's log. */
int counter_add_peer_tap(struct store *store, const struct log_entry *log, int64_t seq);

/* counter_around.c: badges that are given another owner, or taps of which move; free(list). */
struct key_list {
	struct badge_key *list;
	size_t count, capacity;
};
/* Those in the first column of @row for which @admits, which may be NULL, returns true. */
int counter_gather(struct store *store, sqlite3_stmt *row,
	int (*admits)(void *context, sqlite3_stmt *row), void *context, struct key_list *ret);
/* @change, with all that the badges count for taken out before and put in after. */
int counter_around(struct store *store, struct key_list *keys,
	int (*change)(struct store *store, const void *context), const void *context);
int counter_around_keys(struct store *store, sqlite3_stmt *row,
	int (*change)(struct store *store, const void *context), const void *context);

/* counter.c: persons are marked in chunks of one row. */
#define ATTENDER_CHUNK 1024
#define ATTENDER_BYTES (ATTENDER_CHUNK / 8)

/* tap_chain.c: -EUCLEAN, and why. */
int chain_fault_at(struct chain_fault *ret, int64_t seq, const char *en, const char *nl);
/* Recomputes the chain after the taps that @log is known to hold; @log then holds all up to the
 * fault.
 */
int log_verify(struct store *store, const struct log_entry *entry, struct log_head *log,
	struct chain_fault *ret_fault);
/* log_seal.c: do the seals on the log, of which @taps were found to hold, fit it? -EUCLEAN. */
int log_seal_check(struct store *store, const struct log_entry *log, int64_t taps,
	struct chain_fault *ret_fault);
/* Is there a seal on a log that is not in the file? Its name was changed, or its rows are gone. */
int log_seal_check_strangers(struct store *store, struct chain_fault *ret_fault);
/* tap_read.c: the moments by which the taps of a boot get their right time. */
struct anchors {
	struct moment *list; /* free() by the caller */
	size_t count, capacity;
};
int anchors_load(struct store *store, struct anchors *ret);
int anchors_add(struct anchors *anchors, sqlite3_stmt *row);

/* attendee.c: the twelve columns that all queries for a person begin with. */
void attendee_of_row(sqlite3_stmt *row, struct attendee *ret);

/* The number of another kiosk's log here; a new one shows nothing yet. Shows its taps up to @seq.
 */
int peer_log_number(struct store *store, const char *log_id, int64_t made_ms, int64_t *ret);
int peer_log_show(struct store *store, const char *log_id, int64_t seq);

/* tap_log.c: one tap of another kiosk's log, as it was appended there. */
int peer_tap_put(struct store *store, int64_t log, const struct tap_record *record,
	const struct tap_stamp *stamp, const uint8_t chain[CHAIN_BYTES]);

/* tap_chain.c: the bytes that are hashed for one tap. Returns their length. */
#define CANONICAL_TAP_MAX 1024
size_t tap_canonical(const struct tap_record *record, const struct tap_stamp *stamp,
	uint8_t ret[CANONICAL_TAP_MAX]);
/* The same back; false for bytes that tap_canonical does not write. */
bool tap_from_canonical(
	const uint8_t *bytes, size_t length, struct tap_record *ret, struct tap_stamp *ret_stamp);
/* A row of CHAIN_COLUMNS as it was appended; false when a value is none the log ever writes. */
bool tap_of_row(sqlite3_stmt *row, struct tap_record *ret, struct tap_stamp *ret_stamp);

#endif
