#include "web/text_out.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_OUT_LEAST 4096

static bool has_room(struct text_out *out, size_t length)
{
	size_t size = out->size ? out->size : TEXT_OUT_LEAST;

	while (size - out->length <= length)
		size *= 2;
	if (size == out->size)
		return true;
	char *data = realloc(out->data, size);
	if (!data) {
		out->failed = true;
		return false;
	}
	out->data = data;
	out->size = size;
	return true;
}

void text_out_add(struct text_out *out, const char *text, size_t length)
{
	if (out->failed || !has_room(out, length))
		return;
	memcpy(out->data + out->length, text, length);
	out->length += length;
	out->data[out->length] = '\0';
}

void text_out_add_text(struct text_out *out, const char *text)
{
	text_out_add(out, text, strlen(text));
}

static const char *html_of(char letter)
{
	switch (letter) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return "&#39;";
	}
}

void text_out_add_html(struct text_out *out, const char *text)
{
	while (*text) {
		const size_t plain = strcspn(text, "&<>\"'");

		text_out_add(out, text, plain);
		text += plain;
		if (*text)
			text_out_add_text(out, html_of(*text++));
	}
}

char *text_out_take(struct text_out *out, size_t *ret_length)
{
	text_out_add(out, "", 0);
	char *data = out->failed ? NULL : out->data;

	if (data) {
		*ret_length = out->length;
		out->data = NULL;
	}
	text_out_finish(out);
	return data;
}

void text_out_finish(struct text_out *out)
{
	free(out->data);
	*out = (struct text_out){ 0 };
}
