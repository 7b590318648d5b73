#include "sync/hub.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/service.h"
#include "base/sync_state.h"
#include "core/text.h"

#define PATIENCE_MS 30000 /* without a byte from the hub */
#define SLICE_MS 5000     /* a watchdog that is half as patient as systemd's least */
#define SYSTEM_CERTIFICATES "/etc/ssl/certs/ca-certificates.crt"

struct hub {
	PGconn *connection; /* NULL for none */
	int signal_fd;
	char words[SYNC_WORDS_SIZE];
};

int hub_create(struct hub **ret, int signal_fd)
{
	struct hub *hub = calloc(1, sizeof *hub);
	if (!hub)
		return -ENOMEM;
	hub->signal_fd = signal_fd;
	*ret = hub;
	return 0;
}

void hub_destroy(struct hub *hub)
{
	if (hub)
		hub_disconnect(hub);
	free(hub);
}

const char *hub_words(const struct hub *hub)
{
	return hub->words;
}

bool hub_is_connected(const struct hub *hub)
{
	return hub->connection && PQstatus(hub->connection) == CONNECTION_OK;
}

void hub_disconnect(struct hub *hub)
{
	PQfinish(hub->connection);
	hub->connection = NULL;
}

/* PostgreSQL's words are lines with a detail on the second, which may hold a row's data. */
static int trouble(struct hub *hub, const char *words, int r)
{
	utf8_clip(hub->words, sizeof hub->words, words ? words : "");
	hub->words[strcspn(hub->words, "\r\n")] = '\0';
	return r;
}

static int wait_for(struct hub *hub, short events)
{
	const int64_t until_ms = clock_mono_ns() / 1000000 + PATIENCE_MS;
	struct pollfd slots[] = { { PQsocket(hub->connection), events, 0 },
		{ hub->signal_fd, POLLIN, 0 } };
	while (clock_mono_ns() / 1000000 < until_ms) {
		const int ready = poll(slots, 2, SLICE_MS);
		service_feed_watchdog();
		if (ready < 0 && errno != EINTR)
			return -errno;
		if (ready > 0 && slots[1].revents)
			return trouble(hub, "told to end", -ECANCELED);
		if (ready > 0)
			return 0;
	}
	hub_disconnect(hub);
	return trouble(hub, "the hub does not answer any more", -EPIPE);
}

static int finish_connecting(struct hub *hub)
{
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;
	int r = 0;
	while (r == 0 && status != PGRES_POLLING_OK) {
		r = wait_for(hub, status == PGRES_POLLING_READING ? POLLIN : POLLOUT);
		if (r < 0)
			return r;
		status = PQconnectPoll(hub->connection);
		if (status == PGRES_POLLING_FAILED)
			r = trouble(hub, PQerrorMessage(hub->connection), -EPIPE);
	}
	return r;
}

/* libpq repeats the part that it does not understand, which may be of the password. */
static bool is_understood(const char *string)
{
	PQconninfoOption *options = PQconninfoParse(string, NULL);
	PQconninfoFree(options);
	return options != NULL;
}

int hub_connect(struct hub *hub, const char *string)
{
	const bool has_system = access(SYSTEM_CERTIFICATES, R_OK) == 0;
	/* Of what is named twice the last holds. */
	const char *const names[] = { "application_name", "gssencmode", "sslmode",
		has_system ? "sslrootcert" : "sslmode", "dbname", NULL };
	const char *const values[] = { "incheckpaal-sync", "disable", "verify-full",
		has_system ? SYSTEM_CERTIFICATES : "verify-full", string, NULL };
	hub_disconnect(hub);
	if (!is_understood(string))
		return trouble(hub, "[sync] hub is no connection string of libpq", -EPERM);
	hub->connection = PQconnectStartParams(names, values, 1);
	if (!hub->connection)
		return trouble(hub, "out of memory", -ENOMEM);
	int r = PQstatus(hub->connection) == CONNECTION_BAD
			? trouble(hub, PQerrorMessage(hub->connection), -EPIPE)
			: finish_connecting(hub);
	if (r == 0 && PQsetnonblocking(hub->connection, 1) < 0)
		r = trouble(hub, PQerrorMessage(hub->connection), -EPIPE);
	if (r < 0)
		hub_disconnect(hub);
	return r;
}

static int lost(struct hub *hub)
{
	trouble(hub, PQerrorMessage(hub->connection), 0);
	hub_disconnect(hub);
	return -EPIPE;
}

