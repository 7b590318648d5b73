/* clang-format off */
/**
 * The control socket: a Unix stream socket RUN/kiosk.sock, one line a request, one line of JSON an
 * answer. The answer's "ok" is true or false, with "error" in words.
 *
 * status           how the kiosk is doing; its "link" tells how the last link went: "state" is
 *                  none, waiting, linked, taken (the badge is somebody else's), failed or over
 *                  (nobody came); "attendee"; "by", who asked; "badge", the key of what was held,
 *                  with linked and taken; "phones", how many were held and refused; "seconds" left
 * screenshot FILE  what the screen shows, as PNG; FILE absolute
 * picture FILE     the same with names covered
 * link ATTENDEE    the next badge is for ATTENDEE: the screen asks for it, for 60 seconds. A tab and
 *                  the name of who asks may follow. Refused while another attendee's badge is
 *                  waited for
 * unlink           ends the waiting; fine when there is none
 * enter JSON       a check-in by hand (kiosk/entry.h)
 * identify         the whole screen says the kiosk's name for 15 seconds
 * clock MS         a person says it is MS milliseconds since 1970; refused where the network, or the
 *                  machine's own clock by it, says so already
 * service          opens the service screen, as an organiser's badge does
 * selftest         a test tap through "reader", "decision", "log" and "screen": each is "ok" or
 *                  "failed"; takes two to six seconds (kiosk/test_tap.h)
 * stop             ends the kiosk
 */
/* clang-format on */
#ifndef BASE_CONTROL_H
#define BASE_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#define CONTROL_SOCKET "kiosk.sock"
#define CONTROL_LINE_SIZE 4096

enum control_verb {
	CONTROL_STATUS,
	CONTROL_SCREENSHOT,
	CONTROL_PICTURE,
	CONTROL_LINK,
	CONTROL_UNLINK,
	CONTROL_ENTER,
	CONTROL_IDENTIFY,
	CONTROL_CLOCK,
	CONTROL_SERVICE,
	CONTROL_SELFTEST,
	CONTROL_STOP,
	CONTROL_VERB_COUNT
};

struct control_request {
	enum control_verb verb;
	char argument[CONTROL_LINE_SIZE]; /* "" for none */
};

/* One line without its newline. False, @ret untouched, for an unknown verb, a missing or
 * superfluous argument, bad UTF-8. */
bool control_parse(struct control_request *ret, const char *line, size_t length);

/* Server side: a listening, non-blocking, close-on-exec socket (0660), replacing a stale one.
 * -EADDRINUSE when another kiosk answers on it. */
int control_listen(const char *run_directory);
/* Client side: sends one line, waits for the one-line answer. 0 or -errno (-ENOENT, -ECONNREFUSED:
 * no kiosk runs). */
int control_ask(const char *run_directory, const char *line, int wait_ms, char *ret, size_t size);

#endif
