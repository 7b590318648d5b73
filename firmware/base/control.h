/**
 * The control socket: a Unix stream socket RUN/kiosk.sock, one line a request, one line of JSON an
 * answer. Requests: "status", "screenshot FILE", "picture FILE" (the same with names covered),
 * "link ATTENDEE", "unlink", "enter JSON" (kiosk/entry.h), "stop". The answer's "ok" is true
 * or false, with "error" in words.
 */
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
