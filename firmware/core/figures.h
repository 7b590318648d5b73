/**
 * The figures of a participation report (DESIGN 7): who took part, per cluster, event and month.
 * Plain data between the store, which counts, and whoever shows it: text, files, the page.
 * The strings live in the struct; the arrays belong to whoever made it.
 */
#ifndef CORE_FIGURES_H
#define CORE_FIGURES_H

#include "core/participation.h"
#include "core/schedule.h"

#define FIGURES_CLUSTERS_MAX 64
#define FIGURES_NAME_SIZE 256
#define FIGURES_SHORT_SIZE 96
#define FIGURES_WORD_SIZE 16
#define FIGURES_HEAD_BYTES 32
#define DAY_OPEN INT64_MIN

/* Counts of one thing; persons and checkins may be FIGURE_WITHHELD in a public report. */
struct figures {
	int organisations; /* companies and education institutions */
	int64_t persons, checkins;
	int64_t stays, stay_ms; /* measured ones; dwell is stay_ms / stays */
};

/* Organisations involved by the rule; @involved is the sum of companies and education. */
struct figures_involved {
	int involved, companies, education;
	int universities, vocational; /* wo; mbo and hbo */
	int scale_ups, start_ups;
	int newcomers, new_outside; /* first seen in the period; those of them from elsewhere */
};

struct figures_cluster {
	char code[CLUSTER_CODE_SIZE], name[2][FIGURES_SHORT_SIZE]; /* by enum language */
	int target;
	struct figures_involved by_rule;
	int nearly, others;  /* others: government, research, … involved too */
	struct figures came; /* whoever came to its sessions */
};

struct figures_organisation {
	char id[ID_TEXT_SIZE], name[FIGURES_NAME_SIZE];
	char kind[FIGURES_WORD_SIZE], education_level[FIGURES_WORD_SIZE];
	char cluster[CLUSTER_CODE_SIZE], region[FIGURES_WORD_SIZE], growth[FIGURES_WORD_SIZE];
	char kvk[FIGURES_WORD_SIZE], town[FIGURES_SHORT_SIZE];
	int64_t first_day;         /* first counted check-in ever */
	int64_t checkins, persons; /* in the period */
	bool is_new;               /* first seen in the period, or at the event */
	int involved_in;           /* clusters */
};

/* One organisation in one cluster. */
struct figures_line {
	int cluster, organisation; /* indices */
	enum involvement involvement;
	int64_t units, checkins;
};

struct figures_session {
	struct session session;
	char event[FIGURES_NAME_SIZE];
	int cluster; /* index; -1 for everyone */
	struct figures came;
};

struct figures_trend {
	char title[FIGURES_NAME_SIZE]; /* of an event; "" of a month */
	int64_t first_day;             /* an event's first session, or the first of the month */
	struct figures came;
	int by_cluster[FIGURES_CLUSTERS_MAX]; /* organisations present */
};

struct figures_log {
	char log_id[ID_TEXT_SIZE];
	int64_t count;
	uint8_t head[FIGURES_HEAD_BYTES];
};

/* How much of the log the figures rest on. */
struct figures_coverage {
	int64_t taps, corrections, random_ids, unreadable; /* of the whole log */
	int64_t checkins;                                  /* in the period */
	int64_t pending;                                   /* of badges nobody owns yet */
	int64_t without_organisation;                      /* of people without one */
	int64_t without_session;                           /* at the entrance, not for a session */
	int64_t without_cluster;                           /* at sessions for everyone */
	int without_kind; /* organisations that came, of unknown kind */
};

struct participation {
	struct participation_rule rule;
	int64_t from_day, to_day; /* days since 1970, both included; DAY_OPEN for no bound */
	int floor;                /* > 0: a public report: no names, no smaller number of people */
	char event[FIGURES_NAME_SIZE];    /* "" for all */
	char session[SESSION_TITLE_SIZE]; /* "" for all */
	int64_t made_ms;

	struct figures_log *logs; /* our own and those taken in from other kiosks */
	struct figures_cluster *clusters;
	struct figures_organisation *organisations; /* all there are, by name */
	struct figures_line *lines;                 /* by cluster, involved first */
	struct figures_session *sessions;           /* that somebody came to, by start */
	struct figures_trend *events, *months;      /* that somebody came to, by day */
	/* Check-ins: row is the organisation's cluster, column the session's; the last row is of
	 * organisations of no cluster. */
	int64_t *crossover;
	size_t log_count, cluster_count, organisation_count, line_count, session_count, event_count,
		month_count;

	struct figures_involved by_rule; /* in any cluster, each once */
	struct figures total;            /* whoever came anywhere */
	struct figures in_clusters;      /* whoever came to a session of any cluster */
	struct figures_coverage coverage;
};

#endif
