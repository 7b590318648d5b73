/** The settings page, which acts of other files show again when something was wrong. */
#ifndef WEB_SETTINGS_H
#define WEB_SETTINGS_H

#include "base/file.h"
#include "web/response.h"
#include "web/sheet.h"

int settings_show(
	struct request *request, struct response *response, struct sheet *sheet, unsigned status);

/* Whether {kiosk} of the path is this one. Else false after answering: 503 for one whose log was
 * merged into ours, which can not be reached from here, 404 for none at all (page_kiosks.c). */
bool kiosk_asked(struct request *request, struct response *response);
/* Adds what there is to choose from by the programme: its rooms, and how long after it names may be
 * kept (page_kiosk_settings.c). 0 or -errno. */
int kiosk_choices_into(json_t *data, const struct request *request);

/* Drops what was handed over to be put back and then forgotten about (page_backup.c). */
void restore_tidy(const struct request *request);
/* Whether this is a card that can be updated, and what became of the last update: one line, or
 * nothing; bytes_free (page_update.c). */
bool update_is_possible(const struct request *request);
void update_told(const struct request *request, struct bytes *ret);
/* When that was told, in some unit; 0 never. */
int64_t update_told_at(const struct site *site);
/* Whether the sample can be removed (page_sample.c). */
bool sample_is_there(const struct request *request);

#endif
