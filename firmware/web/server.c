#include "web/server.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/service.h"
#include "store/tap_log.h"
#include "web/callers.h"
#include "web/hub.h"
#include "web/lane.h"
#include "web/limits.h"
#include "web/redirect.h"
#include "web/sweep.h"
#include "web/visit.h"
#include "web/watch.h"

#define CONNECTIONS_MAX 1500
#define CONNECTION_MEMORY_BYTES \
	16384                /* the head of a request must fit; also what a piece of body gets */
#define ONE_ADDRESS_MAX 1200 /* of them: one machine does not keep all others out */
#define STRANGERS_MAX 16     /* who wait for their password to be tried */
#define IDLE_S 15            /* a connection on which nothing moves */
#define STREAM_TURN_MS 250
#define SECOND_MS 1000
#define CERTIFICATE_MS 10000

/* A visit as a lane sees it. */
struct errand {
	struct job job; /* first */
	struct visit visit;
};

struct server {
	const struct site *site;
	struct certificate *certificate;
	struct stores stores;
	struct MHD_Daemon *page, *plain;
	struct lane *lanes[LANE_COUNT];
	struct outlet *outlet;
	struct watch *watch;
	struct sweep sweep;
	struct visit *visits;
	struct callers callers;
	int signal_fd;
	bool stopping, replaced, woken; /* woken: a stream goes on in the next turn */
	char log_path[512];
	ino_t log_file; /* that is open; 0 without one */
	int64_t second_ms, certificate_ms, fed_ms;
};

static int64_t now_ms(void)
{
	return clock_mono_ns() / 1000000;
}

struct outlet *server_outlet(struct server *server)
{
	return server->outlet;
}

static void run_errand(struct job *job, const struct stores *stores)
{
	struct errand *errand = (struct errand *)job;
	errand->visit.request.stores = *stores;
	serve(&errand->visit);
	if (route_lane(&errand->visit.request) == LANE_LONG)
		malloc_trim(0); /* what a large list took is not kept for the next */
}

static void errand_done(struct job *job)
{
	struct errand *errand = (struct errand *)job;
	struct request *request = &errand->visit.request;
	if (request->onward) {
		request->stores = errand->visit.server->stores;
		serve(&errand->visit);
	}
	errand->visit.state = VISIT_ANSWERED;
	MHD_resume_connection(errand->visit.connection);
}

static struct visit *visit_begin(struct server *server, struct MHD_Connection *connection)
{
	struct errand *errand = calloc(1, sizeof *errand);
	if (!errand)
		return NULL;
	errand->job = (struct job){ run_errand, errand_done };
	struct visit *visit = &errand->visit;
	*visit = (struct visit){ .server = server,
		.connection = connection,
		.response = { .fd = -1 },
		.request = { .site = server->site, .stores = server->stores },
		.next = server->visits };
	if (server->visits)
		server->visits->previous = visit;
	server->visits = visit;
	return visit;
}

static void visit_end(struct visit *visit)
{
	struct server *server = visit->server;
	if (visit->previous)
		visit->previous->next = visit->next;
	else
		server->visits = visit->next;
	if (visit->next)
		visit->next->previous = visit->previous;
	if (visit->body)
		MHD_destroy_post_processor(visit->body);
	request_finish(&visit->request);
	response_finish(&visit->response);
	free((char *)visit - offsetof(struct errand, visit));
}

/* Strangers who try passwords wait for each other, never the owner for a queue of theirs. */
static bool may_wait(const struct visit *visit, const struct lane *lane)
{
	const struct request *request = &visit->request;
	return route_lane(request) != LANE_SECRET || lane_load(lane) < STRANGERS_MAX ||
	       request->owner.role != ROLE_NONE ||
	       limits_is_known(request->site->limits, request->browser_token);
}

static enum MHD_Result send_away(struct visit *visit)
{
	struct errand *errand = (struct errand *)((char *)visit - offsetof(struct errand, visit));
	struct lane *lane = visit->server->lanes[route_lane(&visit->request)];
	const bool waits = may_wait(visit, lane);
	visit->state = VISIT_AWAY;
	MHD_suspend_connection(visit->connection);
	if (waits && lane_post(lane, &errand->job))
		return MHD_YES;
	respond_fault(&visit->response, waits ? 503 : 429, waits ? "busy" : "often");
	serve_fault(visit);
	visit->state = VISIT_ANSWERED;
	MHD_resume_connection(visit->connection);
	return MHD_YES;
}

