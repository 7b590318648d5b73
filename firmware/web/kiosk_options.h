/**
 * The options of this kiosk that may be chosen over its file, part by part (core/override.h): as
 * fields of a form, with where each part comes from, and taken back. LANE_READ.
 */
#ifndef WEB_KIOSK_OPTIONS_H
#define WEB_KIOSK_OPTIONS_H

#include "web/sheet.h"

/* Fills in what was not filled in yet. */
void kiosk_options_begin(struct sheet *sheet, const struct request *request);

/* {part: {rev, chosen, origin, now, file, …}}: what holds and what the file says, as words of the
 * catalogue; chosen: it does not come from the file. */
json_t *kiosk_options_json(const struct request *request);

/* Takes the form's part, or with do=file puts it back to what the file says. 0 when that is kept;
 * 409 or 422 with the sheet faulted; 404 for a part there is not; -errno. */
int kiosk_options_take(struct request *request, struct sheet *sheet, const char *part);

/* Where the reader is: "right", "left", "bottom" or "behind"; "" where only the kiosk could say,
 * and does not. */
void kiosk_side(const struct request *request, char ret[CONFIG_NAME_SIZE]);

#endif
