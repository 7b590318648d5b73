#include <stddef.h>
#include <stdint.h>

#include "reader/ndef.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ndef_token token;
	size_t start, length;
	if (ndef_find_token(&token, data, size) && token.identity.length > IDENTITY_BYTES_MAX)
		__builtin_trap();
	if (ndef_find_tlv(data, size, &start, &length) == TLV_FOUND && start > size)
		__builtin_trap();
	return 0;
}
