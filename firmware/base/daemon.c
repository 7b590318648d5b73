#include "base/daemon.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>

#include "base/log.h"

bool daemon_begin(const struct daemon_name *name, int argc, char **argv, struct arguments *ret,
	struct config *ret_config, int *ret_status)
{
	log_start(name->program);
	*ret_status = EXIT_USAGE;
	if (!arguments_take(ret, argc, argv, LANGUAGE_EN))
		return false;
	if (ret->help || ret->version) {
		*ret_status = EXIT_DONE;
		if (ret->help)
			fputs(name->help, stdout);
		else
			printf("%s %s\n", name->program, name->version);
		return false;
	}
	if (ret->count > 0) {
		fprintf(stderr, "%s: \"%s\" is not an option; see --help\n", name->program,
			ret->words[0]);
		return false;
	}
	*ret_status = EXIT_FAILED;
	return arguments_config(ret, ret_config, LANGUAGE_EN);
}

int daemon_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	const int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return fd < 0 ? -errno : fd;
}
