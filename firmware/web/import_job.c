#include "web/import_job.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "core/text.h"
#include "store/privacy.h"
#include "store/stamp.h"
#include "web/import_job_private.h"

#define STATE_NAME "job.json"
#define STATE_BYTES_MAX (8 * 1024 * 1024)
#define DAY_MS (24 * 3600 * 1000LL)
#define LIFE_MS DAY_MS

int import_job_directory(char *ret, size_t size, const struct site *site, const char *id)
{
	const int length = snprintf(ret, size, "%s/imports/%s", site->arguments->data, id);

	return length > 0 && (size_t)length < size ? 0 : -ENAMETOOLONG;
}

/* A UUID and nothing else: it becomes part of a path. */
static bool is_id(const char *id)
{
	return strlen(id) == ID_TEXT_SIZE - 1 &&
	       strspn(id, "0123456789abcdef-") == ID_TEXT_SIZE - 1;
}

static json_t *read_state(const char *directory)
{
	char path[600];
	struct bytes bytes = { 0 };
	json_t *state = NULL;

	if (path_join(path, sizeof path, directory, STATE_NAME) &&
		file_read_all(&bytes, path, STATE_BYTES_MAX) == 0)
		state = json_loadb((const char *)bytes.data, bytes.length, 0, NULL);
	bytes_free(&bytes);
	if (state && !json_is_object(state)) {
		json_decref(state);
		state = NULL;
	}
	return state;
}

bool import_job_is_waiting(const json_t *state)
{
	const char *now = json_string_value(json_object_get(state, "state"));

	return json_string_value(json_object_get(state, "held_of")) && now &&
	       strcmp(now, "preview") == 0;
}

static void remove_job(const char *directory)
{
	static const char *const names[] = { IMPORT_FILE_NAME, STATE_NAME };
	char path[600];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (path_join(path, sizeof path, directory, names[i]))
			unlink(path);
	rmdir(directory);
}

void import_job_each(const struct site *site,
	bool (*take)(void *context, const char *id, json_t *state), void *context)
{
	char path[512], directory[512];
	struct dirent *entry;

	import_job_directory(path, sizeof path, site, "");
	DIR *jobs = opendir(path);
	while (jobs && (entry = readdir(jobs))) {
		if (!is_id(entry->d_name) ||
			import_job_directory(directory, sizeof directory, site, entry->d_name) < 0)
			continue;
		json_t *state = read_state(directory);
		const bool remove = take(context, entry->d_name, state);
		json_decref(state);
		if (remove)
			remove_job(directory);
	}
	if (jobs)
		closedir(jobs);
}

int import_job_write(const char *directory, const json_t *state)
{
	char path[600];
	char *text = json_dumps(state, JSON_INDENT(1));
	int r = text && path_join(path, sizeof path, directory, STATE_NAME) ? 0 : -ENOMEM;

	if (r == 0)
		r = file_write_whole(path, text, strlen(text), 0600);
	free(text);
	return r;
}

/* Who looks at the jobs, and what is known there of names and time. */
struct looking {
	const struct site *site;
	const struct stores *stores;
};

/* INT64_MAX while nobody can say when it was begun. */
static int64_t kept_until(const struct looking *looking, const json_t *state)
{
	const int64_t keep_ms = looking->stores->options->now.privacy.keep_names_days * DAY_MS,
		      made_ms = json_integer_value(json_object_get(state, "made_ms"));
	struct store *store = looking->stores->read;
	int64_t real_ms, until_ms = INT64_MAX;

	if (stamp_read(store, made_ms, &real_ms) != 0)
		return INT64_MAX;
	if (!import_job_is_waiting(state))
		return real_ms + LIFE_MS;
	list_kept_until(store, made_ms, keep_ms, &until_ms);
	return until_ms;
}

/* What goes does not come back: only by a clock that can be trusted. */
static bool is_over(void *context, const char *id, json_t *state)
{
	(void)id;
	return !state || kept_until(context, state) <= clock_trusted_ms();
}

void import_jobs_sweep(const struct site *site, const struct stores *stores)
{
	struct looking looking = { site, stores };

	import_job_each(site, is_over, &looking);
	import_jobs_follow(site, stores);
}

