/**
 * What may be shown next: answers without a name, in both languages, with each session of the
 * board. Whoever sets their words beforehand has only the name left to set when a badge comes.
 * Pure.
 */
#ifndef FACE_WARM_H
#define FACE_WARM_H

#include "face/view.h"

/* The view of @step, from 0 on, made of what is @now; false when there are no more. */
bool warm_view(struct view *ret, const struct view *now, size_t step);

#endif
