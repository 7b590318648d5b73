#include "web/response.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Drops the body a handler gave before it thought better of it; headers and cookie stay. */
static void drop_body(struct response *response)
{
	json_decref(response->data);
	response->data = NULL;
	if (!response->bytes_static)
		free(response->bytes);
	response->bytes = NULL;
	response->bytes_static = false;
	if (response->kind == BODY_FILE && response->fd >= 0)
		close(response->fd);
	if (response->kind == BODY_STREAM && response->destroy)
		response->destroy(response->context);
	response->kind = BODY_NONE;
	response->trailer = NULL;
	response->length = 0;
	response->fault_key = NULL;
}

int respond_page(
	struct response *response, unsigned status, const char *template_name, json_t *data)
{
	drop_body(response);
	if (!data)
		return -ENOMEM;
	response->kind = BODY_PAGE;
	response->status = status;
	response->template_name = template_name;
	response->data = data;
	return 0;
}

int respond_header(struct response *response, const char *name, const char *value)
{
	char *copy = strdup(value);
	if (!copy || response->header_count == HEADERS_MAX) {
		free(copy);
		return -ENOMEM;
	}
	response->headers[response->header_count].name = name;
	response->headers[response->header_count++].value = copy;
	return 0;
}

bool response_has_header(const struct response *response, const char *name)
{
	for (size_t i = 0; i < response->header_count; i++)
		if (strcasecmp(response->headers[i].name, name) == 0)
			return true;
	return false;
}

int respond_see_other(struct response *response, const char *format, ...)
{
	char location[LOCATION_SIZE];
	va_list arguments;
	va_start(arguments, format);
	const int length = vsnprintf(location, sizeof location, format, arguments);
	va_end(arguments);
	if ((size_t)length >= sizeof location)
		return -EMSGSIZE;
	drop_body(response);
	response->status = 303;
	return respond_header(response, "Location", location);
}

int respond_fault(struct response *response, unsigned status, const char *key)
{
	drop_body(response);
	response->status = status;
	response->fault_key = key;
	return 0;
}

static int take_bytes(struct response *response, const char *media_type, char *bytes, size_t length)
{
	drop_body(response);
	response->kind = BODY_BYTES;
	response->status = 200;
	response->media_type = media_type;
	response->bytes = bytes;
	response->length = length;
	return bytes ? 0 : -ENOMEM;
}

int respond_bytes(struct response *response, const char *media_type, char *bytes, size_t length)
{
	return take_bytes(response, media_type, bytes, length);
}

int respond_static(
	struct response *response, const char *media_type, const void *bytes, size_t length)
{
	const int r = take_bytes(response, media_type, (char *)(uintptr_t)bytes, length);
	response->bytes_static = true;
	return r;
}

int respond_text(struct response *response, unsigned status, const char *text)
{
	char *copy = strdup(text);
	const int r = take_bytes(response, "text/plain; charset=utf-8", copy, strlen(text));
	response->status = status;
	return r;
}

int respond_file(struct response *response, const char *media_type, int fd, size_t length)
{
	drop_body(response);
	response->kind = BODY_FILE;
	response->status = 200;
	response->media_type = media_type;
	response->fd = fd;
	response->length = length;
	return 0;
}

int respond_stream(struct response *response, const char *media_type,
	ssize_t (*read)(void *context, char *buffer, size_t size), bool (*ready)(void *context),
	void (*destroy)(void *context), void *context)
{
	drop_body(response);
	response->kind = BODY_STREAM;
	response->status = 200;
	response->media_type = media_type;
	response->read = read;
	response->ready = ready;
	response->destroy = destroy;
	response->context = context;
	return 0;
}

int respond_trailer(
	struct response *response, const char *name, const char *(*value)(void *context))
{
	response->trailer_name = name;
	response->trailer = value;
	return respond_header(response, "Trailer", name);
}

int respond_as_attachment(struct response *response, const char *filename)
{
	char value[LOCATION_SIZE], *out = value;
	out += snprintf(value, sizeof value, "attachment; filename=\"");
	for (const char *c = filename; *c && out < value + sizeof value - 2; c++)
		*out++ = isalnum((unsigned char)*c) || strchr("-_.", *c) ? *c : '-';
	*out++ = '"';
	*out = '\0';
	return respond_header(response, "Content-Disposition", value);
}

void respond_session(struct response *response, const char *token, int64_t length_ms)
{
	response->sets_session = true;
	snprintf(response->session, sizeof response->session, "%s", token);
	response->session_ms = length_ms;
}

void response_finish(struct response *response)
{
	drop_body(response);
	for (size_t i = 0; i < response->header_count; i++)
		free(response->headers[i].value);
	secret_forget(response->session, sizeof response->session);
	*response = (struct response){ .fd = -1 };
}
