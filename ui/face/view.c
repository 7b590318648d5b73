#include "face/view.h"

#include <string.h>

#define NO_SESSION_MS 3500
#define FIRST_OF_ORGANISATION_MS 6000

static const struct {
	const char *name;
	int stay_ms, asking_ms; /* design.md 6; the second while there is something to touch */
} screens[SCREEN_COUNT] = {
	[SCREEN_START] = { "start", 0, 0 },
	[SCREEN_IDLE] = { "idle", 0, 0 },
	[SCREEN_WELCOME] = { "welcome", 5000, 0 },
	[SCREEN_REPEAT] = { "repeat", 4000, 0 },
	[SCREEN_GOODBYE] = { "goodbye", 4000, 0 },
	[SCREEN_FULL] = { "full", 6000, 20000 },
	[SCREEN_CHOOSE] = { "choose", 6000, 20000 },
	[SCREEN_EARLY] = { "early", 6000, 0 },
	[SCREEN_OTHER_DAY] = { "other-day", 6000, 0 },
	[SCREEN_CLOSED] = { "closed", 6000, 0 },
	[SCREEN_UNKNOWN] = { "unknown", 6000, 15000 },
	[SCREEN_PHONE] = { "phone", 5000, 0 },
	[SCREEN_TOO_SHORT] = { "too-short", 3000, 0 },
	[SCREEN_BLOCKED] = { "blocked", 6000, 0 },
	[SCREEN_REG_CLUSTER] = { "register-cluster", 45000, 0 },
	[SCREEN_REG_ORGANISATION] = { "register-organisation", 45000, 0 },
	[SCREEN_REG_NAME] = { "register-name", 45000, 0 },
	[SCREEN_REG_DONE] = { "register-done", 10000, 0 },
	[SCREEN_OUT] = { "out", 0, 0 },
	[SCREEN_LINK] = { "link", 60000, 0 },
	[SCREEN_LINK_DONE] = { "link-done", 5000, 0 },
	[SCREEN_LINK_TAKEN] = { "link-taken", 6000, 0 },
	[SCREEN_LINK_FAILED] = { "link-failed", 6000, 0 },
	[SCREEN_IDENTIFY] = { "identify", 15000, 0 },
	[SCREEN_SERVICE] = { "service", 60000, 0 },
};

const char *screen_name(enum screen screen)
{
	return screens[screen].name;
}

enum screen screen_of(enum verdict verdict, enum door door)
{
	static const enum screen of_verdict[VERDICT_COUNT] = {
		[VERDICT_CHECKED_IN] = SCREEN_WELCOME,
		[VERDICT_CHECKED_OUT] = SCREEN_GOODBYE,
		[VERDICT_REPEAT] = SCREEN_REPEAT,
		[VERDICT_CHOOSE] = SCREEN_CHOOSE,
		[VERDICT_FULL] = SCREEN_FULL,
		[VERDICT_CLOSED] = SCREEN_CLOSED,
		[VERDICT_UNKNOWN] = SCREEN_UNKNOWN,
		[VERDICT_BLOCKED] = SCREEN_BLOCKED,
		[VERDICT_RANDOM_ID] = SCREEN_PHONE,
		[VERDICT_UNREADABLE] = SCREEN_TOO_SHORT,
	};
	if (verdict == VERDICT_CLOSED && door == DOOR_EARLY)
		return SCREEN_EARLY;
	if (verdict == VERDICT_CLOSED && door == DOOR_OTHER_DAY)
		return SCREEN_OTHER_DAY;
	return of_verdict[verdict];
}

bool answer_has_place(const struct answer *answer)
{
	for (size_t i = 0; i < answer->choice_count; i++)
		if (answer->choices[i].row.places_left != 0)
			return true;
	return false;
}

bool screen_asks(const struct view *view)
{
	const struct answer *answer = &view->answer;
	switch ((int)view->screen) {
	case SCREEN_CHOOSE:
	case SCREEN_FULL:
		return view->has_touch && answer_has_place(answer);
	case SCREEN_REPEAT:
	case SCREEN_REG_DONE:
		return view->has_touch && answer->choice_count > 1;
	case SCREEN_UNKNOWN:
		return view->has_touch;
	default:
		return false;
	}
}

int screen_stay_ms(const struct view *view)
{
	if (screen_asks(view) && screens[view->screen].asking_ms)
		return screens[view->screen].asking_ms;
	if (view->screen == SCREEN_WELCOME && view->answer.first_of_organisation)
		return FIRST_OF_ORGANISATION_MS;
	if (view->screen == SCREEN_WELCOME && !view->answer.has_session)
		return NO_SESSION_MS;
	return screens[view->screen].stay_ms;
}

void view_cover(struct view *view)
{
	static const char covered[] = "•••";
	if (view->answer.name[0] && view->screen != SCREEN_IDENTIFY)
		memcpy(view->answer.name, covered, sizeof covered);
	if (view->registration.name[0])
		memcpy(view->registration.name, covered, sizeof covered);
	/* The code lets in whoever stands at the kiosk, not whoever sees its picture. */
	if (view->service.code[0])
		memcpy(view->service.code, covered, sizeof covered);
	view->service.qr.side = 0;
}
