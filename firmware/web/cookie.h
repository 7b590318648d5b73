/** Reading a Cookie header. Pure. */
#ifndef WEB_COOKIE_H
#define WEB_COOKIE_H

#include <stdbool.h>
#include <stddef.h>

/* __Host-: only this host, only over TLS, only the whole path. */
#define COOKIE_SESSION "__Host-session"
#define COOKIE_BROWSER "__Host-browser"
#define COOKIE_LANGUAGE "lang"

/* The value of @name in @header (NULL for none); false, and @ret untouched, when it is not there or
 * does not fit: cut off it would be another. */
bool cookie_find(char *ret, size_t size, const char *header, const char *name);

#endif
