/**
 * What the ids in a tap stand for: titles, rooms, organisations. Found once and remembered, so that
 * reading a million taps does not ask a million times. Within store/; one thread.
 */
#ifndef STORE_NAMES_H
#define STORE_NAMES_H

#include "store/store_private.h"

enum names_table {
	NAMES_EVENT,        /* title, code */
	NAMES_SESSION,      /* title, code, room, cluster */
	NAMES_PERSON,       /* organisation's id, full name, own cluster; of the forgotten too */
	NAMES_ORGANISATION, /* name, kind, cluster of the one it is part of */
	NAMES_TABLES
};
#define NAMES_FIELDS 4

struct names;
struct names *names_create(struct store *store); /* NULL without memory */
void names_destroy(struct names *names);         /* NULL is fine */

/* Forgets all when somebody changed the file since. Inside the read that the names are for. */
void names_refresh(struct names *names);
/* 1 with *@ret, NAMES_FIELDS texts that are never NULL and live until the next find in that table;
 * 0 with texts that are all "" when there is no such id; -errno. */
int names_find(struct names *names, enum names_table table, const char *id, size_t length,
	const char *const **ret);

#endif
