/* From libmicrohttpd's connection to a struct request that handlers can trust. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "core/text.h"
#include "web/cookie.h"
#include "web/escape.h"
#include "web/guard.h"
#include "web/visit.h"

#define FIELDS_MAX 2000
#define FIELD_BYTES_MAX FORM_LIMIT_BYTES
#define UPLOADS_MAX 2
#define PATH_MAX_BYTES 1024
#define POST_BUFFER_BYTES 4096

static void refuse(struct visit *visit, unsigned status, const char *key)
{
	if (visit->state != VISIT_READING)
		return;
	respond_fault(&visit->response, status, key);
	visit->state = VISIT_REFUSED;
}

static bool is_plain_text(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		const unsigned char c = (unsigned char)text[i];
		if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
			return false;
	}
	return utf8_is_valid(text, length);
}

static enum MHD_Result take_query(
	void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct visit *visit = context;
	(void)kind;
	char *copy = strdup(value ? value : "");
	if (!copy || !unescape(copy) || !is_plain_text(copy, strlen(copy)) ||
		!is_plain_text(name, strlen(name)) || visit->request.query.count == FIELDS_MAX)
		refuse(visit, 400, "utf8");
	else if (!pairs_add(&visit->request.query, name, copy))
		refuse(visit, 503, "busy");
	free(copy);
	return MHD_YES;
}

static const char *header(const struct visit *visit, const char *name)
{
	return MHD_lookup_connection_value(visit->connection, MHD_HEADER_KIND, name);
}

static void note_address(struct visit *visit)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(visit->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info ? info->client_addr : NULL;
	struct request *request = &visit->request;
	if (address && address->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)address;
		inet_ntop(AF_INET, &in->sin_addr, request->address, sizeof request->address);
	} else if (address && address->sa_family == AF_INET6) {
		/* A household has a /64: counted as one. */
		struct in6_addr net =
			((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
		if (!IN6_IS_ADDR_V4MAPPED(&net))
			memset(net.s6_addr + 8, 0, 8);
		inet_ntop(AF_INET6, &net, request->address, sizeof request->address);
	}
}

static enum shape shape_of(const char *accept)
{
	if (!accept || strstr(accept, "text/html"))
		return SHAPE_HTML;
	if (strstr(accept, "application/json"))
		return SHAPE_JSON;
	return SHAPE_TEXT;
}

static enum language language_of(const struct visit *visit)
{
	char chosen[8];
	if (cookie_find(chosen, sizeof chosen, header(visit, "Cookie"), COOKIE_LANGUAGE))
		return strcmp(chosen, "en") == 0 ? LANGUAGE_EN : LANGUAGE_NL;
	const char *accept = header(visit, "Accept-Language");
	if (accept && strncasecmp(accept, "en", 2) == 0)
		return LANGUAGE_EN;
	if (accept && strncasecmp(accept, "nl", 2) == 0)
		return LANGUAGE_NL;
	return (enum language)request_config(&visit->request)->kiosk.language;
}

static void note_cookies(struct visit *visit)
{
	struct request *request = &visit->request;
	const char *cookies = header(visit, "Cookie");
	cookie_find(request->session_token, sizeof request->session_token, cookies, COOKIE_SESSION);
	request->browser_is_new = !cookie_find(
		request->browser_token, sizeof request->browser_token, cookies, COOKIE_BROWSER);
	if (request->browser_is_new)
		secret_draw_token(request->browser_token);
}

static bool note_method(struct visit *visit, const char *method)
{
	visit->request.method = strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_GET;
	return strcmp(method, "POST") == 0 || strcmp(method, "GET") == 0 ||
	       strcmp(method, "HEAD") == 0;
}

