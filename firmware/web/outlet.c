/* From a filled response to libmicrohttpd. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "web/cookie.h"
#include "web/visit.h"

#define STREAM_BLOCK_BYTES 16384
#define BROWSER_COOKIE_S (365 * 24 * 3600)

/* A body in pieces; lives as long as libmicrohttpd's response. */
struct flow {
	struct outlet *outlet;
	struct MHD_Connection *connection;
	ssize_t (*read)(void *context, char *buffer, size_t size);
	bool (*ready)(void *context);
	void (*destroy)(void *context);
	const char *(*trailer)(void *context);
	const char *trailer_name;
	void *context;
	struct MHD_Response *response;
	bool waiting;
	struct flow *next, *previous;
};

struct outlet {
	struct flow *flows;
};

struct outlet *outlet_create(void)
{
	return calloc(1, sizeof(struct outlet));
}

void outlet_destroy(struct outlet *outlet)
{
	free(outlet);
}

bool outlet_wake(struct outlet *outlet, bool all)
{
	bool any = false;
	for (struct flow *flow = outlet->flows; flow; flow = flow->next) {
		if (!flow->waiting || !(all || !flow->ready || flow->ready(flow->context)))
			continue;
		flow->waiting = false;
		MHD_resume_connection(flow->connection);
		any = true;
	}
	return any;
}

static ssize_t flow_read(void *context, uint64_t position, char *buffer, size_t size)
{
	struct flow *flow = context;
	(void)position;
	const ssize_t got = flow->read(flow->context, buffer, size);
	if (got > 0)
		return got;
	if (got == STREAM_LATER) {
		flow->waiting = true;
		MHD_suspend_connection(flow->connection);
		return 0;
	}
	if (got != STREAM_END)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (flow->trailer)
		MHD_add_response_footer(
			flow->response, flow->trailer_name, flow->trailer(flow->context));
	return MHD_CONTENT_READER_END_OF_STREAM;
}

static void flow_free(void *context)
{
	struct flow *flow = context;
	if (flow->previous)
		flow->previous->next = flow->next;
	else
		flow->outlet->flows = flow->next;
	if (flow->next)
		flow->next->previous = flow->previous;
	if (flow->destroy)
		flow->destroy(flow->context);
	free(flow);
}

static struct MHD_Response *of_stream(struct visit *visit)
{
	struct response *from = &visit->response;
	struct outlet *outlet = server_outlet(visit->server);
	struct flow *flow = calloc(1, sizeof *flow);
	if (!flow)
		return NULL;
	*flow = (struct flow){ .outlet = outlet,
		.connection = visit->connection,
		.read = from->read,
		.ready = from->ready,
		.destroy = from->destroy,
		.trailer = from->trailer,
		.trailer_name = from->trailer_name,
		.context = from->context,
		.next = outlet->flows };
	from->destroy = NULL;
	if (outlet->flows)
		outlet->flows->previous = flow;
	outlet->flows = flow;
	struct MHD_Response *response = MHD_create_response_from_callback(
		MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, flow_read, flow, flow_free);
	flow->response = response;
	if (!response)
		flow_free(flow);
	return response;
}

static struct MHD_Response *of_bytes(struct response *from)
{
	const bool lasting = from->bytes_static || !from->bytes;
	struct MHD_Response *response = MHD_create_response_from_buffer(from->length, from->bytes,
		lasting ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_FREE);
	if (response && !lasting)
		from->bytes = NULL;
	return response;
}

static struct MHD_Response *of_file(struct response *from)
{
	struct MHD_Response *response = MHD_create_response_from_fd64(from->length, from->fd);
	if (response)
		from->fd = -1;
	return response;
}

/* organiser.md 2, and what OWASP ASVS 14.4 asks besides. */
static const struct {
	const char *name, *value;
} always[] = {
	{ "Content-Security-Policy",
		"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
		"connect-src "
		"'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), microphone=(), geolocation=()" },
};

static void add_cookie(
	struct MHD_Response *response, const char *name, const char *value, int64_t age_s)
{
	char cookie[256];
	snprintf(cookie, sizeof cookie,
		"%s=%s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=%" PRId64, name, value,
		age_s);
	MHD_add_response_header(response, "Set-Cookie", cookie);
}

static void add_headers(struct visit *visit, struct MHD_Response *response)
{
	struct request *request = &visit->request;
	struct response *from = &visit->response;
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
		MHD_add_response_header(response, always[i].name, always[i].value);
	/* With a certificate of our own a browser asks once; it must then not be forbidden to. */
	if (!request->site->own_certificate)
		MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
	if (!from->cacheable)
		MHD_add_response_header(response, "Cache-Control", "no-store");
	if (from->media_type)
		MHD_add_response_header(response, "Content-Type", from->media_type);
	for (size_t i = 0; i < from->header_count; i++)
		MHD_add_response_header(response, from->headers[i].name, from->headers[i].value);
	if (from->sets_session)
		add_cookie(response, COOKIE_SESSION, from->session, from->session_ms / 1000);
	if (request->browser_is_new && request->browser_token[0] && !from->cacheable)
		add_cookie(response, COOKIE_BROWSER, request->browser_token, BROWSER_COOKIE_S);
}

enum MHD_Result outlet_send(struct visit *visit)
{
	struct response *from = &visit->response;
	struct MHD_Response *response = from->kind == BODY_STREAM ? of_stream(visit)
					: from->kind == BODY_FILE ? of_file(from)
								  : of_bytes(from);
	if (!response)
		return MHD_NO;
	add_headers(visit, response);
	const enum MHD_Result sent = MHD_queue_response(visit->connection, from->status, response);
	MHD_destroy_response(response);
	return sent;
}
