/**
 * A participation report on its way out: text for a terminal, csv, csv-excel, json. The caller
 * checks ferror and closes. 0 or -errno. Any thread.
 */
#ifndef EXCHANGE_PARTICIPATION_OUT_H
#define EXCHANGE_PARTICIPATION_OUT_H

#include <jansson.h>
#include <stdio.h>

#include "core/figures.h"

int participation_out_text(
	FILE *out, const struct participation *participation, enum language language);
/* Each line begins with the code of its page; each page with a line of headers. @excel: semicolons,
 * CRLF, a byte order mark, Dutch dates. */
int participation_out_csv(
	FILE *out, const struct participation *participation, enum language language, bool excel);
int participation_out_json(FILE *out, const struct participation *participation);

/* The whole report as data, for the page too; NULL when out of memory. */
json_t *participation_json(const struct participation *participation);

#endif
