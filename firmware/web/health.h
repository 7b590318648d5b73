/**
 * How the kiosk is doing, as it says itself over its control socket; remembered for some seconds,
 * so that not every page asks. Any thread.
 */
#ifndef WEB_HEALTH_H
#define WEB_HEALTH_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/file.h"

struct health;

struct health *health_create(const char *run_directory);
void health_destroy(struct health *health);

/* The kiosk's answer (a new reference), asked again when it is older than @age_ms and @may_wait;
 * NULL when it did not answer. @ret_asked_ms: when it last answered, wall clock; 0 never. */
json_t *health_get(struct health *health, int64_t age_ms, bool may_wait, int64_t *ret_answered_ms);

/* The last picture of its screen, names covered; taken over by copy. */
void health_keep_picture(struct health *health, const struct bytes *picture);
int health_last_picture(struct health *health, size_t *ret_length); /* a descriptor, -ENOENT */
int64_t health_pictured_ms(struct health *health);                  /* wall clock; 0 never */

/* Which start of the kiosk an answer is of: another number after each. */
int64_t health_start(const json_t *status);

/* How many things of this kiosk want attention, by what it last said. */
int health_attention(struct health *health);

/* Sends one line to the kiosk: 0 and "ok" true, or -errno. @ret_error, which may be NULL, gets the
 * kiosk's own words for why not (-EREMOTEIO). */
int health_command(
	struct health *health, const char *line, int wait_ms, char *ret_error, size_t size);

#endif
