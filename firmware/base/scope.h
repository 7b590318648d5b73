/** Closes at the end of the scope what was opened in it: CLEANUP(closep) int fd = open(…). */
#ifndef BASE_SCOPE_H
#define BASE_SCOPE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CLEANUP(closer) __attribute__((cleanup(closer)))

static inline void closep(int *fd) /* keeps errno */
{
	const int saved = errno;
	if (*fd >= 0)
		close(*fd);
	errno = saved;
}

static inline void fclosep(FILE **file)
{
	if (*file)
		fclose(*file);
}

static inline void freep(void *pointer)
{
	free(*(void **)pointer);
}

#endif
