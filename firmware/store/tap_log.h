/**
 * The log: every tap of this kiosk, append-only, numbered without gaps, hash-chained.
 *
 * chain(n) = BLAKE2b-256(chain(n-1), canonical bytes of tap n), chain(0) = 32 zero bytes. Triggers
 * in the file refuse UPDATE and DELETE on taps, and any seq that is not the next.
 *
 * The logs of other kiosks (store/merge.h) stand beside it, each with a chain of its own. Whatever
 * reads attendance reads all of them; only tap_log_append and its seq are about our own.
 */
#ifndef STORE_TAP_LOG_H
#define STORE_TAP_LOG_H

#include "core/attendance.h"
#include "core/badge.h"
#include "core/clock_repair.h"
#include "core/evidence.h"
#include "core/said.h"
#include "core/schedule.h"
#include "core/verdict.h"
#include "store/store.h"

#define TAP_KIOSK_SIZE 64
#define TAP_NOTE_SIZE 128
#define CHAIN_BYTES 32

struct tap_record {
	struct badge_key key;
	struct moment at; /* raw: what the clock said */
	enum technology technology;
	enum verdict verdict; /* a logged one: verdict_is_logged() */
	enum direction direction;
	bool counts; /* attendance by itself, or once the badge is known */
	char kiosk[TAP_KIOSK_SIZE];
	char event[ID_TEXT_SIZE];    /* "" for none */
	char session[ID_TEXT_SIZE];  /* "" for none */
	char attendee[ID_TEXT_SIZE]; /* as known at the tap; "" for an unknown badge */
	char note[TAP_NOTE_SIZE];    /* "closed:early", "token-mac-wrong", …; never a name */
};

struct tap_stamp {
	int64_t seq; /* 1 and counting */
	char id[ID_TEXT_SIZE];
};

/**
 * Appends one tap and waits for one fsync: when this returns 0 the tap is on the medium. On failure
 * nothing was written, and the next append may be tried at once. Only on a STORE_KIOSK store.
 */
int tap_log_append(struct store *store, const struct tap_record *record, struct tap_stamp *ret);

/* random-id and unreadable are counted per day and kiosk, not logged; may be lost in a power cut.
 */
int tap_log_count_only(struct store *store, enum verdict verdict, const char *kiosk, int64_t day);

struct presence {
	bool in; /* the last counted tap in this scope is a check-in */
	int64_t since_wall_ms, since_mono_ms;
	struct boot_id since_boot;
	int64_t seq;
	bool elsewhere; /* in a log taken in from another kiosk */
};

/* What the log knows, @at this moment, of a person (or of a badge nobody owns: attendee "") in an
 * event, between @from_ms and @to_ms of the wall clock, and when @session is not "" in that
 * session. Corrected taps do not count, nor do those of somebody who had the badge before, nor
 * those of another boot where it or this one has a clock that can not be trusted. */
int tap_log_presence(struct store *store, const char *attendee, const struct badge_key *key,
	const char *event, const char *session, int64_t from_ms, int64_t to_ms,
	const struct moment *at, struct presence *ret);

/* Whose tap of our own log is it: the badge, the event, and the attendee known then. -ENOENT. */
int tap_log_find(struct store *store, int64_t seq, struct badge_key *ret_key,
	char ret_event[ID_TEXT_SIZE], char ret_attendee[ID_TEXT_SIZE]);

/* A correction is a new row: the tap stays, exports mark it and do not count it. @log_id: the log
 * the tap is in, or as much of it as leaves no doubt; "" for our own. -ENOENT no such tap, -EEXIST
 * corrected before, -ESRCH no such log, -ENOTUNIQ several logs begin so. */
int tap_log_correct(
	struct store *store, const char *log_id, int64_t seq, const char *reason, int64_t wall_ms);

/* What the kiosk itself corrects a tap for; people are told in their own language. */
#define REASON_CHOICE "another session was chosen"
#define REASON_CLOCK "the time became known"

/* The same of our own log, and what stands in its place: both or neither. */
int tap_log_replace(struct store *store, int64_t seq, const char *reason, int64_t wall_ms,
	const struct tap_record *record, struct tap_stamp *ret);

int tap_log_add_anchor(struct store *store, const struct moment *anchor);

/* What a person or the network said of the time in this boot holds for this process too
 * (clock_take). */
int tap_log_recall_time(struct store *store);

/* One of the logs in the file: our own, or one taken in from another kiosk. */
struct log_head {
	char log_id[ID_TEXT_SIZE];
	bool own;
	int64_t made_ms;
	int64_t count; /* taps, and the last one's seq */
	uint8_t head[CHAIN_BYTES];
};
/* In the order of their ids, so that two kiosks with the same logs agree. The heads are those the
 * last taps carry; tap_log_verify recomputes them. */
int tap_log_heads(
	struct store *store, int (*take)(void *context, const struct log_head *log), void *context);

/* The same, as an export is signed with: whole, without rows. */
int tap_log_evidence(struct store *store, struct evidence *ret);

struct chain_fault {
	char log_id[ID_TEXT_SIZE];
	int64_t seq; /* the first row that does not hold; 0: the file is damaged, but in no row */
	struct said why;
};
/* "tap 7 of log … does not hold: …". */
void chain_fault_say(struct said *ret, const struct chain_fault *fault);
/* Recomputes the chains, and lets SQLite check its file. 0 when all hold, -EUCLEAN with @ret_fault
 * and, for a damaged file, store_words. @take, which may be NULL, is told of each log that holds.
 */
int tap_log_verify(struct store *store, int (*take)(void *context, const struct log_head *log),
	void *context, struct chain_fault *ret_fault);

/* The seq of our own log's last tap, 0 for none. At once, however long the log is. */
int tap_log_last(struct store *store, int64_t *ret_seq);

/* Reads the whole log. */
struct log_summary {
	int64_t count, unknown, random_ids, unreadable, corrections; /* of all logs */
	int64_t last_seq;                                            /* of our own, as @head */
	uint8_t head[CHAIN_BYTES];
};
int tap_log_summary(struct store *store, struct log_summary *ret);

struct attendance_filter {
	const char *event, *session; /* id, code or title; NULL for all */
	int64_t from_ms, to_ms;      /* by corrected time; 0 for open ends; to is exclusive */
	bool personal;               /* with who it was; else attendee_id and name are "" */
};
/* Calls @take for each tap, in the order of log_id and seq, in pages of short reads, so that no
 * reader pins the WAL; the line's texts live until @take returns. A negative return ends it and is
 * returned, a positive one ends it with -ECANCELED. */
int tap_log_each(struct store *store, const struct attendance_filter *filter,
	int (*take)(void *context, const struct attendance_line *line), void *context);

/* The same a page at a time, so that others may have their turn in between: the taps that were
 * there at the begin. The texts of @filter are copied. */
struct tap_walk;
int tap_walk_begin(
	struct tap_walk **ret, struct store *store, const struct attendance_filter *filter);
/* 1 there may be more, 0 that was the last page. */
int tap_walk_page(struct tap_walk *walk,
	int (*take)(void *context, const struct attendance_line *line), void *context);
void tap_walk_end(struct tap_walk *walk); /* NULL is fine */
#endif
