#include "face/view.h"

#include <string.h>

static const struct {
	const char *name;
	int stay_ms; /* design.md 6 */
} screens[SCREEN_COUNT] = {
	[SCREEN_START] = { "start", 0 },
	[SCREEN_IDLE] = { "idle", 0 },
	[SCREEN_WELCOME] = { "welcome", 5000 },
	[SCREEN_REPEAT] = { "repeat", 4000 },
	[SCREEN_GOODBYE] = { "goodbye", 4000 },
	[SCREEN_FULL] = { "full", 6000 },
	[SCREEN_CHOOSE] = { "choose", 6000 },
	[SCREEN_EARLY] = { "early", 6000 },
	[SCREEN_OTHER_DAY] = { "other-day", 6000 },
	[SCREEN_CLOSED] = { "closed", 6000 },
	[SCREEN_UNKNOWN] = { "unknown", 6000 },
	[SCREEN_PHONE] = { "phone", 5000 },
	[SCREEN_TOO_SHORT] = { "too-short", 3000 },
	[SCREEN_BLOCKED] = { "blocked", 6000 },
	[SCREEN_OUT] = { "out", 0 },
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

int screen_stay_ms(const struct view *view)
{
	if (view->screen == SCREEN_WELCOME && !view->answer.has_session)
		return 3500;
	return screens[view->screen].stay_ms;
}

void view_cover(struct view *view)
{
	static const char covered[] = "•••";
	if (view->answer.name[0])
		memcpy(view->answer.name, covered, sizeof covered);
}
