/* incheckpaal-web: the bill of materials. */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/config_file.h"
#include "base/daemon.h"
#include "base/file.h"
#include "base/log.h"
#include "base/seal.h"
#include "base/service.h"
#include "version.h"
#include "web/fleet.h"
#include "web/health.h"
#include "web/hub.h"
#include "web/limits.h"
#include "web/server.h"

#define FILES_MAX                                                                      \
	4096 /* a browser holds several connections open, and not everybody means well \
	      */

struct web {
	struct arguments arguments;
	struct config config;
	struct site site;
	struct certificate *certificate;
	struct server *server;
	int signal_fd;
	bool again; /* the log was replaced */
};

static const struct daemon_name name = { "incheckpaal-web", INCHECKPAAL_VERSION,
	"Usage: incheckpaal-web [--config FILE] [--data DIR] [--help] [--version]\n\n"
	"Serves the organiser's page over https, from the log in DIR (" DATA_DEFAULT_DIRECTORY
	").\n"
	"Options of the file (" CONFIG_DEFAULT_PATH "): see incheckpaal.conf(5).\n" };

static void allow_many_files(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= FILES_MAX)
		return;
	limit.rlim_cur = limit.rlim_max < FILES_MAX ? limit.rlim_max : FILES_MAX;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static bool open_sockets(const struct web *web, struct server_options *options)
{
	const struct config *config = &web->config;
	int r = server_listen(&options->listen_fd, config->web.listen, config->web.port);
	if (r < 0) {
		log_error("web: can not listen on %s port %d: %s", config->web.listen,
			config->web.port, strerror(-r));
		return false;
	}
	if (config->web.plain_port == 0)
		return true;
	r = server_listen(&options->plain_fd, config->web.listen, config->web.plain_port);
	if (r < 0)
		log_warn("web: can not listen on port %d, so http:// is not led to https://: %s",
			config->web.plain_port, strerror(-r));
	return true;
}

static bool open_all(struct web *web)
{
	struct server_options options = { .listen_fd = -1, .plain_fd = -1 };
	int r = seal_start();
	if (r == 0)
		r = directory_make(web->arguments.data, 0750);
	web->signal_fd = daemon_signals();
	if (r < 0 || web->signal_fd < 0) {
		log_error("%s: %s", web->arguments.data, strerror(r < 0 ? -r : -web->signal_fd));
		return false;
	}
	allow_many_files();
	web->site = (struct site){ .config = &web->config,
		.arguments = &web->arguments,
		.hub = hub_create(),
		.limits = limits_create(),
		.health = health_create(web->arguments.run),
		.fleet = fleet_create() };
	if (!web->site.hub || !web->site.limits || !web->site.health || !web->site.fleet ||
		certificate_load(&web->certificate, &web->site) < 0)
		return false;
	web->site.own_certificate = certificate_is_own(web->certificate);
	if (!open_sockets(web, &options))
		return false;
	options.certificate = web->certificate;
	options.signal_fd = web->signal_fd;
	return server_create(&web->server, &web->site, &options) == 0;
}

static void close_all(struct web *web)
{
	server_destroy(web->server);
	certificate_destroy(web->certificate);
	hub_destroy(web->site.hub);
	limits_destroy(web->site.limits);
	health_destroy(web->site.health);
	fleet_destroy(web->site.fleet);
	if (web->signal_fd >= 0)
		close(web->signal_fd);
}

static int run(struct web *web)
{
	log_info("web: listens on %s port %d, certificate SHA-256 %s", web->config.web.listen,
		web->config.web.port, certificate_fingerprint(web->certificate));
	service_ready("serving the organiser's page");
	web->again = server_run(web->server);
	if (web->again)
		log_info("web: another log was put in place; begins anew with it");
	else
		service_stopping();
	return EXIT_DONE;
}

/* All that was read of the file of before goes. */
static void begin_anew(char **argv)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execv("/proc/self/exe", argv);
	log_error("web: can not begin anew: %s", strerror(errno));
}

int main(int argc, char **argv)
{
	static struct web web = { .signal_fd = -1 };
	int status;
	/* What a report or an import takes at once goes back when it is done, whatever came before.
	 */
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	if (!daemon_begin(&name, argc, argv, &web.arguments, &web.config, &status))
		return status;
	status = open_all(&web) ? run(&web) : EXIT_FAILED;
	close_all(&web);
	if (web.again)
		begin_anew(argv);
	return status;
}
