#include "base/config_file.h"

#include <errno.h>
#include <ini.h>
#include <string.h>

#include "base/file.h"
#include "base/trouble.h"

#define CONFIG_BYTES_MAX (1024 * 1024)

struct reading {
	struct config config;
	const char *name, *rest; /* what is not read yet */
	int line, wrong_line;
	bool wrong;
	struct said *fault;
};

static void say_wrong(struct reading *reading, int line, const struct said *what)
{
	if (reading->wrong)
		return;
	reading->wrong = true;
	reading->wrong_line = line;
	said_set(reading->fault, "%.200s:%d: ", "%.200s:%d: ", reading->name, line);
	said_add(reading->fault, what);
}

static void say_no_line(struct reading *reading, int line, const char *en, const char *nl)
{
	struct said what;
	said_words(&what, en, nl);
	say_wrong(reading, line, &what);
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
		say_no_line(
			reading, reading->line, "this line is too long", "deze regel is te lang");
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
	struct said fault;
	if (!reading->wrong && !config_set(&reading->config, section, name, value, &fault))
		say_wrong(reading, reading->line, &fault);
	return 1;
}

int config_text_read(struct config *ret, const char *text, const char *name, struct said *ret_fault)
{
	struct reading reading = { .name = name, .rest = text, .fault = ret_fault };
	config_defaults(&reading.config);
	const int line = ini_parse_stream(next_line, &reading, take_option, &reading);
	/* inih goes on behind a line it can not read, so what came first is what must be said. */
	if (line > 0 && (!reading.wrong || line < reading.wrong_line)) {
		reading.wrong = false;
		say_no_line(&reading, line,
			"this line is neither [section], name = value, nor a comment",
			"dit is geen [onderdeel], naam = waarde of opmerking");
	}

	struct said fault;
	if (!reading.wrong && !config_check(&reading.config, &fault)) {
		reading.wrong = true;
		said_set(ret_fault, "%.200s: ", "%.200s: ", name);
		said_add(ret_fault, &fault);
	}
	if (reading.wrong)
		return -EINVAL;
	*ret = reading.config;
	return 0;
}

int config_file_read(struct config *ret, const char *path, bool required, struct said *ret_fault)
{
	struct said trouble;
	struct bytes bytes;
	const int r = file_read_all(&bytes, path, CONFIG_BYTES_MAX);
	if (r == -ENOENT && !required) {
		config_defaults(ret);
		return 0;
	}
	if (r < 0) {
		said_set(ret_fault, "%.200s: ", "%.200s: ", path);
		trouble_say(&trouble, r);
		said_add(ret_fault, &trouble);
		return r;
	}

	int result = -EINVAL;
	if (memchr(bytes.data, '\0', bytes.length))
		said_set(ret_fault, "%.200s: this is not a text file",
			"%.200s: dit is geen tekstbestand", path);
	else
		result = config_text_read(ret, (const char *)bytes.data, path, ret_fault);
	bytes_free(&bytes);
	return result;
}
