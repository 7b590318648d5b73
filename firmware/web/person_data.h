/** The data of one person's page. Any lane's thread. */
#ifndef WEB_PERSON_DATA_H
#define WEB_PERSON_DATA_H

#include "web/parts.h"
#include "web/response.h"
#include "web/sheet.h"

/* Whoever {…} in the path names. 0; -ENOENT after answering 404; -errno. */
int person_asked(struct request *request, struct response *response, struct attendee *ret);

/* All that /people/{id} shows but the form; NULL after trouble. */
json_t *person_data(const struct request *request, const struct attendee *person);

/* The person's whole log, newest first, as days with "entries". */
json_t *person_days(const struct request *request, const struct attendee *person);
/* The entry of that name; NULL when it is not theirs. */
json_t *person_entry(
	const struct request *request, const struct attendee *person, const char *name);

#endif