int import_job_create(struct import_job *ret, const struct request *request, const char *kind,
	const char *mode, const struct bytes *file, const char *filename)
{
	char path[600];

	*ret = (struct import_job){ .state = NULL };
	import_jobs_sweep(request->site, &request->stores);
	uuid_draw(ret->id, clock_wall_ms());
	int r = import_job_directory(ret->directory, sizeof ret->directory, request->site, ret->id);
	if (r == 0)
		r = directory_make(ret->directory, 0700);
	if (r < 0 || !path_join(path, sizeof path, ret->directory, IMPORT_FILE_NAME))
		return r < 0 ? r : -ENAMETOOLONG;
	r = file_write_whole(path, file->data, file->length, 0600);
	if (r < 0)
		return r;
	const int64_t made_ms = clock_wall_ms();
	r = stamp_note(request->stores.write, made_ms);
	if (r < 0)
		return r;
	ret->state = json_pack("{s:s, s:s, s:s, s:s, s:I, s:s, s:{}, s:{}}", "kind", kind,
		"filename", filename, "mode", mode, "who", request->owner.who, "made_ms",
		(json_int_t)made_ms, "state", "preview", "map", "repairs");
	return ret->state ? import_job_save(ret) : -ENOMEM;
}

int import_job_open(
	struct import_job *ret, const struct request *request, const char *id, const char *kind)
{
	struct looking looking = { request->site, &request->stores };

	*ret = (struct import_job){ .state = NULL };
	if (!is_id(id) ||
		import_job_directory(ret->directory, sizeof ret->directory, request->site, id) < 0)
		return -ENOENT;
	utf8_clip(ret->id, sizeof ret->id, id);
	ret->state = read_state(ret->directory);
	if (ret->state && strcmp(import_job_text(ret, "kind"), kind) == 0 &&
		!is_over(&looking, id, ret->state)) {
		if (!import_job_follow(request->site, &request->stores, id, ret->state))
			return 0;
		remove_job(ret->directory);
	}
	import_job_finish(ret);
	return -ENOENT;
}

int import_job_save(const struct import_job *job)
{
	char path[600];
	const bool is_needed = strcmp(import_job_text(job, "state"), "preview") == 0;

	/* What nobody needs any more holds no names. For a programme rooms were typed: they are
	 * wanted at the next. */
	if (!is_needed && strcmp(import_job_text(job, "kind"), "attendees") == 0)
		json_object_clear(json_object_get(job->state, "repairs"));
	const int r = import_job_write(job->directory, job->state);
	if (r == 0 && !is_needed && path_join(path, sizeof path, job->directory, IMPORT_FILE_NAME))
		unlink(path);
	return r;
}

int import_job_file(const struct import_job *job, struct bytes *ret)
{
	char path[600];

	if (!path_join(path, sizeof path, job->directory, IMPORT_FILE_NAME))
		return -ENAMETOOLONG;
	return file_read_all(ret, path, IMPORT_FILE_BYTES_MAX);
}

void import_job_finish(struct import_job *job)
{
	json_decref(job->state);
	job->state = NULL;
}

const char *import_job_text(const struct import_job *job, const char *key)
{
	const char *text = json_string_value(json_object_get(job->state, key));

	return text ? text : "";
}

struct waiting {
	struct looking looking;
	int lines;
	char *id; /* ID_TEXT_SIZE */
	int64_t until_ms;
};

static bool count_waiting(void *context, const char *id, json_t *state)
{
	struct waiting *waiting = context;

	if (!state || !import_job_is_waiting(state))
		return false;
	const int64_t until_ms = kept_until(&waiting->looking, state);
	if (until_ms < waiting->until_ms)
		waiting->until_ms = until_ms;
	waiting->lines += (int)json_integer_value(json_object_get(state, "lines"));
	/* UUIDs of version 7 sort by time. */
	if (strcmp(id, waiting->id) > 0)
		utf8_clip(waiting->id, ID_TEXT_SIZE, id);
	return false;
}

int import_job_waiting(
	const struct request *request, char ret_id[ID_TEXT_SIZE], int64_t *ret_until_ms)
{
	struct waiting waiting = {
		.looking = { request->site, &request->stores }, .id = ret_id, .until_ms = INT64_MAX
	};

	ret_id[0] = '\0';
	import_job_each(request->site, count_waiting, &waiting);
	*ret_until_ms = waiting.until_ms;
	return waiting.lines;
}