static void find_route(struct visit *visit, bool known_method)
{
	struct request *request = &visit->request;
	unsigned allow;
	request->route = route_find(request->method, request->path, request->parameters, &allow);
	if (request->route && known_method)
		return;
	refuse(visit, allow ? 405 : 404, "");
	if (allow)
		respond_header(&visit->response, "Allow",
			allow == 1U << METHOD_GET    ? "GET, HEAD"
			: allow == 1U << METHOD_POST ? "POST"
						     : "GET, HEAD, POST");
}

/* Whether more comes than this route takes; who says so beforehand is told before sending it. */
static void check_length(struct visit *visit)
{
	const char *length = header(visit, "Content-Length");
	if (length && strtoull(length, NULL, 10) > visit->body_limit)
		refuse(visit, 413, "");
}

static enum MHD_Result take_field(void *context, enum MHD_ValueKind kind, const char *name,
	const char *filename, const char *type, const char *encoding, const char *data,
	uint64_t offset, size_t length);

static void open_body(struct visit *visit)
{
	const char *length = header(visit, "Content-Length");
	if (!header(visit, "Content-Type") && (!length || strcmp(length, "0") == 0) &&
		!header(visit, "Transfer-Encoding"))
		return; /* a POST without a body is fine */
	visit->body =
		MHD_create_post_processor(visit->connection, POST_BUFFER_BYTES, take_field, visit);
	if (!visit->body)
		refuse(visit, 415, "");
}

void intake_head(struct visit *visit, const char *method, const char *url)
{
	struct request *request = &visit->request;
	const bool known = note_method(visit, method);
	const char *accept = header(visit, "Accept");
	const bool is_text = is_plain_text(url, strlen(url));
	request->path = is_text ? strndup(url, PATH_MAX_BYTES) : strdup("/");
	request->shape = shape_of(accept);
	visit->body_limit = FORM_LIMIT_BYTES;
	const char *encodings = header(visit, "Accept-Encoding");
	const char *tag = header(visit, "If-None-Match");
	request->takes_gzip = encodings && strstr(encodings, "gzip");
	utf8_clip(request->if_none_match, sizeof request->if_none_match, tag ? tag : "");
	note_address(visit);
	note_cookies(visit);
	request->language = language_of(visit);
	guard_identify(request, header(visit, "Authorization"));
	if (!request->path) {
		refuse(visit, 503, "busy");
		return;
	}
	if (!is_text)
		refuse(visit, 400, "utf8");
	if (strlen(url) >= PATH_MAX_BYTES)
		refuse(visit, 414, "");
	MHD_get_connection_values(visit->connection, MHD_GET_ARGUMENT_KIND, take_query, visit);
	const struct origin origin = { .host = header(visit, "Host"),
		.origin = header(visit, "Origin"),
		.site = header(visit, "Sec-Fetch-Site"),
		.mode = header(visit, "Sec-Fetch-Mode") };
	if (visit->state == VISIT_READING && known && origin_is_ours(&origin, request->method) &&
		serve_language(request, &visit->response)) {
		visit->state = VISIT_REFUSED; /* as far as pages go */
		return;
	}
	find_route(visit, known);
	if (visit->state != VISIT_READING)
		return;
	if (request->route->body_limit)
		visit->body_limit = request->route->body_limit;
	guard_head(request, &origin, &visit->response);
	if (visit->response.status)
		visit->state = VISIT_REFUSED;
	check_length(visit);
	if (visit->state == VISIT_READING && request->method == METHOD_POST)
		open_body(visit);
}

static bool take_text(
	struct visit *visit, const char *name, const char *data, size_t length, bool goes_on)
{
	struct pairs *fields = &visit->request.fields;
	if (fields->bytes + length > FIELD_BYTES_MAX || fields->count == FIELDS_MAX) {
		refuse(visit, 413, "");
		return false;
	}
	if (!goes_on || fields->count == 0) {
		if (!pairs_add(fields, name, ""))
			return false;
	}
	struct pair *pair = &fields->list[fields->count - 1];
	const size_t had = strlen(pair->value);
	char *grown = realloc(pair->value, had + length + 1);
	if (!grown)
		return false;
	pair->value = grown;
	fields->bytes += length;
	if (memchr(data, '\0', length)) {
		refuse(visit, 400, "utf8");
		return false;
	}
	memcpy(grown + had, data, length);
	grown[had + length] = '\0';
	return true;
}

