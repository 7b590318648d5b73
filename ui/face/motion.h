/**
 * Motion: a picture on its way. The first frame already says everything; what moves
 * is under 250 ms, eased out, and may be left out at any moment. Pure; time is a parameter.
 */
#ifndef FACE_MOTION_H
#define FACE_MOTION_H

#include "face/picture.h"

enum motion {
	MOTION_NONE,
	MOTION_ARRIVE, /* the field comes from the reader's side, the sign grows, the card rises */
	MOTION_LEAVE,  /* what was shown fades */
	MOTION_PAGE,   /* the board's next page comes in */
	MOTION_COUNT
};

int motion_length_ms(enum motion motion);

/* Changes @picture to what it is after @elapsed_ms. @left: the reader is on the left; @before: the
 * field that fades. */
void motion_apply(
	struct picture *picture, enum motion motion, int elapsed_ms, bool left, enum colour before);

#endif