/* Sends what waits in libpq's buffer. */
static int flush(struct hub *hub)
{
	int r;
	while ((r = PQflush(hub->connection)) > 0) {
		r = wait_for(hub, POLLIN | POLLOUT);
		if (r < 0)
			return r;
		if (!PQconsumeInput(hub->connection))
			return lost(hub);
	}
	return r < 0 ? lost(hub) : 0;
}

static int trouble_of(struct hub *hub, const PGresult *result)
{
	static const struct {
		const char *state; /* the first letters of a SQLSTATE */
		int trouble;
	} rows[] = {
		{ "42", -EPERM },    /* no right, no such table */
		{ "3F", -EPERM },    /* no schema */
		{ "25006", -EPERM }, /* a copy that is only read */
		{ "23505", -EEXIST },
	};
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	trouble(hub, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY), 0);
	if (PQstatus(hub->connection) == CONNECTION_BAD || !state)
		return lost(hub);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strncmp(state, rows[i].state, strlen(rows[i].state)) == 0)
			return rows[i].trouble;
	return -EIO;
}

static int next_result(struct hub *hub, PGresult **ret)
{
	while (PQisBusy(hub->connection)) {
		const int r = wait_for(hub, POLLIN);
		if (r < 0)
			return r;
		if (!PQconsumeInput(hub->connection))
			return lost(hub);
	}
	*ret = PQgetResult(hub->connection);
	return 0;
}

/* To the end of what was asked; the first trouble counts. @ret_rows gets the last result. */
static int take_results(struct hub *hub, PGresult **ret_rows)
{
	int r = 0;
	for (;;) {
		PGresult *result = NULL;
		const int got = next_result(hub, &result);
		if (got < 0 || !result)
			return got < 0 ? got : r;
		const ExecStatusType status = PQresultStatus(result);
		if (r == 0 && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
			r = trouble_of(hub, result);
		if (ret_rows && r == 0) {
			PQclear(*ret_rows);
			*ret_rows = result;
		} else {
			PQclear(result);
		}
		if (!hub->connection)
			return r;
	}
}

static int ask(struct hub *hub, const char *statement, int count, const char *const *parameters)
{
	if (!hub_is_connected(hub))
		return trouble(hub, "the connection is gone", -EPIPE);
	if (!PQsendQueryParams(hub->connection, statement, count, NULL, parameters, NULL, NULL, 0))
		return lost(hub);
	return flush(hub);
}

int hub_run(struct hub *hub, const char *statement, int count, const char *const *parameters,
	PGresult **ret_rows)
{
	PGresult *rows = NULL;
	int r = ask(hub, statement, count, parameters);
	if (r == 0)
		r = take_results(hub, &rows);
	if (r == 0 && ret_rows)
		*ret_rows = rows;
	else
		PQclear(rows);
	return r;
}

bool hub_read_bytes(const PGresult *rows, int row, int column, uint8_t *ret, size_t length)
{
	const char *text = PQgetvalue(rows, row, column);
	if (strlen(text) != 2 * length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (sscanf(text + 2 * i, "%2hhx", &ret[i]) != 1)
			return false;
	return true;
}

int hub_copy_begin(struct hub *hub, const char *statement)
{
	PGresult *result = NULL;
	int r = ask(hub, statement, 0, NULL);
	if (r == 0)
		r = next_result(hub, &result);
	if (r < 0)
		return r;
	if (PQresultStatus(result) != PGRES_COPY_IN)
		r = trouble_of(hub, result);
	PQclear(result);
	if (r < 0 && hub->connection)
		take_results(hub, NULL);
	return r;
}

int hub_copy_line(struct hub *hub, const struct copy_line *line)
{
	return PQputCopyData(hub->connection, line->text, (int)line->length) == 1 ? 0 : lost(hub);
}

int hub_copy_end(struct hub *hub, int r)
{
	char words[SYNC_WORDS_SIZE];
	if (!hub_is_connected(hub))
		return r < 0 ? r : -EPIPE;
	if (PQputCopyEnd(hub->connection, r < 0 ? "the log can not be read" : NULL) != 1)
		return lost(hub);
	memcpy(words, hub->words, sizeof words);
	int ended = flush(hub);
	if (ended == 0)
		ended = take_results(hub, NULL);
	if (r < 0) /* not what the hub says to our giving up */
		memcpy(hub->words, words, sizeof words);
	return r < 0 ? r : ended;
}
