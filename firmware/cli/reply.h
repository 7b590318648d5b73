/** What the running kiosk answers over its control socket: one JSON object. */
#ifndef CLI_REPLY_H
#define CLI_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reply;
struct cli;

/* Asks and reads. -errno of control_ask, -EBADMSG for no JSON object. Free with reply_free. */
int reply_get(struct reply **ret, const char *run_directory, const char *request, int wait_ms);
/* The same, but says on stderr why there is none or why the kiosk refused; NULL then. */
struct reply *reply_ask(struct cli *cli, const char *request, int wait_ms);
void reply_free(struct reply *reply); /* NULL is fine */

const char *reply_json(const struct reply *reply); /* the line as it came */

/* A member by its path, such as "reader.state"; NULL, 0 and false where there is none. */
const char *reply_text(const struct reply *reply, const char *path);
bool reply_number(const struct reply *reply, const char *path, int64_t *ret);
bool reply_truth(const struct reply *reply, const char *path);
/* What the kiosk says of a reader ("absent"), as people say it. */
const char *reply_reader_words(const char *state);
/* Any text, whole number or truth, as people read it. False when there is none. */
bool reply_shown(const struct reply *reply, const char *path, char *ret, size_t size);

#endif
