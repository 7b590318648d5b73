/**
 * The central PostgreSQL: one connection, on which one thing is asked at a time. Waiting for it
 * feeds the watchdog, and ends when the program is told to end.
 *
 * 0 or -errno: -EPIPE the hub went, or never came; -ECANCELED the program is to end; -EPERM the hub
 * refuses, and would again (a right or the schema is missing); -EEXIST the row is there already;
 * -EIO anything else it finds fault with. hub_words then says what, without the password.
 */
#ifndef SYNC_HUB_H
#define SYNC_HUB_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "core/copy_line.h"

struct hub;

/* @signal_fd becomes readable when the program is to end. */
int hub_create(struct hub **ret, int signal_fd);
void hub_destroy(struct hub *hub); /* NULL is fine */
const char *hub_words(const struct hub *hub);

/* @string is libpq's. What it does not say: sslmode=verify-full by the system's certificates, which
 * libpq passes over on a Unix socket, and no encryption by Kerberos. */
int hub_connect(struct hub *hub, const char *string);
bool hub_is_connected(const struct hub *hub);
void hub_disconnect(struct hub *hub); /* fine when there is none */

/* Runs one statement with text parameters. @ret_rows, which may be NULL: PQclear by the caller. */
int hub_run(struct hub *hub, const char *statement, int count, const char *const *parameters,
	PGresult **ret_rows);

/* A column that was asked for in hexadecimal; false for anything but @length bytes. */
bool hub_read_bytes(const PGresult *rows, int row, int column, uint8_t *ret, size_t length);

/* COPY FROM STDIN: begin, lines, end. A line is kept in memory and never waits for the network. */
int hub_copy_begin(struct hub *hub, const char *statement);
int hub_copy_line(struct hub *hub, const struct copy_line *line);
/* @r: 0, or why not to go on, which is then returned, and nothing was copied. */
int hub_copy_end(struct hub *hub, int r);

#endif
