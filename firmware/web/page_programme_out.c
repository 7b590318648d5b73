/* /programme.csv, /programme.ics and /programme/schedule.json: the programme in a form that can be
 * put back. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "exchange/schedule_out.h"
#include "web/programme_data.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/text_out.h"

static void add_cell(struct text_out *out, const char *text, char after)
{
	char cell[2 * SESSION_TITLE_SIZE + 8];

	text_out_add(out, cell, csv_cell(cell, sizeof cell, text, ','));
	text_out_add(out, &after, 1);
}

static void iso(char ret[TIME_TEXT_SIZE], const struct session *session, int64_t wall_ms)
{
	time_iso(ret, TIME_TEXT_SIZE, wall_ms, session->utc_offset_min);
}

static void add_line(struct text_out *out, const struct session *session)
{
	char start[TIME_TEXT_SIZE], end[TIME_TEXT_SIZE], capacity[16] = "";

	iso(start, session, session->start_ms);
	iso(end, session, session->end_ms);
	if (session->capacity > 0)
		snprintf(capacity, sizeof capacity, "%d", session->capacity);
	const char *const cells[] = { session->code, session->title, session->host, session->room,
		start, end, session->cluster, capacity, session_kind_name(session->kind),
		session_state_name(session->state) };
	const size_t count = sizeof cells / sizeof cells[0];
	for (size_t i = 0; i < count; i++)
		add_cell(out, cells[i], i + 1 < count ? ',' : '\n');
}

static int respond_out(struct response *response, struct text_out *out, const char *media_type,
	const char *filename)
{
	size_t length = 0;
	char *text = text_out_take(out, &length);

	if (!text)
		return -ENOMEM;
	respond_bytes(response, media_type, text, length);
	return respond_as_attachment(response, filename);
}

int page_programme_csv(struct request *request, struct response *response)
{
	struct programme programme;
	struct text_out out = { 0 };
	const int r = programme_load(&programme, request);

	if (r < 0)
		return r;
	text_out_add_text(&out, "session,title,host,room,start,end,cluster,capacity,kind,state\n");
	for (size_t i = 0; i < programme.count; i++)
		add_line(&out, &programme.sessions[i]);
	programme_finish(&programme);
	return respond_out(response, &out, "text/csv; charset=utf-8", "programme.csv");
}

static const char *name_of(void *context, const char *code)
{
	const struct programme *programme = context;

	for (size_t i = 0; i < programme->clusters.count; i++)
		if (strcmp(programme->clusters.all[i].code, code) == 0)
			return programme->clusters.all[i].name_nl;
	return code;
}

static int respond_written(struct request *request, struct response *response,
	char *(*write)(const struct schedule_out *from), const char *media_type,
	const char *filename)
{
	struct programme programme;
	int r = programme_load(&programme, request);

	if (r < 0)
		return r;
	const struct schedule_out out = { .title = programme.event.title,
		.venue = programme.event.venue,
		.sessions = programme.sessions,
		.count = programme.count,
		.made_ms = clock_wall_ms(),
		.cluster_name = name_of,
		.context = &programme };
	char *text = write(&out);
	programme_finish(&programme);
	if (!text)
		return -ENOMEM;
	r = respond_bytes(response, media_type, text, strlen(text));
	return r < 0 ? r : respond_as_attachment(response, filename);
}

int page_programme_ics(struct request *request, struct response *response)
{
	return respond_written(request, response, icalendar_write, "text/calendar; charset=utf-8",
		"programme.ics");
}

int page_programme_json(struct request *request, struct response *response)
{
	return respond_written(
		request, response, schedule_json_write, "application/json", "schedule.json");
}
