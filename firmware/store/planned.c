#include "store/planned.h"

#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/seal.h"
#include "core/text.h"
#include "store/store_private.h"

void session_id_of(char ret[ID_TEXT_SIZE], const char *event, const char *code)
{
	char name[ID_TEXT_SIZE + SESSION_CODE_SIZE];
	size_t length = utf8_clip(name, sizeof name, event);

	name[length++] = ' ';
	utf8_clip(name + length, sizeof name - length, code);
	uuid_of_name(ret, "session", name);
}

void code_of_title(char ret[SESSION_CODE_SIZE], const char *title)
{
	char folded[EVENT_TITLE_SIZE];
	size_t at = 0;

	text_fold(folded, sizeof folded, title);
	for (const char *c = folded; *c && at + 1 < SESSION_CODE_SIZE; c++) {
		const bool letter = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
		if (letter)
			ret[at++] = *c;
		else if (at > 0 && ret[at - 1] != '-')
			ret[at++] = '-';
	}
	while (at > 0 && ret[at - 1] == '-')
		at--;
	ret[at] = '\0';
}

static void fill(sqlite3_stmt *row, struct planned_session *ret)
{
	struct session *session = &ret->session;

	*ret = (struct planned_session){ .session = {
						 .start_ms = sqlite3_column_int64(row, 6),
						 .end_ms = sqlite3_column_int64(row, 7),
						 .announced_start_ms = sqlite3_column_int64(row, 8),
						 .utc_offset_min = sqlite3_column_int(row, 9),
						 .capacity = sqlite3_column_int(row, 10),
					 } };
	column_copy(session->id, sizeof session->id, row, 0);
	column_copy(session->code, sizeof session->code, row, 1);
	column_copy(session->title, sizeof session->title, row, 2);
	column_copy(session->host, sizeof session->host, row, 3);
	column_copy(session->room, sizeof session->room, row, 4);
	column_copy(session->cluster, sizeof session->cluster, row, 5);
	session_kind_from_name(&session->kind, column_text(row, 11));
	session_state_from_name(&session->state, column_text(row, 12));
	column_copy(ret->event, sizeof ret->event, row, 13);
	column_copy(ret->announced_room, sizeof ret->announced_room, row, 14);
}

int planned_find(struct store *store, const char *id, struct planned_session *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_PLANNED_FIND);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	const int r = statement_step(store, row);
	if (r == 1)
		fill(row, ret);
	sqlite3_reset(row);
	if (r != 1)
		return r < 0 ? r : -ENOENT;
	return session_taken(store, id, &ret->session.taken);
}

/* The first of title, title-2, title-3 that no session of the event has. */
static int new_code(struct store *store, struct planned_session *new)
{
	struct planned_session other;
	char code[SESSION_CODE_SIZE - 8];
	int r = 0;

	code_of_title(
		new->session.code, new->session.code[0] ? new->session.code : new->session.title);
	utf8_clip(code, sizeof code, new->session.code[0] ? new->session.code : "session");
	for (int i = 1; r == 0; i++) {
		if (i == 1)
			snprintf(new->session.code, sizeof new->session.code, "%s", code);
		else
			snprintf(new->session.code, sizeof new->session.code, "%.48s-%d", code, i);
		session_id_of(new->session.id, new->event, new->session.code);
		r = planned_find(store, new->session.id, &other);
	}
	return r == -ENOENT ? 0 : r;
}

int planned_save(struct store *store, struct planned_session *planned)
{
	struct session *session = &planned->session;
	const int found = session->id[0] ? 0 : new_code(store, planned);
	sqlite3_stmt *row = found == 0 ? statement_use(store, ST_PLANNED_PUT) : NULL;
	if (!row)
		return found < 0 ? found : -EIO;
	const char *const texts[] = { session->id, planned->event, session->code, session->title,
		session->host, session->room, session->cluster };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		bind_text(row, (int)i + 1, texts[i]);
	sqlite3_bind_int64(row, 8, session->start_ms);
	sqlite3_bind_int64(row, 9, session->end_ms);
	sqlite3_bind_int64(row, 10, session->announced_start_ms);
	sqlite3_bind_int(row, 11, session->utc_offset_min);
	sqlite3_bind_int(row, 12, session->capacity);
	bind_text(row, 13, session_kind_name(session->kind));
	bind_text(row, 14, session_state_name(session->state));
	bind_text(row, 15, planned->announced_room);
	sqlite3_bind_int64(row, 16, clock_wall_ms());
	return statement_run(store, row);
}

int event_save(struct store *store, struct event *event)
{
	if (!event->code[0])
		code_of_title(event->code, event->title);
	if (!event->id[0])
		uuid_of_name(event->id, "event", event->code);
	sqlite3_stmt *row = statement_use(store, ST_EVENT_PUT);
	if (!row)
		return -EIO;
	const char *const texts[] = { event->id, event->code, event->title, event->venue };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		bind_text(row, (int)i + 1, texts[i]);
	sqlite3_bind_int64(row, 5, event->days.first);
	sqlite3_bind_int64(row, 6, event->days.last);
	sqlite3_bind_int64(row, 7, clock_wall_ms());
	return statement_run(store, row);
}
