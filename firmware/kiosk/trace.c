#include "kiosk/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int trace_fd = -1; /* set before the threads start */

int trace_open(void)
{
	const char *path = getenv("INCHECKPAAL_TRACE");
	if (!path || !*path)
		return 0;
	trace_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
	return trace_fd < 0 ? -errno : 0;
}

void trace_stage(enum trace_stage stage, int64_t mono_ns, enum verdict verdict, int64_t seq)
{
	static const char *const names[TRACE_STAGE_COUNT] = { "seen", "decided", "durable",
		"shown" };
	if (trace_fd < 0)
		return;

	char verdict_field[48] = "", seq_field[32] = "";
	if (verdict < VERDICT_COUNT)
		snprintf(verdict_field, sizeof verdict_field, ",\"verdict\":\"%s\"",
			verdict_name(verdict));
	if (seq > 0)
		snprintf(seq_field, sizeof seq_field, ",\"seq\":%" PRId64, seq);
	char line[160];
	const int length =
		snprintf(line, sizeof line, "{\"ns\":%" PRId64 ",\"stage\":\"%s\"%s%s}\n", mono_ns,
			names[stage], verdict_field, seq_field);
	ssize_t ignored = write(trace_fd, line, (size_t)length);
	(void)ignored;
}
