/** Where plain http leads. Pure. */
#ifndef WEB_REDIRECT_H
#define WEB_REDIRECT_H

#include <stdbool.h>
#include <stddef.h>

/* The same host and path under https. False without a good @host (NULL for none), or when it does
 * not fit. */
bool redirect_location(char *ret, size_t size, const char *host, int port, const char *path);

#endif
