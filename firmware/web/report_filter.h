/** What somebody asks of the report of clusters: which days, event and session, and how to count.
 * Read of the query of a request, and lives as long. */
#ifndef WEB_REPORT_FILTER_H
#define WEB_REPORT_FILTER_H

#include "core/figures.h"
#include "web/request.h"
#include "web/sheet.h"

struct report_filter {
	const char *period, *event, *session; /* event and session: NULL for all */
	struct participation_rule rule;
	int64_t from_day, to_day;
	char from[11], to[11];    /* "" for no bound */
	char today[ID_TEXT_SIZE]; /* the event that @event means when none was named */
};

/* Says in @sheet which day is none. 0 or -errno. */
int report_filter_read(
	const struct request *request, struct sheet *sheet, struct report_filter *ret);

/* Counts. 0, -ENOENT for an event or session that is none, or -errno; participation_free. */
int report_filter_load(const struct request *request, const struct report_filter *filter,
	struct participation **ret);

/* Adds to @data what the form shows, and the query that leads to the files. Returns @data. */
json_t *report_filter_into(
	json_t *data, const struct request *request, const struct report_filter *filter);

#endif
