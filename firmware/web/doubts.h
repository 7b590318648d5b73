/**
 * Lines of a list that go in, and that somebody had better look at: without a name, with the e-mail
 * address of a line before, with something that is no address, without the kind of an organisation
 * that has none yet. One reading of a list; the thread of its lane.
 */
#ifndef WEB_DOUBTS_H
#define WEB_DOUBTS_H

#include <jansson.h>

#include "core/attendee_line.h"
#include "store/store.h"
#include "web/questions.h"

struct doubts {
	struct store *store; /* borrowed */
	const int *places;   /* in which cell each column stands; borrowed */
	/* As faults are: {line, lines, raw, fault, column, value, place, other}, fault being
	 * "no-name", "same-mail", "no-mail" or "no-kind"; one a line. Borrowed. */
	struct question_list *list;
	json_t *kinds; /* by name of an organisation: whether it has a kind */
	struct met_mail *met;
	size_t met_count, met_capacity;
};

/* @kinds: what an earlier reading of the same list told; NULL for none. */
void doubts_init(struct doubts *ret, struct store *store, const int *places,
	struct question_list *list, json_t *kinds);
void doubts_finish(struct doubts *doubts);

/* 0 or -errno. */
int doubts_look(struct doubts *doubts, const struct attendee_line *line, unsigned number);
/* What a later line told after all is no doubt any more. */
void doubts_settle(struct doubts *doubts);

#endif
