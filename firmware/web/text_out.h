/**
 * A text that grows: pages, mails, files made in memory. init/finish; the bytes are the caller's
 * until text_out_finish, or for good after text_out_take. Without memory it remembers so and adds
 * nothing more. Any thread, one at a time.
 */
#ifndef WEB_TEXT_OUT_H
#define WEB_TEXT_OUT_H

#include <stdbool.h>
#include <stddef.h>

struct text_out {
	char *data; /* malloc; NUL after @length; NULL while empty */
	size_t length, size;
	bool failed;
};

void text_out_add(struct text_out *out, const char *text, size_t length);
void text_out_add_text(struct text_out *out, const char *text);
void text_out_add_html(struct text_out *out, const char *text); /* & < > " ' escaped */
/* The text, to be freed by the caller ("" when nothing was added); NULL without memory. @out is
 * then empty. */
char *text_out_take(struct text_out *out, size_t *ret_length);
void text_out_finish(struct text_out *out);

#endif
