/* incheckpaal-reader: one reader, one process; badges go down the pipe on standard output. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/log.h"
#include "base/seal.h"
#include "reader/patrol.h"
#include "version.h"

#define DESCRIPTORS_MAX 1024 /* libnfc uses select(): a higher descriptor would end the process */

static volatile int stopping;

static void on_signal(int number)
{
	(void)number;
	stopping = 1;
}

static bool send_to_pipe(void *context, const struct report *report)
{
	uint8_t bytes[REPORT_BYTES];
	(void)context;
	report_encode(report, bytes);
	ssize_t put;
	while ((put = write(STDOUT_FILENO, bytes, sizeof bytes)) < 0 && errno == EINTR && !stopping)
		;
	return put == (ssize_t)sizeof bytes;
}

/* For an engineer at a terminal: what kind, never which badge. */
static bool send_as_words(void *context, const struct report *report)
{
	static const char *const kinds[REPORT_KIND_COUNT] = { "pulse", "badge", "random-id",
		"unreadable", "gone", "state" };
	(void)context;
	if (report->kind == REPORT_PULSE)
		return true;
	return printf("%s %s %s\n", kinds[report->kind], reader_state_name(report->state),
		       technology_name(report->technology)) > 0 &&
	       fflush(stdout) == 0;
}

static const struct config_reader *find_reader(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->reader_count; i++)
		if (strcmp(config->readers[i].name, name) == 0)
			return &config->readers[i];
	return NULL;
}

static int usage(FILE *out, int status)
{
	fprintf(out,
		"Usage: incheckpaal-reader [--name NAME] [--watch] [--config FILE] [--data DIR]\n\n"
		"Reads badges for incheckpaal-kiosk, which starts it. --name: of the section\n"
		"[reader:NAME]. --watch: says in words what it sees, for trying out a reader.\n");
	return status;
}

/* libnfc takes descriptor 0 for "no tty": a closed standard input would make every answer an abort.
 */
static void prepare_process(void)
{
	const struct rlimit limit = { DESCRIPTORS_MAX, DESCRIPTORS_MAX };
	setrlimit(RLIMIT_NOFILE, &limit);
	int fd;
	while ((fd = open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0 && fd <= STDERR_FILENO)
		fcntl(fd, F_SETFD, 0);
	if (fd > STDERR_FILENO)
		close(fd);
	signal(SIGPIPE, SIG_IGN);
	struct sigaction action = { .sa_handler = on_signal };
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

static int run(const struct config_reader *reader, bool watch)
{
	struct device *device;
	struct patrol patrol;
	if (seal_start() < 0 || device_create(&device) < 0) {
		log_error("reader: out of memory");
		return EXIT_FAILED;
	}
	patrol_init(&patrol, reader, device, watch ? send_as_words : send_to_pipe, NULL, &stopping);
	patrol_run(&patrol);
	device_destroy(device);
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	struct arguments arguments;
	struct config config;
	const char *name = "";
	bool watch = false;
	log_start("incheckpaal-reader");
	prepare_process();
	if (!arguments_take(&arguments, argc, argv, LANGUAGE_EN))
		return EXIT_USAGE;
	for (int i = 0; i < arguments.count; i++) {
		if (strcmp(arguments.words[i], "--watch") == 0)
			watch = true;
		else if (strcmp(arguments.words[i], "--name") == 0 && i + 1 < arguments.count)
			name = arguments.words[++i];
		else
			return usage(stderr, EXIT_USAGE);
	}
	if (arguments.help)
		return usage(stdout, EXIT_DONE);
	if (arguments.version)
		return printf("incheckpaal-reader %s\n", INCHECKPAAL_VERSION) > 0 ? EXIT_DONE
										  : EXIT_FAILED;
	if (!arguments_config(&arguments, &config, LANGUAGE_EN))
		return EXIT_FAILED;

	const struct config_reader *reader = find_reader(&config, name);
	if (!reader) {
		fprintf(stderr, "incheckpaal-reader: there is no section [reader:%s]\n", name);
		return EXIT_USAGE;
	}
	return run(reader, watch);
}
