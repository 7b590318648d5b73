/** Letters of a URL. Pure. */
#ifndef WEB_ESCAPE_H
#define WEB_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

/* %41 becomes A, in place. False, @text then half done, for a % without two digits, or %00. */
bool unescape(char *text);
/* What may stand in a query: letters, digits and -._~ stay. Clipped whole letters when too long. */
void escape_query(char *ret, size_t size, const char *text);
/* A path of this kiosk and nothing else: "/live?x=1", not "//other", "/\other", "https:…". */
bool path_is_local(const char *path);

#endif
