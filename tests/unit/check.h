/** What tests share: rows that fail with their sentence, and chance that can be repeated. */
#ifndef UNIT_CHECK_H
#define UNIT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

#define CHECK_ROW(sentence, holds)                                    \
	do {                                                          \
		if (!(holds))                                         \
			fail_msg("%s: not so: %s", sentence, #holds); \
	} while (0)

/* The seed is part of the test, so a failure comes back. Xorshift64*, never 0. */
static inline uint64_t chance(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * 0x2545F4914F6CDD1D;
}

/* How many cases a proof takes: CASES of them if that is set, @proof under `make prove`. */
static inline int cases(int proof, int otherwise)
{
	const char *asked = getenv("CASES");
	return asked ? atoi(asked) : getenv("PROVE") ? proof : otherwise;
}

/* Where chance begins: at SEED, so that a proof can be cut in parts that run beside each other. */
static inline uint64_t seed_of(uint64_t otherwise)
{
	const char *asked = getenv("SEED");
	return asked ? strtoull(asked, NULL, 10) : otherwise;
}

#endif
