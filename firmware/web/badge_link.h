/** Asking this kiosk to wait for somebody's badge. Any lane's thread. */
#ifndef WEB_BADGE_LINK_H
#define WEB_BADGE_LINK_H

#include "web/parts.h"
#include "web/response.h"

enum link_outcome { LINK_WAITS, LINK_BUSY, LINK_AWAY };

/* Tells the kiosk in whose name. AWAY: it does not answer. BUSY: it waits for another's badge, and
 * *@ret_busy, to be freed, is {who, name, seconds}: who asked, "" when nobody said, for whom, and
 * how long it waits on; NULL when it is over meanwhile. */
enum link_outcome badge_link_ask(
	const struct request *request, const struct attendee *person, json_t **ret_busy);

/* Goes to the page that waits, or shows /badges again with what is in the way. */
int badge_link_begin(
	struct request *request, struct response *response, const struct attendee *person);

/* 409: the badge is another's already; what to do about it. */
int badge_taken_show(struct request *request, struct response *response,
	const struct attendee *person, const char *badge);

/* Which kiosks there are to link at: [{number, kiosk, here}], ours first; this page reaches no
 * other. NULL without memory. */
json_t *badge_link_kiosks(const struct request *request);

#endif
