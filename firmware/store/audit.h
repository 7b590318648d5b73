/**
 * The audit log: who did what on the organiser's page, and when. Lines are only added; triggers in
 * the file refuse whoever would change or remove one. No names of attendees: @object is an id.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "core/clock_repair.h"
#include "store/account.h"
#include "store/store.h"

#define AUDIT_ACT_SIZE 48
#define AUDIT_OBJECT_SIZE 128
#define AUDIT_REASON_SIZE 512

struct audit_entry {
	int64_t id, wall_ms;
	enum clock_grade grade;
	char who[WHO_SIZE];
	enum role role;
	char act[AUDIT_ACT_SIZE];       /* "signed-in", "downloaded", "tap-corrected", … */
	char object[AUDIT_OBJECT_SIZE]; /* what it was done to: an id, a file, a section; "" for
					   none */
	char reason[AUDIT_REASON_SIZE]; /* in the words of who did it; "" for none */
};

/* Adds a line (its id is ignored), in the caller's transaction if there is one. */
int audit_add(struct store *store, const struct audit_entry *entry);

struct audit_filter {
	int64_t from_ms, to_ms;         /* 0 for open ends; to is exclusive */
	const char *who, *act, *object; /* NULL for all */
	int64_t before_id;              /* for the next page: only older lines; 0 from the newest */
};
/* Newest first, at most @limit. */
int audit_each(struct store *store, const struct audit_filter *filter, int limit,
	int (*row)(void *context, const struct audit_entry *entry), void *context);

/* Everybody who is in it, by name. */
int audit_each_who(struct store *store, int (*row)(void *context, const char *who), void *context);

#endif
