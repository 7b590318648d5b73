/**
 * Organisations under all their names. The id of an organisation is made of its name's key
 * (core/organisation.h), so another spelling finds the same one, here and on every kiosk. An alias
 * is another name somebody decided on; a merge says that two organisations are one and can be
 * undone; both leave the log and the counters alone and are looked up when a report is made.
 *
 * 0 or -errno. The thread of the store.
 */
#ifndef STORE_ORGANISATION_H
#define STORE_ORGANISATION_H

#include "core/organisation.h"
#include "store/attendee.h"

struct organisation {
	char id[ID_TEXT_SIZE];
	char name[ORGANISATION_SIZE];
	char kind[WORD_SIZE], education_level[WORD_SIZE], cluster[CLUSTER_CODE_SIZE];
	char region[WORD_SIZE], growth[WORD_SIZE];
	char kvk[KVK_SIZE];              /* "" when not known */
	char town[TOWN_SIZE];            /* the same */
	char same_as[ORGANISATION_SIZE]; /* the name it was merged into; "" for none */
	int64_t people;
	bool to_check; /* typed by a walk-in, and nobody looked at it yet */
};

/**
 * The id that an organisation of this @name (and @kvk, "" for none) has, or will have when it is
 * added: by number, by alias, by key. *@ret_alias tells that it is known under another name, which
 * the new spelling must not replace.
 */
int organisation_resolve(struct store *store, const char *name, const char *kvk,
	char ret_id[ID_TEXT_SIZE], bool *ret_alias);

/* @who: id, number of the chamber of commerce, or name. -ENOENT. */
int organisation_find(struct store *store, const char *who, struct organisation *ret);
/* By name. */
int organisation_each(struct store *store,
	int (*row)(void *context, const struct organisation *organisation), void *context);

/* What an organisation is: its kind, education level, cluster, region, growth and town; "" for not
 * known. -ENOENT. */
int organisation_describe(
	struct store *store, const struct organisation *organisation, int64_t wall_ms);

/* @one counts as part of @into from now on, in every period. -EEXIST: @one was merged before;
 * -ELOOP: @into is part of @one. */
int organisation_merge(struct store *store, const char *one, const char *into, int64_t wall_ms);
/* Ends that: all is as before the merge. -ENOENT: it was not merged. */
int organisation_split(struct store *store, const char *one, int64_t wall_ms);
/* @name is @organisation too. -EEXIST: another organisation has that name; merge it. */
int organisation_alias(struct store *store, const char *organisation, const char *name);
/* The two are not one: organisation_pairs asks no more. -EEXIST: that was decided before. */
int organisation_distinct(struct store *store, const char *one, const char *other, int64_t wall_ms);

struct organisation_pair {
	struct organisation one, other;
	int likeness;    /* of their names */
	const char *why; /* organisation_likeness_reason, or "mail" */
};
/* The pairs that nobody decided on: whose names look alike, most alike first, and those whose
 * people write from the same e-mail domain, when that is no provider's. */
int organisation_pairs(struct store *store,
	int (*row)(void *context, const struct organisation_pair *pair), void *context);

#endif
