#include "web/cookie.h"

#include <string.h>

bool cookie_find(char *ret, size_t size, const char *header, const char *name)
{
	const size_t length = strlen(name);
	for (const char *at = header; at; at = strchr(at, ';')) {
		at += strspn(at, "; ");
		if (strncmp(at, name, length) != 0 || at[length] != '=')
			continue;
		const char *value = at + length + 1;
		const size_t bytes = strcspn(value, "; ");
		if (bytes >= size)
			return false;
		memcpy(ret, value, bytes);
		ret[bytes] = '\0';
		return true;
	}
	return false;
}
