/** How long to wait after a number of failures in a row. Pure; any thread. */
#ifndef CORE_BACKOFF_H
#define CORE_BACKOFF_H

#include <stdint.h>

/* first_ms, doubled for each failure after the first, at most ceiling_ms; jitter (0 to 1000) takes
 * up to a quarter off so that many kiosks do not knock at once. 0 failures: 0. */
uint32_t backoff_ms(
	unsigned failures, uint32_t first_ms, uint32_t ceiling_ms, uint32_t jitter_permille);

#endif
