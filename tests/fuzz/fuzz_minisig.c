#include <string.h>

#include "base/seal.h"
#include "base/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct minisig minisig;
	static struct sign_public key;
	const uint8_t digest[FILE_DIGEST_BYTES] = { 0 };
	if (seal_start() < 0)
		return 0;
	if (minisig_parse(&minisig, (const char *)data, size))
		(void)minisig_holds(&minisig, &key, digest);
	char text[SIGN_PUBLIC_TEXT_SIZE] = "";
	memcpy(text, data, size < sizeof text - 1 ? size : sizeof text - 1);
	(void)sign_public_from_text(&key, text);
	return 0;
}
