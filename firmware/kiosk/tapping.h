/**
 * From what a reader reports to a tap that is kept and answered: identity, debounce, verdict,
 * commit. What can not be kept waits in memory and is tried again. Clerk thread; time is a
 * parameter in monotonic milliseconds.
 */
#ifndef KIOSK_TAPPING_H
#define KIOSK_TAPPING_H

#include "kiosk/clerk.h"

void tapping_take(
	struct clerk *clerk, struct supervised *reader, const struct report *report, int64_t at_ms);
/* Taps that waited go into the log in their order, with the time they were made; when all did,
 * clerk->storage_failed is false again. */
void tapping_retry(struct clerk *clerk, int64_t at_ms);

#endif
