#include "tests/fuzz/schedule_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char reason[REASON_SIZE];
	icalendar_read((const char *)data, size, &fuzz_limits, &fuzz_sink, reason);
	return 0;
}
