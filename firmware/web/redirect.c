/* Plain http: says that everything is under https, and nothing else. */
#include "web/redirect.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* A name or number of a machine, without its port; what else a stranger sends goes nowhere. */
static size_t host_length(const char *host)
{
	const char *at = host;
	if (*at == '[')
		at += strspn(at + 1, "0123456789abcdefABCDEF:.") + 1;
	else
		while (isalnum((unsigned char)*at) || *at == '-' || *at == '.')
			at++;
	if (*host == '[')
		at = *at == ']' ? at + 1 : host;
	return *at == '\0' || *at == ':' ? (size_t)(at - host) : 0;
}

bool redirect_location(char *ret, size_t size, const char *host, int port, const char *path)
{
	const size_t length = host ? host_length(host) : 0;
	char number[8] = "";
	if (length == 0)
		return false;
	if (port != 443)
		snprintf(number, sizeof number, ":%d", port);
	for (const char *c = path; *c; c++)
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7f)
			path = "/";
	return (size_t)snprintf(ret, size, "https://%.*s%s%s", (int)length, host, number, path) <
	       size;
}
