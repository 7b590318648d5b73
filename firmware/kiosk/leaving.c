#include "kiosk/leaving.h"

#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/clerk.h"
#include "store/open_stay.h"
#include "store/setting.h"

#define BACK 20000 /* taps: more than any event has between two starts */
#define PAGE 500
#define CLOSED_MAX 50 /* check-outs a page, so that a tap never waits for many */

struct page {
	int64_t before_ms; /* what ended before this is over */
	bool by_session;   /* a room empties with its session; an event when its day is over */
	struct open_stay stays[CLOSED_MAX];
	size_t count;
	int64_t open, full_at;
};

/* Who came while nobody was asked to check out did not forget it: the log's end when tap-out was
 * switched on, which is remembered until it is switched off. */
static int64_t asked_since(struct clerk *clerk)
{
	enum { OFF = -1 };
	static const char name[] = "tap-out-from";
	int64_t from = OFF, since = OFF;
	const int r = setting_get(clerk->store, name, &from);
	if (r < 0 && r != -ENOENT) {
		log_warn("store: %s", store_words(clerk->store));
		return clerk->last_seq;
	}
	if (clerk->config->kiosk.tap_out)
		since = from == OFF ? clerk->last_seq : from;
	if (since > clerk->last_seq) /* of the log that was here before a backup was put back */
		since = 0;
	if (since != from && setting_set(clerk->store, name, since) < 0)
		log_warn("store: %s", store_words(clerk->store));
	return since == OFF ? clerk->last_seq : since;
}

void leaving_start(struct clerk *clerk)
{
	struct leaving *leaving = &clerk->leaving;
	const int64_t since = asked_since(clerk), back = clerk->last_seq - BACK;
	leaving->settled = since > back ? since : back;
	leaving->looked = leaving->settled;
	leaving->open = 0;
}

static int take(void *context, const struct open_stay *stay)
{
	struct page *page = context;
	const int64_t end_ms = page->by_session ? stay->end_ms : stay->day_end_ms;
	if (end_ms == 0 || end_ms >= page->before_ms) {
		if (!page->open)
			page->open = stay->seq;
		return 0;
	}
	if (page->count == CLOSED_MAX) {
		page->full_at = stay->seq;
		return 1;
	}
	page->stays[page->count++] = *stay;
	return 0;
}

/* They left when it ended, or a moment after they came if that was later. */
static int close_stay(struct clerk *clerk, const struct open_stay *stay)
{
	struct tap_record record = stay->in;
	struct tap_stamp stamp;
	const int64_t stayed_ms = stay->end_ms - stay->in.at.wall_ms;
	const int64_t ms = stayed_ms > 0 ? stayed_ms : 0;
	record.verdict = VERDICT_CHECKED_OUT;
	record.direction = DIRECTION_OUT;
	record.counts = false;
	record.at.wall_ms += ms;
	record.at.mono_ms += ms;
	snprintf(record.note, sizeof record.note, "assumed");
	const int r = tap_log_append(clerk->store, &record, &stamp);
	if (r == 0)
		clerk->last_seq = stamp.seq;
	return r;
}

static int close_all(struct clerk *clerk, const struct page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		const int r = close_stay(clerk, &page->stays[i]);
		if (r < 0)
			return r;
	}
	if (page->count > 0) {
		keeper_tapped(clerk->keeper);
		log_info("kiosk: %zu who did not check out are taken to have left", page->count);
	}
	return 0;
}

/* A time that a person told, or a chip, may be corrected in a moment; who was taken to have left
 * stays out. So it has to stand as long as whoever forgot is waited for. */
static bool is_sure(const struct clerk *clerk, const struct moment *now)
{
	const int64_t stood_ms = now->mono_ms - clerk->anchor.mono_ms;
	return now->grade == CLOCK_NTP ||
	       (clock_is_trusted(now->grade) &&
		       stood_ms >= clerk->config->kiosk.leave_min * 60000LL);
}

int leaving_look(struct clerk *clerk)
{
	struct leaving *leaving = &clerk->leaving;
	struct moment now;
	clock_read(&now);
	if (!clerk->config->kiosk.tap_out || !is_sure(clerk, &now))
		return 0;
	struct page page = { .before_ms = now.wall_ms - clerk->config->kiosk.leave_min * 60000LL,
		.by_session = clerk->config->kiosk.mode == MODE_ROOM };
	const int64_t last = clerk->last_seq;
	const int64_t upto = leaving->looked + PAGE < last ? leaving->looked + PAGE : last;
	int r = open_stay_each(clerk->store, leaving->looked, upto, take, &page);
	if (r >= 0)
		r = close_all(clerk, &page);
	if (r < 0)
		return r;
	if (page.open && !leaving->open)
		leaving->open = page.open;
	leaving->looked = page.full_at ? page.full_at - 1 : upto;
	if (leaving->looked < last)
		return 0;
	/* A round is over: the next begins where somebody is still in. */
	leaving->settled = leaving->open ? leaving->open - 1 : last;
	leaving->looked = leaving->settled;
	leaving->open = 0;
	return 0;
}
