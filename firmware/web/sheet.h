/**
 * What somebody filled in, and what is wrong with it: becomes "form", "fault" and "faults" in a
 * page's data, which the partials _input and _faults show; and "conflict", which _conflict shows,
 * when somebody was ahead (revision.h). One request.
 */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include <jansson.h>
#include <stdbool.h>

#include "web/request.h"

struct sheet {
	const struct request *request;
	json_t *values, *faults, *list; /* by field; by field; in order */
	json_t *conflict;               /* NULL for none */
};

void sheet_init(struct sheet *ret, const struct request *request);
void sheet_finish(struct sheet *sheet);

/* The field as it came, trimmed and remembered; valid as long as the form. */
const char *sheet_take(struct sheet *sheet, const char *name);
/* What a form begins with. */
void sheet_set(struct sheet *sheet, const char *name, const char *value);
/* Says err.@say at @field ("" for none in particular); only the first of a field. */
void sheet_fault(struct sheet *sheet, const char *field, const char *say);
/* One with numbers in its words. */
void sheet_fault_numbers(
	struct sheet *sheet, const char *field, const char *say, int64_t n, int64_t n2);
/* Faults a field that is empty. */
const char *sheet_need(struct sheet *sheet, const char *name, const char *say);
bool sheet_is_good(const struct sheet *sheet);
/* Adds all of it to @data; the form is then empty. Returns @data. */
json_t *sheet_into(struct sheet *sheet, json_t *data);

#endif
