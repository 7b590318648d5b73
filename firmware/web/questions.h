/**
 * What the lines of a list raise, a page of it at a time: first the faults, then what somebody had
 * better look at, each in the order of the lines. A page begins after a place in the list, so that
 * what is settled meanwhile moves nothing past it; or it holds what a form answers. One reading of
 * a list; one thread.
 */
#ifndef WEB_QUESTIONS_H
#define WEB_QUESTIONS_H

#include <jansson.h>

#include "web/request.h"

#define QUESTIONS_A_PAGE 25
#define QUESTION_PLACE_SIZE 16 /* "", "120" after the fault of line 120, "w33" */

struct question_list {
	const struct request *answered; /* NULL: a page's */
	char letter;                    /* of their fields: r120, w33 */
	unsigned after;                 /* a page begins with later lines */
	struct question_entry {
		unsigned line, bytes; /* of the first line that has it */
		int64_t lines;        /* that have it; 0: it is none any more */
	} * entries;
	size_t count, capacity;
	json_t *known; /* by key: which entry */
	json_t *shown; /* those of the page: [{line, lines, …}] */
	size_t room;   /* in bytes, that a page has for them */
	size_t bytes;  /* that they take */
	bool torn;     /* one that was shown is none any more: the page has a gap */
};

struct questions {
	char from[QUESTION_PLACE_SIZE];
	struct question_list faults, doubts;
};

/* Where the page begins that a form leads to ("to") or was on ("after"), or that a query asks for
 * ("after"); "" for the beginning. Text of the request. */
const char *questions_asked(const struct request *request);

/* @from: where the page begins; @answered: a request whose form tells which are wanted instead. */
void questions_init(struct questions *ret, const char *from, const struct request *answered);
void questions_finish(struct questions *questions);

/* Notes that @line asks what is called @key (NULL: something of its own). Whether it is the first
 * that does and has a place on the page: then questions_show is to follow. */
bool questions_meet(struct question_list *list, const char *key, unsigned line, size_t bytes);
void questions_show(struct question_list *list, json_t *question); /* takes it over */
/* It is none any more. */
void questions_drop(struct question_list *list, const char *key);
int64_t questions_lines(const struct question_list *list); /* that ask something */

/* About how long a row about it is, in bytes of HTML; choices: how many it offers. */
size_t questions_bytes(const char *raw, const char *value, size_t choices);

/* Leaves on the page what it holds; adds to @data problems and doubts, problems_here and
 * doubts_here (how many these are), questions (how many there are at all), shown_first, shown_last,
 * after, and previous and next: where those pages begin, "" for none. False when the list is to be
 * read once more, with a page that begins at @ret_from: nothing is left after the place where this
 * one began, or it has a gap. @data stays then. */
bool questions_into(struct questions *questions, json_t *data, char ret_from[QUESTION_PLACE_SIZE]);

#endif
