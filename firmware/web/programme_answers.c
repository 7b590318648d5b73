#include "web/programme_answers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define KEPT "imports/programme.json"

/* What they are called in a job. */
static const char *const parts[] = { "map", "repairs" };
#define PARTS (sizeof parts / sizeof parts[0])

static json_t *read_all(const char *path)
{
	json_t *all = json_load_file(path, 0, NULL);

	if (json_is_object(all))
		return all;
	json_decref(all);
	return json_object();
}

void programme_answers_recall(const struct request *request, struct import_job *job)
{
	char path[600];

	if (!path_join(path, sizeof path, request->site->arguments->data, KEPT))
		return;
	json_t *all = read_all(path);
	for (size_t i = 0; i < PARTS; i++)
		json_object_update_missing(
			json_object_get(job->state, parts[i]), json_object_get(all, parts[i]));
	json_decref(all);
}

int programme_answers_keep(const struct request *request, const struct import_job *job)
{
	char path[600];

	if (!path_join(path, sizeof path, request->site->arguments->data, KEPT))
		return -ENAMETOOLONG;
	json_t *all = read_all(path);
	for (size_t i = 0; i < PARTS; i++) {
		if (!json_object_get(all, parts[i]))
			json_object_set_new(all, parts[i], json_object());
		json_object_update(
			json_object_get(all, parts[i]), json_object_get(job->state, parts[i]));
	}
	char *text = json_dumps(all, JSON_INDENT(1));
	json_decref(all);
	const int r = text ? file_write_whole(path, text, strlen(text), 0600) : -ENOMEM;
	free(text);
	return r;
}
