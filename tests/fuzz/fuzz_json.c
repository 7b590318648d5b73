#include "tests/fuzz/schedule_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rejection refusal = { .fault = FAULT_NONE };
	schedule_json_read((const char *)data, size, &fuzz_limits, &fuzz_sink, &refusal);
	check_words(&refusal);
	return 0;
}
