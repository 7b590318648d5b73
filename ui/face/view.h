/**
 * What a screen says: a view is made by the clerk's facts alone and holds everything the layout
 * needs. No clock, no I/O. Times are wall milliseconds with the offset to show them in. Pure; any
 * thread; a plain value, copied through queues.
 */
#ifndef FACE_VIEW_H
#define FACE_VIEW_H

#include "core/config.h"
#include "core/schedule.h"
#include "core/verdict.h"
#include "face/service.h"
#include "face/touch.h"

enum screen {
	SCREEN_START,
	SCREEN_IDLE,
	SCREEN_WELCOME,
	SCREEN_REPEAT,
	SCREEN_GOODBYE,
	SCREEN_FULL,
	SCREEN_CHOOSE,
	SCREEN_EARLY,
	SCREEN_OTHER_DAY,
	SCREEN_CLOSED,
	SCREEN_UNKNOWN,
	SCREEN_PHONE,
	SCREEN_TOO_SHORT,
	SCREEN_BLOCKED,
	SCREEN_REG_CLUSTER, /* registration, step by step */
	SCREEN_REG_ORGANISATION,
	SCREEN_REG_NAME,
	SCREEN_REG_DONE,
	SCREEN_OUT,
	SCREEN_LINK, /* answer.name is whom the next badge is for */
	SCREEN_LINK_DONE,
	SCREEN_LINK_TAKEN,
	SCREEN_LINK_FAILED,
	SCREEN_IDENTIFY, /* answer.name and .organisation are the kiosk's name and room */
	SCREEN_SERVICE,
	SCREEN_COUNT
};
const char *screen_name(enum screen screen); /* "idle", "welcome", …; static */

enum fault { FAULT_READER = 1 << 0, FAULT_STORAGE = 1 << 1 }; /* out of service while any is set */
enum notice { NOTICE_OFFLINE = 1 << 0, NOTICE_CLOCK = 1 << 1 }; /* the status strip */

enum board_kind {
	BOARD_NONE,
	BOARD_BEFORE,
	BOARD_NOW,
	BOARD_TODAY,
	BOARD_OVER
}; /* TODAY: clock not trusted */
enum {
	BOARD_ROWS_MAX = 24,
	BOARD_CLUSTERS_MAX = 8,
	CHOICES_MAX = 24,
	SUGGESTIONS_MAX = 4,
	VIEW_NAME_SIZE = 128,
	VIEW_ORGANISATION_SIZE = 256
};

struct board_row {
	char title[SESSION_TITLE_SIZE], host[SESSION_HOST_SIZE], room[SESSION_ROOM_SIZE],
		cluster[CLUSTER_CODE_SIZE];
	int64_t start_ms, end_ms, announced_start_ms;
	int32_t places_left; /* -1 without limit */
	enum session_state state;
	bool next; /* in the Next group */
};

struct board_cluster {
	char code[CLUSTER_CODE_SIZE], name[LANGUAGE_COUNT][96], short_name[LANGUAGE_COUNT][96];
	int involved, target;
};

/* The idle screen's facts; sent by the clerk when they change, at most once a second. */
struct board {
	enum board_kind kind;
	char event[256], venue[96];
	int day, days; /* 0 when the schedule has one day */
	int64_t opens_ms,
		starts_ms; /* BEFORE: door and first session; OVER: tomorrow's start or 0 */
	struct board_row rows[BOARD_ROWS_MAX];
	size_t row_count;
	bool more_today;
	struct board_cluster clusters[BOARD_CLUSTERS_MAX];
	size_t cluster_count;
	unsigned notices; /* enum notice */
	bool tap_out, clock_known;
	int32_t utc_offset_min;
};

/* A session that somebody may choose. */
struct choice {
	char session[ID_TEXT_SIZE];
	struct board_row row;
};

/* The answer to one tap. */
struct answer {
	enum verdict verdict;
	enum screen screen;
	int64_t seq;               /* 0 when not logged */
	uint64_t person;           /* the same for the same badge, 0 for none; never shown */
	char name[VIEW_NAME_SIZE]; /* first name; "" when not known */
	char organisation[VIEW_ORGANISATION_SIZE];
	char cluster[CLUSTER_CODE_SIZE];
	bool has_session, has_after, is_plenary;
	struct board_row session, after;   /* what to go to, and "Daarna" */
	int64_t at_ms, since_ms, opens_ms; /* tap; REPEAT: since when; EARLY, OTHER_DAY: when */
	bool clock_known;
	bool first_of_organisation;
	int involved, target; /* with first_of_organisation */
	int language;         /* of the attendee; -1 none */
	bool may_link;        /* REG_DONE: a badge held now becomes theirs */
	int64_t stay_ms;      /* GOODBYE: between check-in and check-out; 0 not known */
	struct choice choices[CHOICES_MAX]; /* CHOOSE, FULL, REPEAT: own cluster first */
	size_t choice_count;
};

/* Organisations that fit what a walk-in typed. */
struct suggestion {
	char name[VIEW_ORGANISATION_SIZE], cluster[CLUSTER_CODE_SIZE];
};
struct suggestions {
	uint32_t turn; /* of the question they answer */
	bool exact;    /* one of them is what was typed */
	size_t count;
	struct suggestion list[SUGGESTIONS_MAX];
};

enum key_layer { LAYER_LETTERS, LAYER_DIGITS, LAYER_ACCENTS, LAYER_COUNT };

/* What a walk-in has filled in; see face/registration.h. */
struct registration {
	bool open;       /* begun and not done */
	int64_t seq;     /* of their tap; 0 without a badge */
	uint64_t person; /* as in struct answer */
	char cluster[CLUSTER_CODE_SIZE];
	char organisation[VIEW_ORGANISATION_SIZE]; /* "" for none */
	char name[VIEW_NAME_SIZE];                 /* first name; "" for none */
	enum key_layer layer;
	struct suggestions suggestions;
};

struct view {
	enum screen screen;
	enum language language;
	int theme; /* THEME_LIGHT or THEME_DARK */
	enum reader_side side;
	enum help_place help;
	enum session_name sessions;
	int64_t now_ms; /* for the clock */
	struct board board;
	struct answer answer;
	struct registration registration;
	int keep_names_days; /* what is promised to walk-ins */
	struct service service;
	unsigned faults;
	int64_t fault_since_ms;
	int start_step; /* SCREEN_START: how many of storage, clock, reader, schedule are done */
	bool start_failed;
	int page;             /* IDLE: which page of the board */
	float time_left;      /* 1 to 0, of the stay time */
	bool has_touch;       /* without it no buttons are offered */
	struct touch pressed; /* the control under the finger */
};

/* Which screen a verdict opens, and which it opens when the door is shut. */
enum screen screen_of(enum verdict verdict, enum door door);

/* Whether a place is left in one of the sessions to choose from. */
bool answer_has_place(const struct answer *answer);

/* Whether the screen offers something to choose, by touch. */
bool screen_asks(const struct view *view);

/* Stay times of design.md 6; 0 for screens that stay until something happens. */
int screen_stay_ms(const struct view *view);

/* Takes out who was greeted, for a picture that is looked at from elsewhere. */
void view_cover(struct view *view);

#endif
