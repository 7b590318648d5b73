/** A programme on its way out, in forms that can be read back. Any thread. */
#ifndef EXCHANGE_SCHEDULE_OUT_H
#define EXCHANGE_SCHEDULE_OUT_H

#include "core/schedule.h"

struct schedule_out {
	const char *title, *venue;      /* of the event */
	const struct session *sessions; /* by start */
	size_t count;
	int64_t made_ms;
	/* How a cluster is called; "" for none. */
	const char *(*cluster_name)(void *context, const char *code);
	void *context;
};

/* iCalendar, and frab's schedule.json. malloc; NULL without memory. */
char *icalendar_write(const struct schedule_out *from);
char *schedule_json_write(const struct schedule_out *from);

#endif
