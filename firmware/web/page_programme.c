/* /programme: the grid of a day, and the programme to take along. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/frame.h"
#include "web/programme_data.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/sheet.h"

#define ROOMS_MAX 32
#define DAYS_MAX 60

struct grid {
	const struct request *request;
	const struct cluster_list *clusters;
	const struct session *sessions; /* of the day, by planned start */
	size_t count;
	const char *rooms[ROOMS_MAX];
	size_t room_count;
	int64_t now_ms;
};

static json_t *session_json(const struct grid *grid, const struct session *session, bool in_room)
{
	const bool pause = session->kind == SESSION_BREAK;
	const int over = session->capacity > 0 ? session->taken - session->capacity : -1;

	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:b, s:b, s:i, s:i, s:b, "
			 "s:i, s:b}",
		"id", session->id, "title", session->title, "host", session->host, "room",
		session->room, "start", json_time(session->start_ms), "end",
		json_time(session->end_ms), "cluster",
		cluster_json(grid->clusters, session->cluster, grid->request->language), "kind",
		session_kind_name(session->kind), "state", session_state_name(session->state),
		"pause", pause, "counts_places", session->kind == SESSION_PARALLEL, "taken",
		session->taken, "capacity", session->capacity, "full", over == 0, "over",
		over > 0 ? over : 0, "in_room", in_room && session->room[0]);
}

static size_t room_of(struct grid *grid, const char *room)
{
	size_t i = 0;

	while (i < grid->room_count && strcmp(grid->rooms[i], room) != 0)
		i++;
	if (i == grid->room_count && i < ROOMS_MAX)
		grid->rooms[grid->room_count++] = room;
	return i < ROOMS_MAX ? i : ROOMS_MAX - 1;
}

/* As planned: a session that begins later today stays beside those of its round. */
static int64_t planned_end_ms(const struct session *session)
{
	return session->announced_start_ms + (session->end_ms - session->start_ms);
}

static int by_plan(const void *a, const void *b)
{
	const struct session *one = a, *other = b;

	if (one->announced_start_ms != other->announced_start_ms)
		return one->announced_start_ms < other->announced_start_ms ? -1 : 1;
	if (planned_end_ms(one) != planned_end_ms(other))
		return planned_end_ms(one) < planned_end_ms(other) ? -1 : 1;
	return strcmp(one->room, other->room);
}

/* Sessions that begin and end together stand in one row. */
static size_t slot_end(const struct grid *grid, size_t first)
{
	const struct session *begin = &grid->sessions[first];
	size_t end = first + 1;

	while (end < grid->count &&
		grid->sessions[end].announced_start_ms == begin->announced_start_ms &&
		planned_end_ms(&grid->sessions[end]) == planned_end_ms(begin))
		end++;
	return end;
}

static void find_rooms(struct grid *grid)
{
	for (size_t i = 0; i < grid->count; i = slot_end(grid, i))
		for (size_t j = i; slot_end(grid, i) - i > 1 && j < slot_end(grid, i); j++)
			room_of(grid, grid->sessions[j].room);
	if (grid->room_count == 0 && grid->count > 0)
		for (size_t i = 0; i < grid->count; i++)
			room_of(grid, grid->sessions[i].room);
}

static json_t *cells_json(struct grid *grid, size_t first, size_t end)
{
	json_t *cells = json_array();

	for (size_t i = 0; i < grid->room_count; i++)
		json_array_append_new(cells, json_pack("{s:n}", "cell"));
	for (size_t i = first; i < end; i++) {
		json_t *cell = json_array_get(cells, room_of(grid, grid->sessions[i].room));
		/* Two in one room at once: the second stands in a place of its own. */
		if (!json_is_null(json_object_get(cell, "cell")))
			json_array_append_new(cells, cell = json_pack("{s:n}", "cell"));
		json_object_set_new(cell, "cell", session_json(grid, &grid->sessions[i], false));
	}
	return cells;
}

static json_t *slots_json(struct grid *grid)
{
	json_t *slots = json_array();

	for (size_t i = 0, end; i < grid->count; i = end) {
		const struct session *first = &grid->sessions[i];
		end = slot_end(grid, i);
		const bool alone = end - i == 1;
		json_array_append_new(slots,
			json_pack("{s:o, s:o, s:b, s:o, s:o}", "start",
				json_time(first->announced_start_ms), "end",
				json_time(planned_end_ms(first)), "now",
				first->announced_start_ms <= grid->now_ms &&
					grid->now_ms < planned_end_ms(first),
				"whole", alone ? session_json(grid, first, true) : json_null(),
				"cells", alone ? json_array() : cells_json(grid, i, end)));
	}
	return slots;
}

static json_t *rooms_json(const struct grid *grid)
{
	json_t *rooms = json_array();

	for (size_t i = 0; i < grid->room_count; i++)
		json_array_append_new(rooms, json_string(grid->rooms[i]));
	return rooms;
}

static int64_t day_of(const struct session *session)
{
	return local_day(session->announced_start_ms, session->utc_offset_min);
}

