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

/* What the column is taken for now; "" for nothing. */
static const char *now_taken_for(const json_t *column)
{
	json_t *option;
	size_t i;

	json_array_foreach(json_object_get(column, "options"), i, option)
	{
		if (json_is_true(json_object_get(option, "chosen")))
			return json_string_value(json_object_get(option, "column"));
	}
	return "";
}

/* What every column is taken for: those of the form as it says, the others as they are. NULL when
 * the form says nothing of columns. */
static json_t *chosen_map(const struct request *request, const json_t *columns)
{
	json_t *map = json_object(), *posted = json_object(), *column;
	char field[24];
	size_t i;

	json_array_foreach(columns, i, column)
	{
		snprintf(field, sizeof field, "m%zu", i);
		const char *to = request_field_at(request, field, 0), *now = now_taken_for(column);
		if (now[0]) /* "": no column, whatever its usual headers are */
			json_object_set_new(map, now,
				to ? json_string("")
				   : json_copy(json_object_get(column, "header")));
		if (to && strcmp(to, "-") != 0)
			json_object_set(posted, to, json_object_get(column, "header"));
		else if (to)
			json_object_set_new(posted, "-", json_true());
	}
	const bool any = json_object_size(posted) > 0;
	json_object_del(posted, "-");
	json_object_update(map, posted);
	json_decref(posted);
	if (any)
		return map;
	json_decref(map);
	return NULL;
}

int column_map_take(
	const struct request *request, const struct import_job *job, const json_t *columns)
{
	const char *known = request_field(request, "map"),
		   *name = request_field(request, "map_name");
	json_t *map = chosen_map(request, columns), *maps = read_maps(request);

	if (known[0] && json_object_get(maps, known)) {
		json_decref(map);
		map = json_incref(json_object_get(maps, known));
	}
	json_decref(maps);
	const int r = name[0] && map ? save_map(request, name, map) : 0;
	if (map)
		json_object_set_new(job->state, "map", map);
	return r;
}
