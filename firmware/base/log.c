#include "base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>

static const char *program_name = "incheckpaal"; /* set once, before any thread starts */

void log_start(const char *program)
{
	program_name = program;
}

__attribute__((format(printf, 2, 0))) static void log_line(
	int priority, const char *format, va_list arguments)
{
	char text[1024];
	vsnprintf(text, sizeof text, format, arguments);
	for (char *c = text; *c; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' ';

	/* systemd sets JOURNAL_STREAM when stderr is the journal, which reads the prefix as
	 * priority. */
	if (getenv("JOURNAL_STREAM"))
		fprintf(stderr, "<%d>%s\n", priority, text);
	else
		fprintf(stderr, "%s: %s\n", program_name, text);
}

#define LOG_FUNCTION(name, priority)                   \
	void name(const char *format, ...)             \
	{                                              \
		va_list arguments;                     \
		va_start(arguments, format);           \
		log_line(priority, format, arguments); \
		va_end(arguments);                     \
	}

LOG_FUNCTION(log_error, LOG_ERR)
LOG_FUNCTION(log_warn, LOG_WARNING)
LOG_FUNCTION(log_info, LOG_INFO)
