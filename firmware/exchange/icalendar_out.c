/* iCalendar (RFC 5545): few enough lines to write by hand, so that who only writes needs no
 * library that also reads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/schedule_out.h"

#define LINE_BYTES 75 /* then it is folded, between letters */

/* Letters that mean something get a backslash. */
static void put_text(FILE *out, const char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			fputs("\\n", out);
		else if (strchr("\\;,", *text))
			fprintf(out, "\\%c", *text);
		else if (*text != '\r')
			fputc(*text, out);
}

static void fold(FILE *out, const char *line, size_t length)
{
	size_t room = LINE_BYTES;
	while (length > room) {
		size_t part = room;
		while (part > 1 && ((unsigned char)line[part] & 0xC0) == 0x80)
			part--;
		fprintf(out, "%.*s\r\n ", (int)part, line);
		line += part;
		length -= part;
		room = LINE_BYTES - 1;
	}
	fprintf(out, "%s\r\n", line);
}

static void put_line(FILE *out, const char *name, const char *text)
{
	char *line = NULL;
	size_t length = 0;
	FILE *whole = open_memstream(&line, &length);
	if (!whole)
		return;
	fputs(name, whole);
	put_text(whole, text);
	fclose(whole);
	fold(out, line, length);
	free(line);
}

static void put_time(FILE *out, const char *name, int64_t wall_ms)
{
	struct calendar at;
	calendar_of(&at, wall_ms, 0);
	fprintf(out, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, at.year, at.month, at.day, at.hour,
		at.minute, at.second);
}

static void put_event(FILE *out, const struct schedule_out *from, const struct session *session)
{
	const char *cluster = from->cluster_name(from->context, session->cluster);
	fputs("BEGIN:VEVENT\r\n", out);
	put_line(out, "UID:", session->code);
	put_time(out, "DTSTAMP", from->made_ms);
	put_time(out, "DTSTART", session->start_ms);
	put_time(out, "DTEND", session->end_ms);
	put_line(out, "SUMMARY:", session->title);
	put_line(out, "STATUS:", session->state == SESSION_CANCELLED ? "CANCELLED" : "CONFIRMED");
	if (session->room[0])
		put_line(out, "LOCATION:", session->room);
	if (session->host[0])
		put_line(out, "DESCRIPTION:", session->host);
	if (cluster[0])
		put_line(out, "CATEGORIES:", cluster);
	fputs("END:VEVENT\r\n", out);
}

char *icalendar_write(const struct schedule_out *from)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	if (!out)
		return NULL;
	fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Incheckpaal//NL\r\n", out);
	put_line(out, "X-WR-CALNAME:", from->title);
	for (size_t i = 0; i < from->count; i++)
		put_event(out, from, &from->sessions[i]);
	fputs("END:VCALENDAR\r\n", out);
	if (fclose(out) == 0)
		return text;
	free(text);
	return NULL;
}
