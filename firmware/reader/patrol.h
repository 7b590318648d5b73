/**
 * The reader's rounds: keeps the device open, looks for badges, and reports. Single-threaded; a
 * pulse is only sent from here, so a hanging libnfc call is a missing pulse.
 */
#ifndef READER_PATROL_H
#define READER_PATROL_H

#include "reader/device.h"
#include "reader/presence.h"

#define PULSE_MS 500

struct patrol {
	const struct config_reader *reader;
	struct device *device;
	/* Hands over one report; false when nobody listens any more. */
	bool (*send)(void *context, const struct report *report);
	void *context;
	const volatile int *stopping;

	bool open;
	struct report report; /* state and counters of every message */
	struct presence presence;
	unsigned errors_in_row, failed_opens, rounds;
	int64_t pulsed_ms, opened_ms, busy_ms;
	bool resuming; /* no look has succeeded since the device came back */
	int torn_tries;
};

void patrol_init(struct patrol *ret, const struct config_reader *reader, struct device *device,
	bool (*send)(void *context, const struct report *report), void *context,
	const volatile int *stopping);

/* Until @stopping is set or nobody listens. */
void patrol_run(struct patrol *patrol);

#endif
