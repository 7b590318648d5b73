/* /programme.csv and /programme/schedule.json: the programme in a form that can be put back. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
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
