#include "core/typeahead.h"

#include <stddef.h>
#include <string.h>

enum typeahead_fit typeahead_fit(const char *name, const char *typed)
{
	const size_t length = strlen(typed);
	if (length == 0)
		return TYPEAHEAD_NONE;
	if (strncmp(name, typed, length) == 0)
		return name[length] == '\0' ? TYPEAHEAD_EXACT : TYPEAHEAD_START;
	for (const char *at = name; *at; at++)
		if (strchr(" -/(", *at) && strncmp(at + 1, typed, length) == 0)
			return TYPEAHEAD_WORD;
	return TYPEAHEAD_NONE;
}
