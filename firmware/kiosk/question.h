/**
 * The question which session somebody goes to: asked after their check-in is committed, kept
 * current while it is on the screen, and answered by a second row in the log. Clerk thread only.
 */
#ifndef KIOSK_QUESTION_H
#define KIOSK_QUESTION_H

#include "face/flow.h"

struct clerk;

struct question {
	int64_t seq; /* of the tap that it was asked after; 0 for none */
	int64_t asked_wall_ms, until_ms;
	char cluster[CLUSTER_CODE_SIZE];
	size_t count;
	struct choice choices[CHOICES_MAX]; /* as last sent */
};

/* The answer was sent to the screen; if it asks something, it is kept current from now on. */
void question_ask(struct clerk *clerk, const struct answer *answer, int64_t at_ms);
/* Sends the places again when they changed. */
void question_refresh(struct clerk *clerk, int64_t at_ms);
/* They chose: the row, and the screen that says where to go. */
void question_answer(struct clerk *clerk, const struct wish *wish);

#endif
