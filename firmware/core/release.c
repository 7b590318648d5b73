#include "core/release.h"

#include <string.h>

#define DIGITS "0123456789"

bool release_has_number(const char *version)
{
	size_t parts = 0, length;

	for (; (length = strspn(version, DIGITS)) > 0; version++) {
		parts++;
		version += length;
		if (*version != '.')
			break;
	}
	return parts >= 2 && strchr("+-~ ", *version) != NULL && length > 0;
}

/* The next number without the zeros before it, and how many digits it has; "" after the last. */
static const char *next_part(const char **version, size_t *ret_length)
{
	const char *part = *version + strspn(*version, "0");

	*ret_length = strspn(part, DIGITS);
	*version = part + *ret_length;
	*version += **version == '.';
	return part;
}

bool release_is_older(const char *one, const char *other)
{
	if (!release_has_number(one) || !release_has_number(other))
		return false;
	while (strspn(one, DIGITS) > 0 || strspn(other, DIGITS) > 0) {
		size_t length, other_length;
		const char *part = next_part(&one, &length),
			   *other_part = next_part(&other, &other_length);
		if (length != other_length)
			return length < other_length;
		const int order = memcmp(part, other_part, length);
		if (order != 0)
			return order < 0;
	}
	return false;
}