static struct upload *begin_upload(struct visit *visit, const char *name, const char *filename)
{
	struct request *request = &visit->request;
	if (request->upload_count == UPLOADS_MAX)
		return NULL;
	if (!request->uploads)
		request->uploads = calloc(UPLOADS_MAX, sizeof *request->uploads);
	if (!request->uploads)
		return NULL;
	/* An unnamed file in the data directory: /tmp may be memory. */
	const int fd = open_unnamed(request->site->arguments->data);
	if (fd < 0)
		return NULL;
	struct upload *upload = &request->uploads[request->upload_count++];
	*upload = (struct upload){ .fd = fd };
	utf8_clip(upload->name, sizeof upload->name, name);
	utf8_clip(upload->filename, sizeof upload->filename, filename);
	return upload;
}

/* Looked at once a megabyte. */
static bool has_room(const struct visit *visit, const struct upload *upload, size_t more)
{
	if (upload->length >> 20 == (upload->length + more) >> 20)
		return true;
	const int64_t free_bytes = disk_free_bytes(visit->request.site->arguments->data);
	return free_bytes < 0 || free_bytes > SPARE_BYTES;
}

static bool take_file(struct visit *visit, const char *name, const char *filename, const char *data,
	size_t length, bool goes_on)
{
	struct request *request = &visit->request;
	if (!goes_on && length == 0)
		return true; /* a file field that was left empty */
	if (!request->route->body_limit)
		return false; /* no page of ours sends a file here */
	struct upload *upload = goes_on && request->upload_count
					? &request->uploads[request->upload_count - 1]
					: begin_upload(visit, name, filename);
	if (!upload || !has_room(visit, upload, length) ||
		write(upload->fd, data, length) != (ssize_t)length) {
		refuse(visit, 503, "full");
		return false;
	}
	upload->length += length;
	return true;
}

static enum MHD_Result take_field(void *context, enum MHD_ValueKind kind, const char *name,
	const char *filename, const char *type, const char *encoding, const char *data,
	uint64_t offset, size_t length)
{
	struct visit *visit = context;
	(void)kind;
	(void)type;
	(void)encoding;
	const bool goes_on = offset > 0;
	const bool taken = filename ? take_file(visit, name, filename, data, length, goes_on)
				    : take_text(visit, name, data, length, goes_on);
	return taken ? MHD_YES : MHD_NO;
}

void intake_body(struct visit *visit, const char *data, size_t length)
{
	visit->body_bytes += length;
	if (visit->state != VISIT_READING)
		return;
	if (visit->body_bytes > visit->body_limit)
		refuse(visit, 413, "");
	else if (!visit->body)
		refuse(visit, 415, "");
	else if (MHD_post_process(visit->body, data, length) != MHD_YES)
		refuse(visit, 400, "form");
}

void intake_end(struct visit *visit)
{
	struct request *request = &visit->request;
	if (visit->body && MHD_destroy_post_processor(visit->body) != MHD_YES)
		refuse(visit, 400, "form");
	visit->body = NULL;
	for (size_t i = 0; i < request->fields.count && visit->state == VISIT_READING; i++) {
		const struct pair *pair = &request->fields.list[i];
		if (!is_plain_text(pair->name, strlen(pair->name)) ||
			!is_plain_text(pair->value, strlen(pair->value)))
			refuse(visit, 400, "utf8");
	}
	if (visit->state != VISIT_READING)
		return;
	guard_body(request, &visit->response);
	if (visit->response.status)
		visit->state = VISIT_REFUSED;
}
