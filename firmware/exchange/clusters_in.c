#include "exchange/clusters_in.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/table.h"

enum { CODE, NAME_NL, NAME_EN, SHORT_NL, SHORT_EN, TARGET, COUNT };
static const char *const headers[COUNT] = { "code", "name_nl", "name_en", "short_nl", "short_en",
	"target" };

struct reading {
	const struct cluster_sink *sink;
	bool has_header;
	int place[COUNT];
	char *reason;
};

static int read_header(struct reading *reading, const struct table_row *row)
{
	reading->has_header = true;
	for (size_t column = 0; column < COUNT; column++) {
		reading->place[column] = -1;
		for (size_t i = 0; i < row->count; i++)
			if (text_equal_folded(headers[column], row->cells[i]))
				reading->place[column] = (int)i;
	}
	if (reading->place[CODE] >= 0 && reading->place[NAME_NL] >= 0)
		return 0;
	snprintf(reading->reason, REASON_SIZE,
		"line %u: headers are code,name_nl,name_en,short_nl,short_en,target; code and "
		"name_nl are needed",
		row->line);
	return -EINVAL;
}

static bool is_code(const char *text)
{
	return text[0] && strlen(text) < CLUSTER_CODE_SIZE &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static int take_row(void *context, const struct table_row *row)
{
	struct reading *reading = context;
	if (!reading->has_header)
		return read_header(reading, row);
	const char *cells[COUNT];
	for (size_t column = 0; column < COUNT; column++) {
		const int place = reading->place[column];
		cells[column] = place >= 0 && (size_t)place < row->count ? row->cells[place] : "";
	}
	struct rejection rejection;
	char *end;
	const long target = cells[TARGET][0] ? strtol(cells[TARGET], &end, 10) : 15;
	if (!is_code(cells[CODE])) {
		table_reject(row, &rejection, "code: allowed are 1 to 31 of a-z, 0-9 and -");
	} else if (!cells[NAME_NL][0] || strlen(cells[NAME_NL]) > 95) {
		table_reject(row, &rejection, "name_nl: allowed are 1 to 95 bytes");
	} else if ((cells[TARGET][0] && *end) || target < 1 || target > 1000) {
		table_reject(row, &rejection, "target: allowed is 1 to 1000");
	} else {
		const char *english = cells[NAME_EN][0] ? cells[NAME_EN] : cells[NAME_NL];
		const struct cluster_line line = { .code = cells[CODE],
			.name_nl = cells[NAME_NL],
			.name_en = english,
			.short_nl = cells[SHORT_NL][0] ? cells[SHORT_NL] : cells[NAME_NL],
			.short_en = cells[SHORT_EN][0] ? cells[SHORT_EN] : english,
			.target = (int)target };
		return reading->sink->cluster(reading->sink->context, &line, row->line);
	}
	reading->sink->reject(reading->sink->context, &rejection);
	return 0;
}

int clusters_read(
	const char *bytes, size_t length, const struct cluster_sink *sink, char *ret_reason)
{
	struct reading reading = { .sink = sink, .reason = ret_reason };
	const int r = table_read(bytes, length, take_row, &reading, ret_reason);
	if (r == 0 && !reading.has_header) {
		snprintf(ret_reason, REASON_SIZE, "the file is empty");
		return -EINVAL;
	}
	return r;
}