/* The distinct days, at most DAYS_MAX. */
static size_t find_days(
	const struct session *sessions, size_t count, int64_t ret_days[DAYS_MAX], size_t *ret_first)
{
	size_t days = 0;

	for (size_t i = 0; i < count && days < DAYS_MAX; i++)
		if (days == 0 || day_of(&sessions[i]) != ret_days[days - 1]) {
			ret_first[days] = i;
			ret_days[days++] = day_of(&sessions[i]);
		}
	return days;
}

int programme_day(const struct programme *programme, const struct session *session)
{
	int64_t days[DAYS_MAX];
	size_t firsts[DAYS_MAX], i = 0;
	const size_t count = find_days(programme->sessions, programme->count, days, firsts);

	while (i + 1 < count && days[i] < day_of(session))
		i++;
	return (int)i + 1;
}

/* The day asked for by number, else today's, else the next, else the last. */
static size_t pick_day(const struct request *request, const int64_t *days, size_t count)
{
	const int64_t today = local_day(clock_wall_ms(), clock_utc_offset_min(clock_wall_ms()));
	const int asked = request_number(request_query(request, "day"), 1, (int)count, 0);
	size_t i = 0;

	if (asked)
		return (size_t)asked - 1;
	while (i + 1 < count && days[i] < today)
		i++;
	return i;
}

/* Which day of the event it is: 0 for none of those it was given. */
static int number_of(const struct event_days *given, int64_t day, size_t place)
{
	if (!given->first)
		return (int)place + 1;
	return day < given->first || day > given->last ? 0 : (int)(day - given->first) + 1;
}

static json_t *tabs_json(
	const struct programme *programme, const size_t *firsts, size_t days, size_t chosen)
{
	json_t *list = json_array();
	char path[40];

	for (size_t i = 0; i < days; i++) {
		const struct session *first = &programme->sessions[firsts[i]];
		snprintf(path, sizeof path, "/programme?day=%zu", i + 1);
		json_array_append_new(list,
			json_pack("{s:i, s:o, s:b, s:s}", "number",
				number_of(&programme->event.days, day_of(first), i), "date",
				json_time(first->start_ms), "current", i == chosen, "path", path));
	}
	return json_pack("{s:o}", "list", list);
}

static json_t *without_capacity_json(const struct session *sessions, size_t count)
{
	const struct session *first = NULL;
	int found = 0;

	for (size_t i = 0; i < count; i++) {
		if (sessions[i].capacity != 0 || sessions[i].kind != SESSION_PARALLEL ||
			sessions[i].state == SESSION_CANCELLED)
			continue;
		first = first ? first : &sessions[i];
		found++;
	}
	return first ? json_pack("{s:s, s:s, s:i}", "id", first->id, "title", first->title, "count",
			       found)
		     : json_null();
}

static json_t *programme_json(struct request *request, const struct programme *programme)
{
	int64_t days[DAYS_MAX];
	size_t firsts[DAYS_MAX];
	const size_t day_count = find_days(programme->sessions, programme->count, days, firsts);
	const size_t chosen = day_count ? pick_day(request, days, day_count) : 0;
	const size_t first = day_count ? firsts[chosen] : 0;
	const size_t end = chosen + 1 < day_count ? firsts[chosen + 1] : programme->count;
	struct grid grid = { request, &programme->clusters, programme->sessions + first,
		end - first, { NULL }, 0, clock_wall_ms() };
	json_t *all_rooms = programme_rooms_json(programme);

	find_rooms(&grid);
	json_t *data = json_pack("{s:i, s:i, s:i, s:b, s:o, s:o, s:o, s:o, s:i, s:o, s:s}", "days",
		(int)day_count, "sessions_count", (int)programme->count, "rooms_count",
		(int)json_array_size(all_rooms), "can_change",
		request->owner.role == ROLE_ORGANISER, "without_capacity",
		without_capacity_json(programme->sessions, programme->count), "tabs",
		tabs_json(programme, firsts, day_count, chosen), "day",
		day_count ? json_time(programme->sessions[first].start_ms) : json_null(), "rooms",
		rooms_json(&grid), "room_count", (int)(grid.room_count ? grid.room_count : 1),
		"slots", slots_json(&grid), "saved", request_query(request, "saved"));
	json_decref(all_rooms);
	return data;
}

int programme_show(
	struct request *request, struct response *response, const char *fault, unsigned status)
{
	struct programme programme;
	struct sheet sheet;
	const int r = programme_load(&programme, request);

	if (r < 0)
		return r;
	if (programme.count > 0)
		qsort(programme.sessions, programme.count, sizeof *programme.sessions, by_plan);
	json_t *data = programme_json(request, &programme);
	programme_finish(&programme);
	sheet_init(&sheet, request);
	if (fault[0])
		sheet_fault(&sheet, "file", fault);
	return respond_page(response, status, "programme", sheet_into(&sheet, data));
}

int page_programme(struct request *request, struct response *response)
{
	return programme_show(request, response, "", 200);
}
