#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/config_file.h"
#include "base/file.h"

#define CONFIG_BYTES_MAX (1024 * 1024)

/* Where an option stands in a text, or would: in its section, or at the end. */
struct place {
	size_t at, length; /* of the line that says it; 0 long when none does */
	bool in_section;
};

static bool is_word(const char *line, const char *word, const char *ends)
{
	const size_t length = strlen(word);
	if (strncmp(line, word, length) != 0)
		return false;
	line += length;
	line += strspn(line, " \t");
	return *line && strchr(ends, *line);
}

/* The last that names it, since the last one counts. */
static struct place find(const char *text, const char *section, const char *name)
{
	struct place beside = { .at = strlen(text) }, own = { .length = 0 };
	bool inside = false;
	for (const char *line = text; *line;) {
		const size_t rest = strcspn(line, "\n"), length = rest + (line[rest] == '\n');
		const size_t at = (size_t)(line - text);
		const char *word = line + strspn(line, " \t");
		if (*word == '[') {
			inside = is_word(word + 1, section, "]");
			if (inside)
				beside = (struct place){ at + length, 0, true };
		} else if (inside && is_word(word, name, "=:")) {
			own = (struct place){ at, length, true };
		}
		line += length;
	}
	return own.length ? own : beside;
}

bool config_file_says(const char *path, const char *section, const char *name)
{
	struct bytes bytes;
	if (file_read_all(&bytes, path, CONFIG_BYTES_MAX) < 0)
		return false;
	const bool says = find((const char *)bytes.data, section, name).length > 0;
	bytes_free(&bytes);
	return says;
}

static int write_with(const char *path, const struct bytes *bytes, const struct place *place,
	const char *line, unsigned mode)
{
	const char *text = (const char *)bytes->data;
	char *edited;
	const bool unended = place->at > 0 && text[place->at - 1] != '\n';
	const int length = asprintf(&edited, "%.*s%s%s%s", (int)place->at, text,
		unended ? "\n" : "", line, text + place->at + place->length);
	if (length < 0)
		return -ENOMEM;
	const int r = file_write_whole(path, edited, (size_t)length, mode);
	free(edited);
	return r;
}

int config_file_put(const char *path, const char *section, const char *name, const char *value)
{
	char line[256], none[] = "";
	struct bytes bytes = { (uint8_t *)none, 0 };
	struct stat state = { .st_mode = 0644 };
	const int found = file_read_all(&bytes, path, CONFIG_BYTES_MAX);
	if (found < 0 && found != -ENOENT)
		return found;
	if (found == 0 && stat(path, &state) < 0)
		state.st_mode = 0640;
	const struct place place = find((const char *)bytes.data, section, name);
	const int length = snprintf(line, sizeof line, "%s%s%s%s = %s\n",
		place.in_section ? "" : "[", place.in_section ? "" : section,
		place.in_section ? "" : "]\n", name, value);
	const int r = length < (int)sizeof line
			      ? write_with(path, &bytes, &place, line, state.st_mode & 0777)
			      : -EINVAL;
	if (found == 0)
		bytes_free(&bytes);
	return r;
}
