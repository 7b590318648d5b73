#include "core/backoff.h"

uint32_t backoff_ms(
	unsigned failures, uint32_t first_ms, uint32_t ceiling_ms, uint32_t jitter_permille)
{
	if (failures == 0)
		return 0;
	uint64_t delay_ms = first_ms;
	for (unsigned i = 1; i < failures && delay_ms < ceiling_ms; i++)
		delay_ms *= 2;
	if (delay_ms > ceiling_ms)
		delay_ms = ceiling_ms;
	return (uint32_t)(delay_ms - delay_ms / 4 * jitter_permille / 1000);
}
