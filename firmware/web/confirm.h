/** An act that can not be undone asks for the password once more. LANE_SECRET or LANE_LONG. */
#ifndef WEB_CONFIRM_H
#define WEB_CONFIRM_H

#include "web/response.h"
#include "web/sheet.h"

/* Faults @field when it does not hold the organiser's password. 1 after answering 429, when it was
 * tried too often; 0 or -errno. */
int confirm_password(
	struct request *request, struct response *response, struct sheet *sheet, const char *field);

#endif
