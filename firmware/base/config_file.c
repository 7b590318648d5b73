#include "base/config_file.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"

#define CONFIG_BYTES_MAX (1024 * 1024)

struct reading {
	struct config config;
	const char *name, *rest; /* what is not read yet */
	int line, wrong_line;
	bool wrong;
	char *words;
	size_t size;
};

static void say_wrong(struct reading *reading, int line, const char *what)
{
	if (reading->wrong)
		return;
	reading->wrong = true;
	reading->wrong_line = line;
	snprintf(reading->words, reading->size, "%s:%d: %s", reading->name, line, what);
}

/* As fgets. Debian's inih tells its handler no line numbers, so they are counted here. */
static char *next_line(char *ret, int size, void *user)
{
	struct reading *reading = user;
	if (*reading->rest == '\0')
		return NULL;

	reading->line++;
	size_t length = strcspn(reading->rest, "\n");
	const char *after = reading->rest + length + (reading->rest[length] == '\n');
	if (length > (size_t)size - 2) {
		say_wrong(reading, reading->line, "this line is too long");
		length = 0;
	}
	memcpy(ret, reading->rest, length);
	ret[length] = '\n';
	ret[length + 1] = '\0';
	reading->rest = after;
	return ret;
}

static int take_option(void *user, const char *section, const char *name, const char *value)
{
	struct reading *reading = user;
	struct config_fault fault;
	if (!reading->wrong && !config_set(&reading->config, section, name, value, &fault))
		say_wrong(reading, reading->line, fault.words);
	return 1;
}

int config_text_read(
	struct config *ret, const char *text, const char *name, char *ret_words, size_t size)
{
	struct reading reading = { .name = name, .rest = text, .words = ret_words, .size = size };
	config_defaults(&reading.config);
	const int line = ini_parse_stream(next_line, &reading, take_option, &reading);
	/* inih goes on behind a line it can not read, so what came first is what must be said. */
	if (line > 0 && (!reading.wrong || line < reading.wrong_line)) {
		reading.wrong = false;
		say_wrong(&reading, line,
			"this line is neither [section], name = value, nor a comment");
	}

	struct config_fault fault;
	if (!reading.wrong && !config_check(&reading.config, &fault)) {
		reading.wrong = true;
		snprintf(ret_words, size, "%s: %s", name, fault.words);
	}
	if (reading.wrong)
		return -EINVAL;
	*ret = reading.config;
	return 0;
}

int config_file_read(
	struct config *ret, const char *path, bool required, char *ret_words, size_t size)
{
	struct bytes bytes;
	const int r = file_read_all(&bytes, path, CONFIG_BYTES_MAX);
	if (r == -ENOENT && !required) {
		config_defaults(ret);
		return 0;
	}
	if (r < 0) {
		snprintf(ret_words, size, "%s: %s", path, strerror(-r));
		return r;
	}

	const int result =
		memchr(bytes.data, '\0', bytes.length)
			? (snprintf(ret_words, size, "%s: this is not a text file", path), -EINVAL)
			: config_text_read(ret, (const char *)bytes.data, path, ret_words, size);
	bytes_free(&bytes);
	return result;
}
