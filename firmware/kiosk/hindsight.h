/**
 * Hindsight: once it is known what time it is, each tap of this boot from when it was not, or when
 * a worse clock was wrong, is decided again by its true time, as if the clock had been right. The
 * session it then was for is a new row in place of the old one, which stays, corrected. Works in
 * idle moments, a few taps at a time, and after a power cut goes on with the boot that it was at.
 * Clerk thread only.
 */
#ifndef KIOSK_HINDSIGHT_H
#define KIOSK_HINDSIGHT_H

#include "store/untimed.h"

struct clerk;

struct hindsight {
	bool due; /* the taps have not been looked up yet */
	struct untimed_tap *taps;
	size_t count, next;
	int64_t owed_boot; /* of which not all are decided (untimed_boot_number); 0 for none */
};

void hindsight_start(struct clerk *clerk); /* before the first hindsight_begin */
void hindsight_begin(struct clerk *clerk); /* the time became known: clerk->anchor says it */
void hindsight_finish(struct hindsight *hindsight);
/* A few taps; 0 or -errno. */
int hindsight_look(struct clerk *clerk);

#endif
