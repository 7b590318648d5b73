/**
 * What a form was made of, so that two organisers at once do not undo each other: the form brings
 * its revision along, and where that is no longer so both are shown what differs. Any lane's
 * thread.
 */
#ifndef WEB_REVISION_H
#define WEB_REVISION_H

#include "web/sheet.h"

#define REVISION_SIZE 17

/* Names what @sheet holds now; equal values, equal name. */
void revision_of(const struct sheet *sheet, char ret[REVISION_SIZE]);

/* Names any other text, in the same way. */
void revision_of_text(const char *text, char ret[REVISION_SIZE]);
/* Whether the form that was sent names another revision than @now; one that names none does not. */
bool revision_is_past(const struct request *request, const char *now);

/* Whether the form that was sent was made of @stored. */
bool revision_holds(const struct request *request, const struct sheet *stored);

/* The same of @sent, a form with texts alone; @stored is empty after it. Where it is no longer so,
 * @sent gets the conflict {list: [{field, now, yours}]} of what differs, in words. */
bool revision_check(struct sheet *sent, struct sheet *stored);

#endif
