/** iCalendar, read by a program beside this one: the page links no library that reads it. */
#ifndef WEB_CALENDAR_H
#define WEB_CALENDAR_H

#include "exchange/schedule_in.h"

/* Starts `incheckpaal read schedule` and gives it the bytes, nothing else; waits at most half a
 * minute. As icalendar_read; a file on which that program breaks or takes too long is refused
 * with -EINVAL; other trouble is -errno. */
schedule_reader calendar_read;

#endif
