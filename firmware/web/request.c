#include "web/request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool pairs_add(struct pairs *pairs, const char *name, const char *value)
{
	if (pairs->count == pairs->capacity) {
		const size_t capacity = pairs->capacity ? 2 * pairs->capacity : 8;
		struct pair *grown = realloc(pairs->list, capacity * sizeof *grown);
		if (!grown)
			return false;
		pairs->list = grown;
		pairs->capacity = capacity;
	}
	struct pair pair = { strdup(name), strdup(value) };
	if (!pair.name || !pair.value) {
		free(pair.name);
		free(pair.value);
		return false;
	}
	pairs->bytes += strlen(name) + strlen(value);
	pairs->list[pairs->count++] = pair;
	return true;
}

static const char *pairs_at(const struct pairs *pairs, const char *name, size_t index)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->list[i].name, name) == 0 && index-- == 0)
			return pairs->list[i].value;
	return NULL;
}

const char *pairs_get(const struct pairs *pairs, const char *name)
{
	return pairs_at(pairs, name, 0);
}

void pairs_finish(struct pairs *pairs)
{
	for (size_t i = 0; i < pairs->count; i++) {
		secret_forget(pairs->list[i].value, strlen(pairs->list[i].value));
		free(pairs->list[i].name);
		free(pairs->list[i].value);
	}
	free(pairs->list);
	*pairs = (struct pairs){ 0 };
}

const struct config *request_config(const struct request *request)
{
	return &request->stores.options->now;
}

const char *request_query(const struct request *request, const char *name)
{
	const char *value = pairs_get(&request->query, name);
	return value ? value : "";
}

const char *request_field(const struct request *request, const char *name)
{
	const char *value = pairs_get(&request->fields, name);
	return value ? value : "";
}

const char *request_field_at(const struct request *request, const char *name, size_t index)
{
	return pairs_at(&request->fields, name, index);
}

const struct upload *request_upload(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->upload_count; i++)
		if (strcmp(request->uploads[i].name, name) == 0)
			return &request->uploads[i];
	return NULL;
}

int upload_read(const struct upload *upload, struct bytes *ret)
{
	struct bytes bytes = { .data = malloc(upload->length + 1), .length = upload->length };
	size_t at = 0;
	if (!bytes.data)
		return -ENOMEM;
	while (at < bytes.length) {
		const ssize_t got =
			pread(upload->fd, bytes.data + at, bytes.length - at, (off_t)at);
		if (got <= 0) {
			bytes_free(&bytes);
			return got < 0 ? -errno : -EIO;
		}
		at += (size_t)got;
	}
	bytes.data[at] = '\0';
	*ret = bytes;
	return 0;
}

int request_number(const char *text, int least, int most, int fallback)
{
	char *end;
	const long number = strtol(text, &end, 10);
	return end == text || *end || number < least || number > most ? fallback : (int)number;
}

void request_finish(struct request *request)
{
	free(request->path);
	for (size_t i = 0; i < PARAMETERS_MAX; i++)
		free(request->parameters[i]);
	pairs_finish(&request->query);
	pairs_finish(&request->fields);
	for (size_t i = 0; i < request->upload_count; i++)
		close(request->uploads[i].fd);
	free(request->uploads);
	secret_forget(request->session_token, sizeof request->session_token);
	*request = (struct request){ 0 };
}
