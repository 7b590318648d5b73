#include "cli/secret_line.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool secret_line_read(const char *question, char ret[SECRET_LINE_SIZE])
{
	struct termios before, quiet;
	const bool typed = tcgetattr(STDIN_FILENO, &before) == 0;
	if (typed) {
		quiet = before;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		fputs(question, stderr);
	}
	const bool got = fgets(ret, SECRET_LINE_SIZE, stdin) != NULL;
	if (typed) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	if (got)
		ret[strcspn(ret, "\n")] = '\0';
	return got;
}
