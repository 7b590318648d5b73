/**
 * From a badge to a decision: gathers the facts by queries, asks core for the verdict, and fills
 * what is logged and what is shown. Writes nothing. Clerk thread only.
 */
#ifndef KIOSK_FACTS_H
#define KIOSK_FACTS_H

#include "core/config.h"
#include "core/report.h"
#include "face/view.h"
#include "kiosk/programme_cache.h"
#include "store/attendee.h"
#include "store/tap_log.h"

/* The keys a badge may be known by, best first. */
struct badge_keys {
	struct badge_key keys[2];
	size_t count;
	bool mac_wrong; /* it carried a token whose MAC does not hold: a forgery, or another venue's
			 */
};

struct tap {
	struct badge_keys badge;
	struct moment at;
	enum technology technology;
	int64_t seen_ns;
	const struct attendee *person; /* known without the badge saying so; NULL mostly */
};

struct decision {
	struct tap_record record;
	struct answer answer; /* seq and since are filled in after the commit */
};

/* 0 or -errno of the store; @ret is then untouched. */
int facts_decide(struct store *store, const struct programme_cache *programme,
	const struct config *config, const struct tap *tap, struct decision *ret);

/* The sessions side by side that a tap at @wall_ms may be for, with their places as they are this
 * moment; those of @cluster first. @ret holds CHOICES_MAX. */
int facts_choices(struct store *store, const struct programme_cache *programme,
	const struct config *config, int64_t wall_ms, const char *cluster, struct choice *ret,
	size_t *ret_count);
/* The same, in the answer, where its screen has something to choose. */
int facts_add_choices(struct store *store, const struct programme_cache *programme,
	const struct config *config, struct answer *answer);

/* What is logged and shown when the tap's person goes to @session; *@ret_earlier is the seq of the
 * choice this one replaces, 0 for none. -ENOENT: there is no such session to go to. */
int facts_choose(struct store *store, const struct programme_cache *programme,
	const struct config *config, const struct tap *tap, const char *session,
	struct decision *ret, int64_t *ret_earlier);

/* The answer to what is counted only (random-id, unreadable). */
void facts_answer_only(enum verdict verdict, int64_t wall_ms, struct answer *ret);

#endif
