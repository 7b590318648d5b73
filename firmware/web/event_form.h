/** What an organiser says of an event, on /events and on /settings. Any lane's thread. */
#ifndef WEB_EVENT_FORM_H
#define WEB_EVENT_FORM_H

#include "store/programme.h"
#include "web/sheet.h"

/* The fields are event_title, event_venue, first_day and last_day. */
void event_form_set(struct sheet *sheet, const struct event *event);
/* As they came, with their faults; a last day that is empty is the first. */
void event_form_take(struct sheet *sheet, struct event *ret);

/* What follows from its sessions and days: first_day and last_day (null for one day, or for none),
 * given: whether an organiser said so, sessions, and outside: {count, list: [{title, day}]} of what
 * begins on another day; null for none. */
void event_days_into(json_t *data, struct store *store, const struct event *event);

#endif
