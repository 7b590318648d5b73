/**
 * The light beside the reader: a LED of the kernel's LED class, plain or of three colours, lit in
 * the pattern of the answer (face/tone.h). Writes a few bytes to sysfs, never waits. One thread;
 * time is a parameter in monotonic milliseconds.
 */
#ifndef KIOSK_LIGHT_H
#define KIOSK_LIGHT_H

#include "face/tone.h"

#define LIGHT_PATH_SIZE 320

struct light {
	char directory[LIGHT_PATH_SIZE]; /* "" for none */
	bool colours;                    /* it has multi_intensity */
	int brightest;
	char order[3]; /* of the colours in multi_intensity: 'r', 'g', 'b' */
	const struct glow *glow;
	bool lit, said;
	int flashes_left;
	int64_t next_ms; /* when it changes; 0 never */
};

/* @name: under /sys/class/leds, or the path of the LED's own directory; "" for none. A LED that can
 * not be used is said in the journal and left alone. */
void light_init(struct light *ret, const char *name);
void light_finish(struct light *light); /* dark */

void light_show(struct light *light, const struct glow *glow, int64_t at_ms);
void light_tick(struct light *light, int64_t at_ms);

#endif
