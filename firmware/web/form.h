/** A form that is shown again with what was typed and what is missing. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <jansson.h>

#include "web/request.h"

struct form {
	json_t *data; /* {"form": {…}, "fault": {…}, "faults": {"list": […]}} and what a page adds
		       */
	int faults;
};

/* What was typed in each of @names (ends with NULL) comes back; passwords do not. */
void form_init(struct form *ret, const struct request *request, const char *const names[]);
/* @field "" for one that belongs to none. @say: of the words err.…; {n} and {n2} where they have
 * places. */
void form_fault(struct form *form, const char *field, const char *say, int n, int n2);
void form_finish(struct form *form); /* when no page took the data */

/* What somebody chose as password: NULL when good, else what to say (as form_fault). */
const char *password_trouble(const char *password, int *ret_n);
int text_letters(const char *text); /* characters, not bytes */

#endif
