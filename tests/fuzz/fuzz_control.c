#include <stdint.h>
#include <string.h>

#include "base/control.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct control_request request;
	if (control_parse(&request, (const char *)data, size) &&
		strlen(request.argument) >= CONTROL_LINE_SIZE)
		__builtin_trap();
	return 0;
}
