#include <stdint.h>

#include "exchange/schedule_formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int on_event(void *context, const char *title, const char *venue)
{
	(void)context;
	return !title || !venue;
}

static int on_session(void *context, const struct session *session, unsigned line)
{
	(void)context;
	(void)line;
	if (session->end_ms <= session->start_ms || !session->code[0])
		__builtin_trap();
	return 0;
}

static void on_reject(void *context, const struct rejection *rejection)
{
	(void)context;
	if (!rejection->original)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct schedule_sink sink = { NULL, on_event, on_session, on_reject };
	static const struct schedule_limits limits = { 1700000000000, 1900000000000, 60,
		"Europe/Amsterdam", NULL };
	char reason[REASON_SIZE];
	schedule_csv_read((const char *)data, size, &limits, &sink, reason);
	return 0;
}
