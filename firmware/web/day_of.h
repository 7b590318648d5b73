/** A day as a form sends it. Any thread. */
#ifndef WEB_DAY_OF_H
#define WEB_DAY_OF_H

#include <stdbool.h>
#include <stdint.h>

/* "2026-11-24": from its begin to the begin of the next, of this place. False for no such day. */
bool day_range(const char *day, int64_t *ret_from_ms, int64_t *ret_to_ms);

#endif
