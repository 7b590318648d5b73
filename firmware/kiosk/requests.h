/** What the control socket may ask of the kiosk, one function a verb. Clerk thread only. */
#ifndef KIOSK_REQUESTS_H
#define KIOSK_REQUESTS_H

#include "kiosk/clerk.h"

/* Reads what the client in @seat said and answers it, now or, for a screenshot, later. */
void requests_serve(struct clerk *clerk, size_t seat);
/* The screen's part of an answer came. */
void requests_settle(struct clerk *clerk, const struct note *note);

#endif
