/**
 * One line in the text format of PostgreSQL's COPY: columns between tabs, "\N" for nothing, bytes
 * in hexadecimal. Pure; any thread.
 */
#ifndef CORE_COPY_LINE_H
#define CORE_COPY_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COPY_LINE_SIZE 4096 /* a session's title and room, every letter escaped, and more */

struct copy_line {
	size_t length;
	bool begun; /* a column is there */
	bool full;  /* something did not fit; nothing more is added */
	char text[COPY_LINE_SIZE];
};

void copy_line_begin(struct copy_line *line);
void copy_line_text(struct copy_line *line, const char *text); /* NULL: nothing */
void copy_line_number(struct copy_line *line, int64_t number);
void copy_line_bytes(struct copy_line *line, const uint8_t *bytes, size_t length);
void copy_line_end(struct copy_line *line);

#endif
