/**
 * What a handler answers. It fills one response; the server writes it as HTML, JSON or text as the
 * client accepts, and adds the headers that every answer has.
 *
 * A page is data: an object of jansson values, and the name of the template that shows it. The same
 * URL answers the data to "Accept: application/json".
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "web/request.h"

#define LOCATION_SIZE 512
#define HEADERS_MAX 6

enum body_kind { BODY_NONE, BODY_PAGE, BODY_TEXT, BODY_BYTES, BODY_FILE, BODY_STREAM };

struct response {
	unsigned status;
	enum body_kind kind;
	const char *template_name;
	json_t *data;
	char *bytes;       /* BODY_TEXT, BODY_BYTES */
	bool bytes_static; /* not to be freed */
	size_t length;
	int fd; /* BODY_FILE */
	ssize_t (*read)(void *context, char *buffer, size_t size);
	bool (*ready)(void *context);
	void (*destroy)(void *context);
	const char *(*trailer)(void *context);
	const char *trailer_name; /* static */
	void *context;
	const char *media_type; /* static */
	struct {
		const char *name; /* static */
		char *value;
	} headers[HEADERS_MAX];
	size_t header_count;
	bool cacheable; /* static files: not no-store */
	bool sets_session;
	char session[SECRET_TOKEN_SIZE]; /* "" ends it */
	int64_t session_ms;
	const char *fault_key; /* of an error page: which words explain it */
};

/* @data is taken, also on failure; NULL is an error of memory: -ENOMEM. All return 0 or -errno, so
 * that a handler may return what they return. */
int respond_page(
	struct response *response, unsigned status, const char *template_name, json_t *data);
/* 303, after every POST that worked. A path of this kiosk. */
int respond_see_other(struct response *response, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* An error page of its status, in the words of web.fault.@key ("" for those of the status). */
int respond_fault(struct response *response, unsigned status, const char *key);
/* Plain text; copied. */
int respond_text(struct response *response, unsigned status, const char *text);
/* Bytes that live for ever. */
int respond_static(
	struct response *response, const char *media_type, const void *bytes, size_t length);
/* malloc'ed bytes, taken. */
int respond_bytes(struct response *response, const char *media_type, char *bytes, size_t length);
/* An open file, taken; it is sent from its start. */
int respond_file(struct response *response, const char *media_type, int fd, size_t length);

/**
 * A body that comes in pieces. All three run on the loop's thread and must not wait. @read fills at
 * most @size bytes: how many, STREAM_END, STREAM_BROKEN, which breaks the connection off so that
 * nobody takes half for the whole, or STREAM_LATER, after which it is called again when @ready says
 * so (NULL: at the next turn of the loop). @destroy is called once, also when the client went away.
 */
#define STREAM_END (-1)
#define STREAM_LATER 0
#define STREAM_BROKEN (-2)
int respond_stream(struct response *response, const char *media_type,
	ssize_t (*read)(void *context, char *buffer, size_t size), bool (*ready)(void *context),
	void (*destroy)(void *context), void *context);

/* A header that comes after a stream, when @value knows it: asked once, after STREAM_END. */
int respond_trailer(
	struct response *response, const char *name, const char *(*value)(void *context));

/* The browser saves it under @filename, in which only letters, digits and -_. survive. */
int respond_as_attachment(struct response *response, const char *filename);
int respond_header(struct response *response, const char *name, const char *value); /* copied */
bool response_has_header(const struct response *response, const char *name);
/* Sets the session cookie for @length_ms; "" ends it. */
void respond_session(struct response *response, const char *token, int64_t length_ms);

void response_finish(struct response *response);

#endif
