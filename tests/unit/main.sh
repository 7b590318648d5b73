#!/bin/sh
# Writes the main of the unit tests: all NOUNs, or those that it is asked for by name.
set -eu
printf '%s\n' '#include <stdbool.h>' '#include <stdlib.h>' '#include <string.h>' '' '#include "base/clock.h"' ''
printf 'int test_%s(void);\n' "$@"
cat <<'C'
static const struct {
	const char *noun;
	int (*test)(void);
} nouns[] = {
C
for noun; do printf '\t{ "%s", test_%s },\n' "$noun" "$noun"; done
cat <<'C'
};

static bool is_asked(int count, char **words, const char *noun)
{
	bool asked = count < 2;
	for (int i = 1; i < count; i++)
		asked |= strcmp(words[i], noun) == 0;
	return asked;
}

int main(int count, char **words)
{
	int failed = 0;
	/* The tests know what time it is, whatever this machine's clock is worth. */
	clock_take(CLOCK_NTP, clock_wall_ms() - clock_boot_ms());
	for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
		if (is_asked(count, words, nouns[i].noun))
			failed += nouns[i].test();
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
C
