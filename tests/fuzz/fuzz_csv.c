#include <stdint.h>
#include <string.h>

#include "core/text.h"
#include "exchange/attendees_in.h"
#include "exchange/clusters_in.h"
#include "tests/fuzz/rejection_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int on_attendee(void *context, const struct attendee_line *line, unsigned number)
{
	(void)context;
	(void)number;
	for (size_t column = 0; column < COLUMN_COUNT; column++)
		if (!utf8_is_valid(line->values[column], strlen(line->values[column])))
			__builtin_trap();
	return 0;
}

static int on_cluster(void *context, const struct cluster_line *line, unsigned number)
{
	(void)context;
	(void)number;
	return line->target < 1;
}

static void on_reject(void *context, const struct rejection *rejection)
{
	(void)context;
	if (rejection->line == 0)
		__builtin_trap();
	check_words(rejection);
}

static const char *cluster_of(void *context, const char *name)
{
	(void)context;
	return strcmp(name, "health") == 0 ? "health" : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct attendee_sink attendees = { NULL, on_attendee, on_reject };
	static const struct cluster_sink clusters = { NULL, on_cluster, on_reject };
	struct rejection refusal = { .fault = FAULT_NONE };
	struct column_map map;
	attendees_read((const char *)data, size, NULL, cluster_of, NULL, &attendees, &refusal);
	check_words(&refusal);
	clusters_read((const char *)data, size, &clusters, &refusal);
	check_words(&refusal);
	if (column_map_read(&map, (const char *)data, size, &refusal) == 0)
		column_map_finish(&map);
	return 0;
}
