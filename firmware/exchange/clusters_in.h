/** Clusters as CSV: code,name_nl,name_en,short_nl,short_en,target. */
#ifndef EXCHANGE_CLUSTERS_IN_H
#define EXCHANGE_CLUSTERS_IN_H

#include "core/schedule.h"
#include "exchange/rejection.h"

struct cluster_line {
	const char *code, *name_nl, *name_en, *short_nl, *short_en;
	int target;
};
struct cluster_sink {
	void *context;
	int (*cluster)(void *context, const struct cluster_line *line, unsigned line_number);
	void (*reject)(void *context, const struct rejection *rejection);
};
int clusters_read(const char *bytes, size_t length, const struct cluster_sink *sink,
	struct rejection *ret_refusal);

#endif
