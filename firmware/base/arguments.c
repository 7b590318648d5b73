#include "base/arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config_file.h"

/* --name VALUE or --name=VALUE; returns how many words it took, 0 when it is another word, -1
 * without value. */
static int take_value(
	const char *name, int left, char **words, enum language language, const char **ret)
{
	const size_t length = strlen(name);
	if (strncmp(words[0], name, length) != 0)
		return 0;
	if (words[0][length] == '=') {
		*ret = words[0] + length + 1;
		return 1;
	}
	if (words[0][length] != '\0')
		return 0;
	if (left < 2) {
		fprintf(stderr,
			language == LANGUAGE_NL ? "bij %s hoort een waarde\n"
						: "%s needs a value\n",
			name);
		return -1;
	}
	*ret = words[1];
	return 2;
}

static int take_word(struct arguments *arguments, int left, char **words, enum language language)
{
	if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0) {
		arguments->help = true;
		return 1;
	}
	if (strcmp(words[0], "--version") == 0) {
		arguments->version = true;
		return 1;
	}
	const int taken = take_value("--config", left, words, language, &arguments->config_path);
	return taken ? taken : take_value("--data", left, words, language, &arguments->data);
}

bool arguments_take(struct arguments *ret, int argc, char **argv, enum language language)
{
	const char *run = getenv("INCHECKPAAL_RUN");
	struct arguments arguments = {
		.data = DATA_DEFAULT_DIRECTORY,
		.run = run && *run ? run : RUN_DEFAULT_DIRECTORY,
		.words = argv + 1,
	};
	for (int i = 1; i < argc;) {
		const bool ours = strcmp(argv[i], "--") != 0;
		const int taken = ours ? take_word(&arguments, argc - i, argv + i, language) : 0;
		if (taken < 0)
			return false;
		if (taken == 0 && !ours) { /* what follows "--" is left alone, without it */
			while (++i < argc)
				arguments.words[arguments.count++] = argv[i];
			break;
		}
		if (taken == 0)
			arguments.words[arguments.count++] = argv[i];
		i += taken ? taken : 1;
	}
	*ret = arguments;
	return true;
}

bool arguments_config(const struct arguments *arguments, struct config *ret, enum language language)
{
	struct said fault;
	const char *path = arguments->config_path ? arguments->config_path : CONFIG_DEFAULT_PATH;
	if (config_file_read(ret, path, arguments->config_path, &fault) == 0)
		return true;
	fprintf(stderr, "%s\n", fault.words[language]);
	return false;
}

bool path_join(char *ret, size_t size, const char *directory, const char *name)
{
	return (size_t)snprintf(ret, size, "%s/%s", directory, name) < size;
}
