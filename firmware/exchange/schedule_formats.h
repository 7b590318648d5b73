/** The formats a schedule comes in beside iCalendar, and what they share. */
#ifndef EXCHANGE_SCHEDULE_FORMATS_H
#define EXCHANGE_SCHEDULE_FORMATS_H

#include <stdbool.h>

#include "exchange/schedule_in.h"

schedule_reader schedule_json_read, schedule_csv_read;

/* Why a record is no session: a word for whoever says it in another language, and the whole. */
struct schedule_wrong {
	const char *fault, *words;
};

/* What titles and categories tell. */
bool title_is_break(const char *title);
bool cluster_from_words(char ret[CLUSTER_CODE_SIZE],
	const char *words); /* codes and names of the city's clusters */

#endif
