/** Check-ins that no check-out followed. 0 or -errno; the thread of the store. */
#ifndef STORE_OPEN_STAY_H
#define STORE_OPEN_STAY_H

#include "store/tap_log.h"

struct open_stay {
	struct tap_record in; /* the check-in: key, moment, kiosk, event, session, attendee */
	int64_t seq;
	int64_t end_ms;     /* of the session they came for, else as below */
	int64_t day_end_ms; /* of the programme of the day the session began, else of the tap's;
			     * 0 not known */
};

/* Of our own log, the check-ins among seq @after + 1 to @upto that nothing followed in the same
 * session, or in the event where the check-in names none. */
int open_stay_each(struct store *store, int64_t after, int64_t upto,
	int (*row)(void *context, const struct open_stay *stay), void *context);

#endif
