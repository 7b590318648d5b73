/**
 * A test tap through all that a real one passes: the reader's chip is asked again, a badge that
 * nobody has is decided on, its tap is rehearsed up to the fsync (store/rehearsal.h), and the
 * screen shows a frame: the kiosk's name, which the next badge interrupts. Nobody is checked in.
 * One at a time. Clerk thread; time is a parameter in monotonic milliseconds.
 */
#ifndef KIOSK_TEST_TAP_H
#define KIOSK_TEST_TAP_H

#include <stddef.h>
#include <stdint.h>

#define TEST_TAP_MS 6000 /* afterwards what has not answered has failed */

enum test_tap_part { PART_READER, PART_DECISION, PART_LOG, PART_SCREEN, PART_COUNT };

struct clerk;
struct test_tap {
	int64_t ticket; /* of who waits for it; 0 while there is none */
	int64_t began_ms;
	uint64_t frames, errors; /* of screen and readers when it began */
	enum { PART_WAITS, PART_OK, PART_FAILED } parts[PART_COUNT];
};

/* Begins one for the client in @seat, who is answered when all parts are known. */
void test_tap_begin(struct clerk *clerk, size_t seat, int64_t at_ms);
void test_tap_tick(struct clerk *clerk, int64_t at_ms);

#endif
