/* incheckpaal read schedule: what a stranger's file holds, told by a process that has nothing to
 * lose. The organiser's page starts it for calendars, so that it needs no library for them. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/cli.h"
#include "exchange/schedule_lines.h"

#define FILE_BYTES_MAX (16u * 1024 * 1024)
#define CPU_SECONDS_MAX 5

int command_read(struct cli *cli)
{
	/* A rule that repeats for ever must not take the machine. */
	const struct rlimit time = { CPU_SECONDS_MAX, CPU_SECONDS_MAX };
	struct schedule_limits limits;
	const struct schedule_sink sink = schedule_lines_sink(stdout);
	const int64_t now_ms = clock_wall_ms();
	struct rejection refusal = { .fault = FAULT_OTHER };
	struct bytes bytes;

	if (!cli_expect(cli, 1, 2))
		return EXIT_USAGE;
	const char *path = cli->count == 2 ? cli->words[1] : "-";
	setrlimit(RLIMIT_CPU, &time);
	int r = file_read_all(&bytes, path, FILE_BYTES_MAX);
	if (r < 0)
		return cli_fail("%s: %s", "%s: %s", path, cli_strerror(-r));
	schedule_limits_at(&limits, now_ms, clock_utc_offset_min, icalendar_read);
	r = schedule_read((const char *)bytes.data, bytes.length, &limits, &sink, &refusal);
	bytes_free(&bytes);
	const int ended = schedule_lines_end(stdout, r, &refusal);
	return r == 0 && ended == 0 ? EXIT_DONE : EXIT_FAILED;
}
