#include "web/harness.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "web/fleet.h"
#include "web/health.h"
#include "web/hub.h"
#include "web/limits.h"

static struct config config;
static struct arguments arguments;
static struct site site;
static pthread_t thread;
static bool threaded;
static int stop_fd = -1;

static void *serve_all(void *context)
{
	server_run(context);
	return NULL;
}

static int sign_in(struct harness *harness)
{
	char hash[SECRET_HASH_SIZE];
	uint8_t digest[SECRET_DIGEST_BYTES];
	struct moment now;
	int64_t id;
	clock_read(&now);
	int r = secret_hash_password(hash, "vier gewone woorden");
	if (r == 0)
		r = account_set_password(harness->store, ROLE_ORGANISER, hash, now.wall_ms);
	for (int role = ROLE_SETUP; role < ROLE_COUNT && r == 0; role++) {
		const struct session_owner owner = { .role = (enum role)role, .who = "Marit" };
		r = session_begin(
			harness->store, &owner, &now, SESSION_MS, harness->sessions[role]);
	}
	const struct api_token token = { .name = "program",
		.role = ROLE_ORGANISER,
		.read_only = true,
		.made_ms = now.wall_ms,
		.expires_ms = now.wall_ms + 3600000 };
	secret_digest(digest, "form", BROWSER);
	secret_write_digest(harness->form_token, digest);
	return r < 0 ? r : api_token_make(harness->store, &token, harness->read_token, &id);
}

static int port_of(int fd)
{
	struct sockaddr_in address = { .sin_port = 0 };
	socklen_t length = sizeof address;
	return getsockname(fd, (struct sockaddr *)&address, &length) == 0 ? ntohs(address.sin_port)
									  : -errno;
}

static int open_server(struct harness *harness)
{
	struct server_options options = { .plain_fd = -1 };
	int r = server_listen(&options.listen_fd, "127.0.0.1", 0);
	if (r < 0)
		return r;
	harness->port = port_of(options.listen_fd);
	options.signal_fd = stop_fd = eventfd(0, EFD_NONBLOCK);
	config_defaults(&config);
	arguments = (struct arguments){ .data = harness->directory, .run = harness->directory };
	site = (struct site){ .config = &config,
		.arguments = &arguments,
		.own_certificate = true,
		.hub = hub_create(),
		.limits = limits_create(),
		.health = health_create(harness->directory),
		.fleet = fleet_create() };
	return server_create(&harness->server, &site, &options);
}

int harness_start(struct harness *ret, bool with_thread)
{
	char path[128];
	*ret = (struct harness){ .directory = "/tmp/incheckpaal-web.XXXXXX" };
	if (!mkdtemp(ret->directory) || seal_start() < 0)
		return -EIO;
	snprintf(path, sizeof path, "%s/" STORE_FILE_NAME, ret->directory);
	int r = store_open(&ret->store, path, STORE_WRITE);
	if (r == 0)
		r = sign_in(ret);
	if (r == 0)
		r = open_server(ret);
	threaded = with_thread;
	if (r == 0 && threaded)
		r = -pthread_create(&thread, NULL, serve_all, ret->server);
	return r;
}

void harness_stop(struct harness *harness)
{
	char command[128];
	eventfd_write(stop_fd, 1);
	if (threaded)
		pthread_join(thread, NULL);
	server_destroy(harness->server);
	hub_destroy(site.hub);
	limits_destroy(site.limits);
	health_destroy(site.health);
	fleet_destroy(site.fleet);
	store_close(harness->store);
	close(stop_fd);
	snprintf(command, sizeof command, "rm -rf %s", harness->directory);
	if (system(command) != 0)
		fprintf(stderr, "harness: %s stays\n", harness->directory);
}

int harness_connect(const struct harness *harness)
{
	const struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)harness->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct timeval patience = { .tv_sec = 60 };
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (connect(fd, (const struct sockaddr *)&address, sizeof address) < 0) {
		close(fd);
		return -errno;
	}
	return fd;
}

static void send_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		const ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		bytes += sent;
		length -= (size_t)sent;
	}
}

void harness_send(
	const struct harness *harness, const char *bytes, size_t length, struct reply *ret)
{
	const int fd = harness_connect(harness);
	ret->status = 0;
	ret->length = 0;
	ret->text[0] = '\0';
	if (fd < 0)
		return;
	send_all(fd, bytes, length);
	ssize_t got;
	while (ret->length < REPLY_BYTES - 1 &&
		(got = recv(fd, ret->text + ret->length, REPLY_BYTES - 1 - ret->length, 0)) > 0)
		ret->length += (size_t)got;
	ret->text[ret->length] = '\0';
	close(fd);
	const char *rest =
		strncmp(ret->text, "HTTP/1.1 100", 12) == 0 ? strstr(ret->text, "\r\n\r\n") : NULL;
	if (rest) {
		ret->length -= (size_t)(rest + 4 - ret->text);
		memmove(ret->text, rest + 4, ret->length + 1);
	}
	if (sscanf(ret->text, "HTTP/1.%*d %d", &ret->status) != 1)
		ret->status = 0;
}

void harness_ask(const struct harness *harness, const char *method, const char *path,
	enum role role, const char *extra, const char *form, struct reply *ret)
{
	static char request[65536];
	char cookie[256] = "Cookie: __Host-browser=" BROWSER "\r\n", body[256] = "";
	if (role != ROLE_NONE)
		snprintf(cookie, sizeof cookie,
			"Cookie: __Host-browser=" BROWSER "; __Host-session=%s\r\n",
			harness->sessions[role]);
	if (form)
		snprintf(body, sizeof body,
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
			"%zu\r\n",
			strlen(form));
	const int length = snprintf(request, sizeof request,
		"%s %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n%s%s%s\r\n%s", method,
		path, harness->port, cookie, extra, body, form ? form : "");
	harness_send(harness, request, (size_t)length, ret);
}

const char *reply_header(const struct reply *reply, const char *name)
{
	static char value[1024];
	const size_t length = strlen(name);
	value[0] = '\0';
	for (const char *line = strstr(reply->text, "\r\n"); line; line = strstr(line, "\r\n")) {
		line += 2;
		if (line[0] == '\r')
			break;
		if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
			snprintf(value, sizeof value, "%.*s", (int)strcspn(line + length + 2, "\r"),
				line + length + 2);
			break;
		}
	}
	return value;
}
