/** Writes manual pages: text escaped so that nothing in it is taken for a request. To stdout. */
#ifndef CLI_ROFF_H
#define CLI_ROFF_H

#include "cli/help.h"

void roff_title(const char *name, int section, const char *summary);
void roff_section(const char *title);
void roff_paragraph(const char *text);
/* A term in bold and its meaning, indented below it. */
void roff_item(const char *term, const char *meaning);
void roff_items(const struct help_row *rows);
/* Text inside a line. */
void roff_text(const char *text);

#endif
