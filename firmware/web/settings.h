/** The settings page, which acts of other files show again when something was wrong. */
#ifndef WEB_SETTINGS_H
#define WEB_SETTINGS_H

#include "web/response.h"
#include "web/sheet.h"

int settings_show(
	struct request *request, struct response *response, struct sheet *sheet, unsigned status);

/* Drops what was handed over to be put back and then forgotten about (page_backup.c). */
void restore_tidy(const struct request *request);
/* Whether the sample can be removed (page_sample.c). */
bool sample_is_there(const struct request *request);

#endif
