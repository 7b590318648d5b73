/* /settings/sample: something to try the kiosk with, that counts nowhere. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "core/text.h"
#include "store/person.h"
#include "store/planned.h"
#include "store/privacy.h"
#include "web/guard.h"
#include "web/parts.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/settings.h"
#include "web/template.h"

#define SAMPLE_CODE "voorbeeld"
#define MINUTE_MS (60 * 1000LL)

/* Each with a name of their own, of an organisation in turn. */
static const char *const people[] = { "Ada", "Bram", "Chris", "Dewi", "Eva", "Farid", "Guus",
	"Hanna", "Ilse", "Joris", "Kim", "Luuk", "Mira", "Noor", "Omar", "Pien", "Quinten", "Roos",
	"Sem", "Tess" };
static const char *const organisations[] = { "Voorbeeld en Zonen", "Voorbeeldschool",
	"Gemeente Voorbeeld", "Voorbeeldzorg", "Atelier Voorbeeld" };
#define FAMILY "Voorbeeld"
#define PEOPLE_COUNT (sizeof people / sizeof people[0])
#define ORGANISATION_COUNT (sizeof organisations / sizeof organisations[0])

/* Around now: it can be tried at once. No cluster, so that nothing of it counts for one. */
static const struct {
	const char *key, *room;
	int from_min, until_min;
	enum session_kind kind;
} sessions[] = {
	{ "sample.open", "Zaal", -30, 60, SESSION_PLENARY },
	{ "sample.first", "Atelier 1", 75, 165, SESSION_PARALLEL },
	{ "sample.second", "Atelier 2", 75, 165, SESSION_PARALLEL },
};

static void mail_of(char ret[EMAIL_SIZE], size_t index)
{
	char given[NAME_SIZE];

	text_fold(given, sizeof given, people[index]);
	snprintf(ret, EMAIL_SIZE, "%s@" SAMPLE_CODE ".invalid", given);
}

static bool find_sample(struct store *store, struct event *ret)
{
	return event_find(store, SAMPLE_CODE, 0, ret) == 0 && strcmp(ret->code, SAMPLE_CODE) == 0;
}

bool sample_is_there(const struct request *request)
{
	struct event event;

	return find_sample(request->stores.read, &event) &&
	       !event_is_closed(request->stores.read, event.id);
}

static int add_people(struct request *request)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < PEOPLE_COUNT; i++) {
		struct attendee person = { .id = "" };
		utf8_clip(person.given_name, sizeof person.given_name, people[i]);
		utf8_clip(person.family_name, sizeof person.family_name, FAMILY);
		utf8_clip(person.organisation, sizeof person.organisation,
			organisations[i % ORGANISATION_COUNT]);
		mail_of(person.email, i);
		r = person_save(request->stores.write, &person);
		r = r == -EEXIST ? 0 : r;
	}
	return r;
}

static int add_sessions(struct request *request, const char *event)
{
	const int64_t now_ms = clock_wall_ms(), begin_ms = now_ms - now_ms % (15 * MINUTE_MS);
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof sessions / sizeof sessions[0]; i++) {
		struct planned_session planned = { .session = { .kind = sessions[i].kind } };
		struct session *session = &planned.session;
		utf8_clip(planned.event, sizeof planned.event, event);
		utf8_clip(session->title, sizeof session->title,
			web_word(request->language, sessions[i].key));
		utf8_clip(session->code, sizeof session->code, sessions[i].key);
		session_id_of(session->id, event, session->code);
		utf8_clip(session->room, sizeof session->room, sessions[i].room);
		utf8_clip(planned.announced_room, sizeof planned.announced_room, sessions[i].room);
		session->start_ms = begin_ms + sessions[i].from_min * MINUTE_MS;
		session->end_ms = begin_ms + sessions[i].until_min * MINUTE_MS;
		session->announced_start_ms = session->start_ms;
		session->utc_offset_min = clock_utc_offset_min(session->start_ms);
		r = planned_save(request->stores.write, &planned);
	}
	return r;
}

/* Does something go on today that people came for? */
static bool is_running(const struct request *request)
{
	struct session *list = NULL;
	struct today today;
	size_t count = 0;
	bool running = false;

	if (today_find(&today, request, clock_wall_ms()) < 0 || !today.event.id[0] ||
		strcmp(today.event.code, SAMPLE_CODE) == 0 ||
		session_load(request->stores.read, today.event.id, &list, &count) < 0)
		return false;
	for (size_t i = 0; i < count; i++)
		running |= list[i].start_ms < today.to_ms && list[i].end_ms > today.from_ms;
	free(list);
	return running;
}

static int make(struct request *request)
{
	struct event event = { .id = "", .code = SAMPLE_CODE };
	struct store *store = request->stores.write;

	find_sample(request->stores.read, &event);
	utf8_clip(event.title, sizeof event.title, web_word(request->language, "sample.title"));
	int r = event_save(store, &event);
	if (r == 0)
		r = add_people(request);
	if (r == 0)
		r = add_sessions(request, event.id);
	if (r == 0)
		r = event_open(store, event.id, clock_wall_ms());
	return r == 0 ? audit_note(request, "sample-made", "", "") : r;
}

/* Taps stay in the log, as everywhere; they count no more. */
static int correct_tap(void *context, const struct attendance_line *line)
{
	struct request *request = context;

	if (!line->counted)
		return 0;
	const int r = tap_log_correct(
		request->stores.write, line->log_id, line->seq, SAMPLE_CODE, clock_wall_ms());
	return r == -EEXIST ? 0 : r;
}

static int forget_people(struct request *request)
{
	struct attendee person;
	char mail[EMAIL_SIZE];
	int r = 0;

	for (size_t i = 0; r == 0 && i < PEOPLE_COUNT; i++) {
		mail_of(mail, i);
		if (attendee_find(request->stores.read, mail, &person) == 0)
			r = attendee_forget(request->stores.write, person.id, clock_wall_ms());
	}
	return r;
}

static int cancel_sessions(struct request *request, const char *event)
{
	struct planned_session planned;
	char id[ID_TEXT_SIZE];
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof sessions / sizeof sessions[0]; i++) {
		session_id_of(id, event, sessions[i].key);
		if (planned_find(request->stores.read, id, &planned) < 0)
			continue;
		planned.session.state = SESSION_CANCELLED;
		r = planned_save(request->stores.write, &planned);
	}
	return r;
}

static int remove_sample(struct request *request, const struct event *event)
{
	const struct attendance_filter filter = { .event = event->id };
	int r = tap_log_each(request->stores.read, &filter, correct_tap, request);

	if (r == 0)
		r = forget_people(request);
	if (r == 0)
		r = cancel_sessions(request, event->id);
	if (r == 0)
		r = event_close(request->stores.write, event->id);
	return r == 0 ? audit_note(request, "sample-removed", "", "") : r;
}

int page_sample(struct request *request, struct response *response)
{
	const bool remove = strcmp(request_field(request, "do"), "remove") == 0;
	struct event event = { .id = "" };
	struct sheet sheet;

	if (remove && !find_sample(request->stores.read, &event))
		return respond_see_other(response, "/settings");
	if (!remove && is_running(request)) {
		sheet_init(&sheet, request);
		sheet_fault(&sheet, "", "sample.running");
		return settings_show(request, response, &sheet, 409);
	}
	const int r = remove ? remove_sample(request, &event) : make(request);
	return r < 0 ? r : respond_see_other(response, remove ? "/settings?saved=sample" : "/live");
}
