/**
 * What other programs changed in the file, while the kiosk runs: the programme, and the options
 * that were chosen on the page. Both hold from the next tap on. Clerk thread.
 */
#ifndef KIOSK_REREAD_H
#define KIOSK_REREAD_H

#include "kiosk/clerk.h"

/* One number tells whether anything changed; @force looks all the same. 0 or -errno, what was known
 * is kept. */
int reread(struct clerk *clerk, int64_t wall_ms, bool force);

/* The options alone, also those the kiosk itself chose. */
void reread_options(struct clerk *clerk);

/* Name and version, for other kiosks to hear when the logs are merged. */
void reread_introduce(struct clerk *clerk);

/* What other options ask of screen and log, between taps. */
void reread_settle(struct clerk *clerk);

/* The options as the screen needs them. */
void reread_send_look(struct clerk *clerk);

#endif
