#include <stdint.h>
#include <string.h>

#include "core/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes are sealed by the encoder itself, so that the fuzzer meets the fields and not the CRC. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct report report = { .kind = REPORT_PULSE }, again;
	uint8_t bytes[REPORT_BYTES] = { 0 };
	memcpy(bytes, data, size < sizeof bytes ? size : sizeof bytes);
	(void)report_decode(&report, bytes);

	memcpy(&report.uid, bytes, sizeof report.uid);
	memcpy(&report.token, bytes + 50, sizeof report.token);
	memcpy(report.mac, bytes + 100, sizeof report.mac);
	memcpy(report.words, bytes + 116, sizeof report.words);
	report.kind = (enum report_kind)(bytes[150] % REPORT_KIND_COUNT);
	report.has_mac = bytes[151] & 1;
	report_encode(&report, bytes);
	if (report_decode(&again, bytes) && again.uid.length > IDENTITY_BYTES_MAX)
		__builtin_trap();
	return 0;
}
