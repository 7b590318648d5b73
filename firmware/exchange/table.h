/**
 * A table as other programs write it: CSV by ',', ';' or tab, with or without BOM, UTF-8 or
 * Windows-1252 (line by line), addressed by header. The only file that includes libcsv. Memory: one
 * copy of the text and one row.
 */
#ifndef EXCHANGE_TABLE_H
#define EXCHANGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/rejection.h"

#define TABLE_COLUMNS_MAX 256

struct table_row {
	unsigned line;        /* 1-based line on which the row starts */
	const char *original; /* the row's own text, without its line end */
	size_t original_length;
	size_t count;
	const char *cells[TABLE_COLUMNS_MAX]; /* trimmed, on one line; valid during the call */
};

/* Rows with a header before them; the first call has the header row itself. A nonzero return ends
 * it. */
typedef int table_take(void *context, const struct table_row *row);

/* What a file was taken for: its separator, and whether it was converted from Windows-1252. */
struct table_form {
	char separator;
	bool windows;
};
void table_form_of(const char *bytes, size_t length, struct table_form *ret);

/* 0, what @take returned, or -EINVAL with @ret_refusal: no text, or an unclosed quote. */
int table_read(const char *bytes, size_t length, table_take *take, void *context,
	struct rejection *ret_refusal);

/* The row, turned away for @fault; of no column yet. */
void table_reject(const struct table_row *row, struct rejection *ret, enum fault fault);

#endif
