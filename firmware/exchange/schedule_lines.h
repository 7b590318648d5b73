/**
 * What a schedule holds, as one JSON object a line: {"event":…}, {"session":…}, {"rejected":…} and,
 * last, {"done":true} or {"refused":…}. So a program of its own can read a stranger's file and
 * another take what was found (`incheckpaal read schedule`). Any thread.
 */
#ifndef EXCHANGE_SCHEDULE_LINES_H
#define EXCHANGE_SCHEDULE_LINES_H

#include <stdbool.h>
#include <stdio.h>

#include "exchange/schedule_in.h"

/* A sink that writes lines to @out; it stops the reading with -EIO when @out takes no more. */
struct schedule_sink schedule_lines_sink(FILE *out);
/* The last line: @result and @refusal as schedule_read gave them. 0 or -EIO. */
int schedule_lines_end(FILE *out, int result, const struct rejection *refusal);

/* Hands one line to @sink. 0 to go on; *@ret_done once the last was taken; a nonzero return of the
 * sink; -EINVAL for a schedule that was refused (@ret_refusal says why);
 * -EPROTO for what is no such line. */
int schedule_line_take(const char *line, size_t length, const struct schedule_sink *sink,
	bool *ret_done, struct rejection *ret_refusal);

#endif