static enum MHD_Result answer(struct visit *visit)
{
	if (visit->state == VISIT_READING)
		intake_end(visit);
	if (visit->state == VISIT_READING && route_lane(&visit->request) != LANE_LOOP)
		return send_away(visit);
	if (visit->state == VISIT_READING)
		serve(visit);
	else if (visit->state == VISIT_REFUSED)
		serve_fault(visit);
	else if (visit->state == VISIT_AWAY)
		return MHD_YES;
	visit->state = VISIT_ANSWERED;
	return outlet_send(visit);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *length, void **state)
{
	struct visit *visit = *state;
	(void)version;
	if (!visit) {
		visit = visit_begin(context, connection);
		if (!visit)
			return MHD_NO;
		*state = visit;
		caller_begins_body(connection);
		intake_head(visit, method, url);
		return MHD_YES;
	}
	if (*length > 0) {
		intake_body(visit, data, *length);
		*length = 0;
		/* Somebody who sends far more than was allowed need not be heard out. */
		return visit->body_bytes > visit->body_limit + 4 * UPLOAD_LIMIT_BYTES ? MHD_NO
										      : MHD_YES;
	}
	caller_was_heard(connection);
	return answer(visit);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode why)
{
	(void)context;
	(void)why;
	if (*state)
		visit_end(*state);
	*state = NULL;
	caller_may_ask_again(connection);
}

/* Letters of a URL are ours to decode, part by part: a %2F is no slash. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

static void on_library_words(void *context, const char *format, va_list arguments)
{
	/* Every stranger's broken handshake is told here; nothing in it is for an organiser. */
	(void)context;
	(void)format;
	(void)arguments;
}

static struct MHD_Daemon *start_page(struct server *server, const struct server_options *options)
{
	unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)(uintptr_t)certificate_of_handshake },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
			(void *)(uintptr_t) "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL },
	};
	if (options->certificate)
		flags |= MHD_USE_TLS;
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server,
		MHD_OPTION_EXTERNAL_LOGGER, on_library_words, NULL, MHD_OPTION_LISTEN_SOCKET,
		options->listen_fd, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
		MHD_OPTION_NOTIFY_CONNECTION, callers_on_connection, &server->callers,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		(unsigned)ONE_ADDRESS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY_BYTES,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		options->certificate ? MHD_OPTION_ARRAY : MHD_OPTION_END, tls, MHD_OPTION_END);
}

static enum MHD_Result on_plain(void *context, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *length, void **state)
{
	const struct server *server = context;
	char location[LOCATION_SIZE * 4];
	(void)method;
	(void)version;
	(void)data;
	if (!*state || *length > 0) {
		*state = connection; /* heard out before it is answered */
		*length = 0;
		return MHD_YES;
	}
	*state = NULL;
	const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
	const bool good = redirect_location(
		location, sizeof location, host, server->site->config->web.port, url);
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	if (!response)
		return MHD_NO;
	if (good)
		MHD_add_response_header(response, "Location", location);
	const enum MHD_Result r = MHD_queue_response(connection, good ? 308 : 400, response);
	MHD_destroy_response(response);
	return r;
}

static struct MHD_Daemon *start_plain(struct server *server, int listen_fd)
{
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_plain, server,
		MHD_OPTION_EXTERNAL_LOGGER, on_library_words, NULL, MHD_OPTION_LISTEN_SOCKET,
		listen_fd, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
		MHD_OPTION_CONNECTION_LIMIT, 64U, MHD_OPTION_CONNECTION_TIMEOUT, 5U,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)8192, MHD_OPTION_END);
}

static int start_lanes(struct server *server, const char *path)
{
	static const char *const names[LANE_COUNT] = {
		[LANE_READ] = "read", [LANE_SECRET] = "secret", [LANE_LONG] = "long"
	};
	for (int i = 0; i < LANE_COUNT; i++)
		if (names[i] && !(server->lanes[i] = lane_create(
					  names[i], path, server->site->config, i == LANE_READ)))
			return -ENOMEM;
	return 0;
}

static ino_t log_file(const struct server *server)
{
	struct stat state;
	return stat(server->log_path, &state) == 0 ? state.st_ino : 0;
}

static int start(struct server *server, const struct server_options *options)
{
	char path[512];
	if (!path_join(path, sizeof path, server->site->arguments->data, STORE_FILE_NAME))
		return -ENAMETOOLONG;
	int r = stores_open(&server->stores, path, server->site->config);
	if (r < 0) {
		log_error("web: %s: %s", path, strerror(-r));
		return r;
	}
	snprintf(server->log_path, sizeof server->log_path, "%s", path);
	server->log_file = log_file(server);
	tap_log_recall_time(server->stores.read);
	server->outlet = outlet_create();
	r = server->outlet ? start_lanes(server, path) : -ENOMEM;
	if (r < 0)
		return r;
	server->watch = watch_create(server->site, server->lanes[LANE_READ], server->stores.read);
	sweep_init(&server->sweep, server->site, server->lanes[LANE_LONG]);
	server->page = start_page(server, options);
	if (options->plain_fd >= 0)
		server->plain = start_plain(server, options->plain_fd);
	if (server->watch && server->page && (server->plain || options->plain_fd < 0))
		return 0;
	log_error("web: libmicrohttpd does not start");
	return -EIO;
}

int server_create(
	struct server **ret, const struct site *site, const struct server_options *options)
{
	struct server *server = calloc(1, sizeof *server);
	if (!server)
		return -ENOMEM;
	server->site = site;
	server->certificate = options->certificate;
	server->signal_fd = options->signal_fd;
	const int r = start(server, options);
	if (r < 0) {
		if (!server->page && options->listen_fd >= 0)
			close(options->listen_fd);
		if (!server->plain && options->plain_fd >= 0)
			close(options->plain_fd);
		server_destroy(server);
		return r;
	}
	*ret = server;
	return 0;
}

