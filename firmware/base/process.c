#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child, between fork and exec: only what is safe there. */
static _Noreturn void become(char *const argv[], int input_fd, int pipe_fd, pid_t parent)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127); /* the parent died before the line above */

	const int input = input_fd >= 0 ? input_fd : open("/dev/null", O_RDONLY);
	if (input < 0 || dup2(input, STDIN_FILENO) < 0 || dup2(pipe_fd, STDOUT_FILENO) < 0)
		_exit(127);
	execv(argv[0], argv);
	_exit(127);
}

int process_start(struct process *ret, char *const argv[], int input_fd)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;

	const pid_t parent = getpid();
	const pid_t pid = fork();
	if (pid == 0)
		become(argv, input_fd, ends[1], parent);
	const int trouble = errno;
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return -trouble;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	*ret = (struct process){ .pid = pid, .pipe_fd = ends[0] };
	return 0;
}

static void forget(struct process *process)
{
	if (process->pipe_fd >= 0)
		close(process->pipe_fd);
	*process = (struct process){ .pipe_fd = -1 };
}

void process_kill(struct process *process)
{
	if (process->pid <= 0)
		return;
	kill(process->pid, SIGKILL);
	while (waitpid(process->pid, NULL, 0) < 0 && errno == EINTR)
		;
	forget(process);
}

bool process_ended(struct process *process, int *ret_status)
{
	int status;
	if (process->pid <= 0 || waitpid(process->pid, &status, WNOHANG) != process->pid)
		return false;
	forget(process);
	*ret_status = status;
	return true;
}

bool program_beside(char *ret, size_t size, const char *name)
{
	const ssize_t length = readlink("/proc/self/exe", ret, size - 1);
	if (length <= 0)
		return false;
	ret[length] = '\0';
	char *slash = strrchr(ret, '/');
	if (!slash)
		return false;
	const size_t left = size - (size_t)(slash + 1 - ret);
	return (size_t)snprintf(slash + 1, left, "%s", name) < left;
}
