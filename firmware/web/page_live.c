#include "base/clock.h"
#include "web/day.h"
#include "web/hub.h"
#include "web/routes.h"

int page_live(struct request *request, struct response *response)
{
	json_t *data;
	const int r = day_json(request->stores.day, request->stores.read, request_config(request),
		request->owner.role == ROLE_ORGANISER, request->language, &data);
	if (r < 0)
		return r;
	json_object_set_new(data, "stream", json_string("/live/stream"));
	return respond_page(response, 200, "live", data);
}

int page_live_stream(struct request *request, struct response *response)
{
	const struct interest day = { .what = WATCHED_DAY };
	return hub_join(request->site->hub, response, &day, clock_mono_ns() / 1000000);
}
