/** What every page shows besides its own: who, which event, how the kiosk is. Any lane's thread. */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include <jansson.h>

#include "web/request.h"

/* The object called "page" in every template; NULL without memory. @stream is the page's stream of
 * events, "" for none. */
json_t *frame_json(const struct request *request, const char *stream);

/* ISO 8601 with the offset of this place, as all JSON of the page has it. */
json_t *json_time(int64_t wall_ms);

#endif
