/**
 * How often somebody may try a password: five times, then once in a while. Counted per browser that
 * signed in before, else per address, so that whoever guesses from elsewhere, or from the same
 * building, never keeps out a browser that the owner uses; and the kiosk's own code has a count of
 * its own. Any thread.
 */
#ifndef WEB_LIMITS_H
#define WEB_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

struct limits;

struct limits *limits_create(void); /* NULL without memory */
void limits_destroy(struct limits *limits);

/* What is tried; each has its own count. */
enum trial { TRIAL_PASSWORD, TRIAL_CODE, TRIAL_COUNT };

/* Takes one try of @address, or of @browser if it is known. How many are left after it, or the
 * seconds to wait, negative. */
int limits_take(struct limits *limits, enum trial trial, const char *address, const char *browser,
	int64_t at_ms);
/* It was right: the tries come back, and @browser is known from now on. For the organiser's alone:
 * whoever knows a lesser password could guess the other one for ever in between. */
void limits_known(
	struct limits *limits, enum trial trial, const char *address, const char *browser);
/* A lesser password was right: that one try did not count. */
void limits_give_back(
	struct limits *limits, enum trial trial, const char *address, const char *browser);
bool limits_is_known(struct limits *limits, const char *browser);

#endif
