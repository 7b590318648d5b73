/**
 * The one-time code that lets somebody who stands at the kiosk into the organiser's page.
 *
 * The kiosk draws it and shows it on the service screen; the page checks it. The file holds a
 * salted hash, never the code. One code at a time: it works once, for ten minutes of this boot, and
 * dies at the fifth wrong try. A drawn code replaces the one before. Time is the boot's own
 * (moment.mono_ms), so setting the clock neither kills nor revives a code. Functions return 0 or
 * -errno as store.h says.
 */
#ifndef STORE_ACCESS_CODE_H
#define STORE_ACCESS_CODE_H

#include "core/clock_repair.h"
#include "store/store.h"

#define ACCESS_CODE_SIZE 10 /* "K7M4-PX9D" */
#define ACCESS_CODE_MS (10 * 60 * 1000)
#define ACCESS_CODE_TRIES 5

/* Draws a code and stores its hash. @ret is the only place where it can be read. */
int access_code_draw(struct store *store, const struct moment *now, char ret[ACCESS_CODE_SIZE]);

enum access_state {
	ACCESS_NONE, /* never drawn */
	ACCESS_LIVE,
	ACCESS_USED,
	ACCESS_EXPIRED,   /* ten minutes are over, or the kiosk was started anew */
	ACCESS_EXHAUSTED, /* five wrong tries: the kiosk draws a new one */
};
struct access_status {
	enum access_state state;
	int64_t left_ms; /* of a live one */
	int tries_left;  /* of a live one */
};
int access_code_status(struct store *store, const struct moment *now, struct access_status *ret);

/* What somebody typed: capitals, dash and blanks do not matter. @ret_granted is true once, and the
 * code is then used; a wrong try counts. @ret_status (may be NULL) is how it stands afterwards:
 * false with ACCESS_LIVE is a wrong code, anything else says why no code would have worked. */
int access_code_try(struct store *store, const struct moment *now, const char *typed,
	bool *ret_granted, struct access_status *ret_status);

#endif
