#include "exchange/clusters_in.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/table.h"

#define NAME_BYTES_MAX 95

enum { CODE, NAME_NL, NAME_EN, SHORT_NL, SHORT_EN, TARGET, COUNT };
static const char *const headers[COUNT] = { "code", "name_nl", "name_en", "short_nl", "short_en",
	"target" };

struct reading {
	const struct cluster_sink *sink;
	bool has_header;
	int place[COUNT];
	struct rejection *refusal;
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
	*reading->refusal = (struct rejection){ .line = row->line, .fault = FAULT_NO_CLUSTERS };
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
		table_reject(row, &rejection, FAULT_CODE);
	} else if (!cells[NAME_NL][0] || strlen(cells[NAME_NL]) > NAME_BYTES_MAX) {
		table_reject(row, &rejection, FAULT_NAME);
		rejection.number = NAME_BYTES_MAX;
	} else if ((cells[TARGET][0] && *end) || target < 1 || target > 1000) {
		table_reject(row, &rejection, FAULT_TARGET);
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

int clusters_read(const char *bytes, size_t length, const struct cluster_sink *sink,
	struct rejection *ret_refusal)
{
	struct reading reading = { .sink = sink, .refusal = ret_refusal };
	const int r = table_read(bytes, length, take_row, &reading, ret_refusal);
	if (r == 0 && !reading.has_header) {
		*ret_refusal = (struct rejection){ .fault = FAULT_EMPTY };
		return -EINVAL;
	}
	return r;
}
