/**
 * Why a line of somebody's file is turned away, or the file as a whole. Readers name the fault; one
 * table has what is said about it in either language, for the terminal, for FILE.rejected.csv and
 * for the organiser's page alike. Pure.
 */
#ifndef EXCHANGE_REJECTION_H
#define EXCHANGE_REJECTION_H

#include <stddef.h>

#include "core/config.h"

#define REASON_SIZE 400

enum fault {
	FAULT_NONE,
	FAULT_OTHER,
	FAULT_MEMORY,
	FAULT_LONG,  /* number: the bytes allowed */
	FAULT_WIDTH, /* number: the columns there are */
	FAULT_NOBODY,
	FAULT_VALUE,
	FAULT_CLUSTER,
	FAULT_KVK,
	FAULT_BADGE,
	FAULT_RANDOM,
	FAULT_TWICE,     /* number: the line it stands on too */
	FAULT_TAKEN,     /* known only to who has the log: the badge is somebody else's */
	FAULT_ORGANISER, /* the same: it is an organiser's */
	FAULT_NOTITLE,
	FAULT_NOSTART,
	FAULT_ALLDAY,
	FAULT_TIME,
	FAULT_ORDER,
	FAULT_DURATION,
	FAULT_NOID,
	FAULT_CAPACITY,
	FAULT_KIND,
	FAULT_STATE,
	FAULT_CODE,
	FAULT_NAME,
	FAULT_TARGET,
	FAULT_EMPTY, /* from here on: of the file as a whole */
	FAULT_NO_TEXT,
	FAULT_QUOTE,
	FAULT_NO_LIST,
	FAULT_NO_TABLE,
	FAULT_NO_CLUSTERS,
	FAULT_MAP,
	FAULT_NO_SCHEDULE,
	FAULT_NO_JSON,
	FAULT_NO_DAYS,
	FAULT_NO_UTF8,
	FAULT_UNENDED,
	FAULT_MANY, /* number: the sessions allowed */
	FAULT_NO_SESSION,
	FAULT_COUNT
};

/* A column that may be at fault: its header in English and in Dutch, and which values it takes
 * (NULL: not a list). */
struct fault_column {
	const char *name, *nl;
	const char *allowed[LANGUAGE_COUNT];
};

struct rejection {
	unsigned line;        /* 1-based line where the record starts; 0 when that is not known */
	const char *original; /* not NUL-terminated; NULL for a file as a whole */
	size_t original_length;
	enum fault fault;
	const struct fault_column *column; /* static; NULL for none */
	char value[96];                    /* what stood there */
	int place;                         /* in which cell; -1: none */
	unsigned number;                   /* that goes with the fault */
};

const char *fault_name(enum fault fault);     /* for programs: "twice" */
enum fault fault_from_name(const char *name); /* FAULT_OTHER when there is none */
/* What was wrong, in a few words: "This badge is on an earlier line already". */
const char *fault_words(enum fault fault, enum language language);

/* The same with where, and what is allowed, without a full stop. Of a file as a whole it begins
 * small, with its line, so that it may stand behind the file's name. */
void rejection_words(
	char ret[REASON_SIZE], const struct rejection *rejection, enum language language);

#endif
