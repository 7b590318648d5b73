/** Shared by flow's own files and by nobody else. */
#ifndef FACE_FLOW_PRIVATE_H
#define FACE_FLOW_PRIVATE_H

#include "face/flow.h"

enum kind { KIND_START, KIND_IDLE, KIND_ANSWER, KIND_FORM, KIND_SERVICE, KIND_OUT, KIND_COUNT };
enum kind flow_kind_of(enum screen screen);
/* Where @event leads from the screen that is shown. */
enum kind flow_step(const struct flow *flow, enum flow_event event);

void flow_show(struct flow *flow, enum screen screen, int64_t at_ms);
/* The visitor is done with this screen: on to the one that is their due, mostly idle. */
void flow_leave(struct flow *flow, enum flow_event event, int64_t at_ms);
/* The stay time begins anew. */
void flow_stay(struct flow *flow, int64_t at_ms);

/* flow_time.c: the colours of the hour, and the side of the reader. */
void flow_dress(struct flow *flow);

/* flow_touch.c: does what the control is for; true when the picture changed. */
bool flow_do(struct flow *flow, struct touch touch, int64_t at_ms);
/* "I'll choose later": the check-in stands, and the screen says so. */
bool flow_choose_later(struct flow *flow, int64_t at_ms);

#endif
