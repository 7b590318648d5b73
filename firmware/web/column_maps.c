#include "web/column_maps.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define KEPT "imports/columns.json"

static json_t *read_maps(const struct request *request)
{
	char path[600];
	json_t *maps = NULL;

	if (path_join(path, sizeof path, request->site->arguments->data, KEPT))
		maps = json_load_file(path, 0, NULL);
	return json_is_object(maps) ? maps : json_object();
}

static int save_map(const struct request *request, const char *name, json_t *map)
{
	char path[600];
	json_t *maps = read_maps(request);

	json_object_set(maps, name, map);
	char *text = json_dumps(maps, JSON_INDENT(1));
	json_decref(maps);
	int r = text && path_join(path, sizeof path, request->site->arguments->data, KEPT)
			? file_write_whole(path, text, strlen(text), 0600)
			: -ENOMEM;
	free(text);
	return r;
}

json_t *column_map_names(const struct request *request)
{
	json_t *maps = read_maps(request), *names = json_array(), *map;
	const char *name;

	json_object_foreach(maps, name, map) json_array_append_new(names, json_string(name));
	json_decref(maps);
	return names;
}

int column_map_take(
	const struct request *request, const struct import_job *job, const json_t *preview)
{
	const char *known = request_field(request, "map"),
		   *name = request_field(request, "map_name");
	json_t *map = json_object(), *maps = read_maps(request), *column;
	char field[24];
	size_t i;

	json_array_foreach(json_object_get(preview, "columns"), i, column)
	{
		snprintf(field, sizeof field, "m%zu", i);
		const char *to = request_field(request, field);
		if (to[0] && strcmp(to, "-") != 0)
			json_object_set(map, to, json_object_get(column, "header"));
	}
	if (known[0] && json_object_get(maps, known)) {
		json_decref(map);
		map = json_incref(json_object_get(maps, known));
	}
	json_decref(maps);
	const int r = name[0] ? save_map(request, name, map) : 0;
	if (json_object_size(map) > 0)
		json_object_set_new(job->state, "map", map);
	else
		json_decref(map);
	return r;
}
