#include "kiosk/link.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/text.h"
#include "kiosk/clerk.h"
#include "store/badge.h"

#define LINK_MS 60000

static const struct {
	const char *name;
	enum screen screen; /* how it ended; SCREEN_COUNT: nothing to show */
} states[LINK_STATE_COUNT] = {
	[LINK_NONE] = { "none", SCREEN_COUNT },
	[LINK_WAITING] = { "waiting", SCREEN_LINK },
	[LINK_DONE] = { "linked", SCREEN_LINK_DONE },
	[LINK_TAKEN] = { "taken", SCREEN_LINK_TAKEN },
	[LINK_FAILED] = { "failed", SCREEN_LINK_FAILED },
	[LINK_OVER] = { "over", SCREEN_COUNT },
};

static void enter(struct clerk *clerk, enum link_state state)
{
	const enum screen screen = states[state].screen;
	clerk->link.state = state;
	if (screen == SCREEN_COUNT)
		clerk_send(clerk, &(struct order){ .kind = ORDER_LEAVE, .screen = SCREEN_LINK });
	else
		clerk_show(clerk, screen, clerk->link.name, "");
}

int link_begin(struct clerk *clerk, const struct attendee *attendee, const char *by, int64_t at_ms)
{
	struct link *link = &clerk->link;
	if (link->state == LINK_WAITING && strcmp(link->attendee, attendee->id) != 0)
		return -EBUSY;
	link->phones = 0;
	link->until_ms = at_ms + LINK_MS;
	utf8_clip(link->attendee, sizeof link->attendee, attendee->id);
	utf8_clip(link->name, sizeof link->name, attendee->given_name);
	utf8_clip(link->by, sizeof link->by, by);
	enter(clerk, LINK_WAITING);
	return 0;
}

void link_cancel(struct clerk *clerk)
{
	if (clerk->link.state == LINK_WAITING)
		enter(clerk, LINK_NONE);
}

bool link_take(struct clerk *clerk, const struct badge_key *key, int64_t at_ms)
{
	struct link *link = &clerk->link;
	if (link->state != LINK_WAITING || at_ms >= link->until_ms)
		return false;
	const int r = badge_link(clerk->store, key, link->attendee, clock_wall_ms());
	if (r == 0)
		log_info("badge: linked to attendee %s", link->attendee);
	else
		log_warn("badge: not linked: %s",
			r == -EEXIST ? "it is somebody else's" : store_words(clerk->store));
	link->key = *key;
	enter(clerk, r == 0 ? LINK_DONE : r == -EEXIST ? LINK_TAKEN : LINK_FAILED);
	return true;
}

void link_note_phone(struct clerk *clerk)
{
	clerk->link.phones += clerk->link.state == LINK_WAITING;
}

void link_tick(struct clerk *clerk, int64_t at_ms)
{
	struct link *link = &clerk->link;
	if (link->state != LINK_WAITING)
		return;
	if (at_ms >= link->until_ms)
		enter(clerk, LINK_OVER);
	else if (clerk->screen.screen == SCREEN_IDLE && at_ms - clerk->shown_ms > CLERK_PULSE_MS)
		enter(clerk, LINK_WAITING); /* what came between is over: ask on */
}

const char *link_state_name(enum link_state state)
{
	return states[state].name;
}
