/**
 * Forgotten check-outs: with tap-out on, whoever is still in some time after the end is taken to
 * have left at the end, by a row that says it is assumed; by a time that is not the network's only
 * once it has stood for as long. Works in idle moments, a page of the log at a time. Clerk thread
 * only.
 */
#ifndef KIOSK_LEAVING_H
#define KIOSK_LEAVING_H

#include <stdint.h>

struct clerk;

struct leaving {
	int64_t settled; /* all check-ins up to this seq have been followed by something */
	int64_t looked;  /* this round has come so far */
	int64_t open;    /* the first check-in this round met that is not settled; 0 none */
};

/* Before the first look: how far back it goes. */
void leaving_start(struct clerk *clerk);
/* One page; 0 or -errno. */
int leaving_look(struct clerk *clerk);

#endif
