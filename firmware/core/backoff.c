#include "core/backoff.h"

#define DOUBLINGS_MAX 32

uint32_t backoff_ms(
	unsigned failures, uint32_t first_ms, uint32_t ceiling_ms, uint32_t jitter_permille)
{
	if (failures == 0)
		return 0;
	/* 32 doublings of anything pass every ceiling, and keep the shift defined. */
	const unsigned doublings = failures > DOUBLINGS_MAX ? DOUBLINGS_MAX : failures - 1;
	const uint64_t step_ms = (uint64_t)first_ms << doublings;
	const uint64_t delay_ms = step_ms < ceiling_ms ? step_ms : ceiling_ms;
	return (uint32_t)(delay_ms - delay_ms * jitter_permille / 4000);
}