void server_destroy(struct server *server)
{
	if (!server)
		return;
	/* What is away comes back first, and what waits is woken: a suspended connection can not
	 * end. */
	for (int i = 0; i < LANE_COUNT; i++)
		lane_destroy(server->lanes[i]);
	if (server->outlet)
		outlet_wake(server->outlet, true);
	if (server->plain)
		MHD_stop_daemon(server->plain);
	if (server->page)
		MHD_stop_daemon(server->page);
	watch_destroy(server->watch);
	outlet_destroy(server->outlet);
	stores_close(&server->stores);
	free(server);
}

static void feed_watchdog(struct server *server, int64_t at_ms)
{
	const int64_t period_ms = service_watchdog_ms();
	if (!period_ms || at_ms - server->fed_ms < period_ms / 2)
		return;
	server->fed_ms = at_ms;
	service_feed_watchdog();
}

/* The kiosk put a backup in its place: what is open here is the file of before. */
static bool log_was_replaced(const struct server *server)
{
	const ino_t now = log_file(server);
	return now && server->log_file && now != server->log_file;
}

static void do_timed_work(struct server *server)
{
	const int64_t at_ms = now_ms();
	watch_tick(server->watch, at_ms);
	server->woken = outlet_wake(server->outlet, false);
	feed_watchdog(server, at_ms);
	if (at_ms - server->second_ms >= SECOND_MS) {
		server->second_ms = at_ms;
		server->replaced |= log_was_replaced(server);
		callers_tick(&server->callers, at_ms);
		sweep_tick(&server->sweep, at_ms);
	}
	if (server->certificate && at_ms - server->certificate_ms >= CERTIFICATE_MS) {
		server->certificate_ms = at_ms;
		certificate_reload(server->certificate);
	}
}

enum { SLOT_SIGNAL, SLOT_PAGE, SLOT_PLAIN, SLOT_LANE, SLOT_COUNT = SLOT_LANE + LANE_COUNT };

static int epoll_fd(struct MHD_Daemon *daemon)
{
	const union MHD_DaemonInfo *info =
		daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
	return info ? info->epoll_fd : -1;
}

static void fill_slots(const struct server *server, struct pollfd slots[SLOT_COUNT])
{
	for (size_t i = 0; i < SLOT_COUNT; i++)
		slots[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
	slots[SLOT_SIGNAL].fd = server->signal_fd;
	slots[SLOT_PAGE].fd = epoll_fd(server->page);
	slots[SLOT_PLAIN].fd = epoll_fd(server->plain);
	for (int i = 0; i < LANE_COUNT; i++)
		if (server->lanes[i])
			slots[SLOT_LANE + i].fd = lane_fd(server->lanes[i]);
}

static int sooner(int wait_ms, int64_t other_ms)
{
	return wait_ms < 0 || other_ms < wait_ms ? (int)other_ms : wait_ms;
}

static int daemon_wait_ms(struct MHD_Daemon *daemon, int wait_ms)
{
	MHD_UNSIGNED_LONG_LONG timeout_ms;
	if (!daemon || MHD_get_timeout(daemon, &timeout_ms) != MHD_YES)
		return wait_ms;
	return sooner(wait_ms, timeout_ms > SECOND_MS ? SECOND_MS : (int64_t)timeout_ms);
}

/* Without anybody there, nothing wakes it but the watchdog's time and the certificate's. */
static int wait_ms(struct server *server)
{
	int wait = (int)(server->certificate ? CERTIFICATE_MS : -1);
	const int64_t period_ms = service_watchdog_ms();
	if (period_ms)
		wait = sooner(wait, period_ms / 2);
	if (callers_need_tick(&server->callers))
		wait = sooner(wait, SECOND_MS);
	if (server->woken)
		return 0;
	if (hub_watchers(server->site->hub) > 0)
		wait = sooner(wait, STREAM_TURN_MS);
	wait = daemon_wait_ms(server->page, wait);
	return daemon_wait_ms(server->plain, wait);
}

void server_turn(struct server *server, int most_ms)
{
	struct pollfd slots[SLOT_COUNT];
	int wait = wait_ms(server);
	if (most_ms >= 0)
		wait = sooner(wait, most_ms);
	fill_slots(server, slots);
	if (poll(slots, SLOT_COUNT, wait) < 0 && errno != EINTR)
		server->stopping = true;
	for (int i = 0; i < LANE_COUNT; i++)
		if (slots[SLOT_LANE + i].revents)
			lane_collect(server->lanes[i]);
	MHD_run(server->page);
	if (server->plain)
		MHD_run(server->plain);
	do_timed_work(server);
	server->stopping |= slots[SLOT_SIGNAL].revents != 0;
}

bool server_run(struct server *server)
{
	while (!server->stopping && !server->replaced)
		server_turn(server, -1);
	return !server->stopping && server->replaced;
}
