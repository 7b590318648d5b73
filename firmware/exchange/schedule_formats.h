/** The formats a schedule comes in beside iCalendar, and what they share. */
#ifndef EXCHANGE_SCHEDULE_FORMATS_H
#define EXCHANGE_SCHEDULE_FORMATS_H

#include <stdbool.h>

#include "exchange/schedule_in.h"

schedule_reader schedule_json_read, schedule_csv_read;

/* What titles and categories tell. */
bool title_is_break(const char *title);
bool cluster_from_words(char ret[CLUSTER_CODE_SIZE],
	const char *words); /* codes and names of the city's clusters */

/* As time_parse; a time without an offset is that of the venue's clock on its own day. */
bool venue_time_parse(const struct schedule_limits *limits, const char *text, int64_t *ret_ms,
	int32_t *ret_offset_min);

#endif
