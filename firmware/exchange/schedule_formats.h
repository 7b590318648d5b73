/** The three formats a schedule comes in; each reads a whole file. As schedule_read. */
#ifndef EXCHANGE_SCHEDULE_FORMATS_H
#define EXCHANGE_SCHEDULE_FORMATS_H

#include <stdbool.h>

#include "exchange/schedule_in.h"

typedef int schedule_reader(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, char *ret_reason);

schedule_reader icalendar_read, schedule_json_read, schedule_csv_read;

/* Why a record is no session: a word for whoever says it in another language, and the whole. */
struct schedule_wrong {
	const char *fault, *words;
};

/* What titles and categories tell. */
bool title_is_break(const char *title);
bool cluster_from_words(char ret[CLUSTER_CODE_SIZE],
	const char *words); /* codes and names of the city's clusters */

#endif
