/**
 * The clerk's side of the service screen: an organiser's badge opens it; while it is open its facts
 * are gathered every second and sent when they change. Clerk thread only; time is a parameter in
 * monotonic milliseconds.
 */
#ifndef KIOSK_SERVICE_SCREEN_H
#define KIOSK_SERVICE_SCREEN_H

#include "core/badge.h"
#include "face/flow.h"
#include "kiosk/stick.h"
#include "store/access_code.h"

struct clerk;

struct service_screen {
	bool open;
	struct service facts; /* as last sent */
	int64_t opened_ms, looked_ms, network_ms;
	char code[ACCESS_CODE_SIZE]; /* as drawn; "" for none */
	struct stick stick;
	int64_t test_until_ms, stick_until_ms; /* when what is said of them goes */
};

void service_screen_start(struct clerk *clerk); /* the volume reaches the screen */
/* Other options hold: the volume may be another. */
void service_screen_options(struct clerk *clerk);
void service_screen_finish(struct service_screen *screen);

void service_screen_open(struct clerk *clerk, int64_t at_ms);
/* A badge was held. True when it was an organiser's: the screen is open, and nothing is logged. */
bool service_screen_take(
	struct clerk *clerk, const struct badge_key *keys, size_t count, int64_t at_ms);
/* Somebody touched a control. */
void service_screen_touched(struct clerk *clerk, const struct wish *wish);
void service_screen_tick(struct clerk *clerk, int64_t at_ms);

#endif
