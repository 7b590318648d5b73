/** A child process with a pipe from its standard output. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process {
	pid_t pid;   /* 0 when none runs */
	int pipe_fd; /* non-blocking read end of the child's stdout; -1 when none */
};

/* Starts argv[0]; the child dies with the thread that calls (PR_SET_PDEATHSIG), has our stderr, and
 * @input_fd as its stdin, which stays the caller's; -1: /dev/null. 0 or -errno. */
int process_start(struct process *ret, char *const argv[], int input_fd);
void process_kill(struct process *process); /* SIGKILL, waits, closes the pipe; fine on none */
/* True when it ended by itself; @process is then empty, *@ret_status as waitpid gives it. */
bool process_ended(struct process *process, int *ret_status);

/* DIR/NAME for a program that lies beside the running one, wherever that was started from. False
 * when /proc does not tell, or it is too long. */
bool program_beside(char *ret, size_t size, const char *name);

#endif
