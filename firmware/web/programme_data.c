#include "web/programme_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

int programme_load(struct programme *ret, const struct request *request)
{
	struct today today;

	*ret = (struct programme){ .count = 0 };
	int r = today_find(&today, request, clock_wall_ms());
	ret->event = today.event;
	if (r == 0)
		r = cluster_list_load(&ret->clusters, request->stores.read);
	if (r == 0 && ret->event.id[0])
		r = session_load(request->stores.read, ret->event.id, &ret->sessions, &ret->count);
	return r;
}

void programme_finish(struct programme *programme)
{
	free(programme->sessions);
	programme->sessions = NULL;
	programme->count = 0;
}

json_t *programme_rooms_json(const struct programme *programme)
{
	json_t *seen = json_object(), *list = json_array();

	for (size_t i = 0; i < programme->count; i++) {
		const char *room = programme->sessions[i].room;
		if (room[0] && !json_object_get(seen, room)) {
			json_object_set_new(seen, room, json_true());
			json_array_append_new(list, json_string(room));
		}
	}
	json_decref(seen);
	return list;
}

const struct session *programme_overlap(
	const struct programme *programme, const struct session *session)
{
	for (size_t i = 0; i < programme->count; i++) {
		const struct session *other = &programme->sessions[i];
		if (strcmp(other->id, session->id) != 0 && session->room[0] &&
			strcmp(other->room, session->room) == 0 &&
			other->state != SESSION_CANCELLED && other->start_ms < session->end_ms &&
			session->start_ms < other->end_ms)
			return other;
	}
	return NULL;
}
