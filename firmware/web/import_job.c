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
#include "exchange/table.h"
#include "store/privacy.h"
#include "store/stamp.h"
#include "web/parts.h"
#include "web/repair.h"

#define FILE_NAME "file"
#define STATE_NAME "job.json"
#define STATE_BYTES_MAX (8 * 1024 * 1024)
#define FILE_BYTES_MAX (64UL * 1024 * 1024)
#define DAY_MS (24 * 3600 * 1000LL)
#define LIFE_MS DAY_MS

static int directory_of(char *ret, size_t size, const struct site *site, const char *id)
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

static bool is_waiting(const json_t *state)
{
	const char *now = json_string_value(json_object_get(state, "state"));

	return json_string_value(json_object_get(state, "held_of")) && now &&
	       strcmp(now, "preview") == 0;
}

static void remove_job(const char *directory)
{
	static const char *const names[] = { FILE_NAME, STATE_NAME };
	char path[600];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (path_join(path, sizeof path, directory, names[i]))
			unlink(path);
	rmdir(directory);
}

/* Calls @take for each job; its answer true removes the job. */
static void each_job(const struct site *site,
	bool (*take)(void *context, const char *id, json_t *state), void *context)
{
	char path[512], directory[512];
	struct dirent *entry;

	directory_of(path, sizeof path, site, "");
	DIR *jobs = opendir(path);
	while (jobs && (entry = readdir(jobs))) {
		if (!is_id(entry->d_name) ||
			directory_of(directory, sizeof directory, site, entry->d_name) < 0)
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

static int write_state(const char *directory, const json_t *state)
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
	if (!is_waiting(state))
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

	each_job(site, is_over, &looking);
}

int import_job_create(struct import_job *ret, const struct request *request, const char *kind,
	const char *mode, const struct bytes *file, const char *filename)
{
	char path[600];

	*ret = (struct import_job){ .state = NULL };
	import_jobs_sweep(request->site, &request->stores);
	uuid_draw(ret->id, clock_wall_ms());
	int r = directory_of(ret->directory, sizeof ret->directory, request->site, ret->id);
	if (r == 0)
		r = directory_make(ret->directory, 0700);
	if (r < 0 || !path_join(path, sizeof path, ret->directory, FILE_NAME))
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
		directory_of(ret->directory, sizeof ret->directory, request->site, id) < 0)
		return -ENOENT;
	utf8_clip(ret->id, sizeof ret->id, id);
	ret->state = read_state(ret->directory);
	if (ret->state && strcmp(import_job_text(ret, "kind"), kind) == 0 &&
		!is_over(&looking, id, ret->state))
		return 0;
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
	const int r = write_state(job->directory, job->state);
	if (r == 0 && !is_needed && path_join(path, sizeof path, job->directory, FILE_NAME))
		unlink(path);
	return r;
}

int import_job_file(const struct import_job *job, struct bytes *ret)
{
	char path[600];

	if (!path_join(path, sizeof path, job->directory, FILE_NAME))
		return -ENAMETOOLONG;
	return file_read_all(ret, path, FILE_BYTES_MAX);
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

	if (!state || !is_waiting(state))
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
	each_job(request->site, count_waiting, &waiting);
	*ret_until_ms = waiting.until_ms;
	return waiting.lines;
}

struct forgetting {
	const struct site *site;
	const struct attendee *person;
	json_t *lines;   /* that stay, in the job that is looked at */
	json_t *repairs; /* what was typed for them; borrowed */
	size_t gone;
	int trouble;
};

static bool has_cell(const struct table_row *row, const json_t *repair, const char *text)
{
	const char *merge = json_string_value(json_object_get(repair, "merge")), *place;
	json_t *cell;

	if (!text[0])
		return false;
	for (size_t i = 0; i < row->count; i++)
		if (text_equal_folded(row->cells[i], text))
			return true;
	json_object_foreach(json_object_get(repair, "cells"), place, cell)
	{
		if (text_equal_folded(json_string_value(cell), text))
			return true;
	}
	return merge && text_equal_folded(merge, text);
}

/* As it came, or with what was typed for it. */
static bool is_about(
	const struct table_row *row, const json_t *repair, const struct attendee *person)
{
	char name[PERSON_NAME_SIZE];

	full_name(person->given_name, person->family_name, name);
	return has_cell(row, repair, person->email) || has_cell(row, repair, name) ||
	       (has_cell(row, repair, person->given_name) &&
		       has_cell(row, repair, person->family_name));
}

static int take_line(void *context, const struct table_row *row)
{
	struct forgetting *forgetting = context;
	char line[16];

	snprintf(line, sizeof line, "%u", row->line);
	if (is_about(row, json_object_get(forgetting->repairs, line), forgetting->person)) {
		json_object_del(forgetting->repairs, line);
		forgetting->gone++;
	} else {
		json_object_set_new(forgetting->lines, line, json_true());
	}
	return 0;
}

static int write_rest(const char *path, const struct bytes *file, const json_t *lines)
{
	struct text_out out = { 0 };
	struct rejection refusal;
	size_t length = 0;
	int r = table_repair(file, 0, NULL, lines, &out, &refusal);
	char *text = text_out_take(&out, &length);

	if (r == 0)
		r = text ? file_write_whole(path, text, length, 0600) : -ENOMEM;
	free(text);
	return r;
}

static bool forget_lines(struct forgetting *forgetting, const char *directory, json_t *state)
{
	char path[600];
	struct rejection refusal;
	struct bytes file = { 0 };

	if (!path_join(path, sizeof path, directory, FILE_NAME) ||
		file_read_all(&file, path, FILE_BYTES_MAX) < 0)
		return false;
	forgetting->lines = json_object();
	forgetting->repairs = json_object_get(state, "repairs");
	forgetting->gone = 0;
	table_read((const char *)file.data, file.length, take_line, forgetting, &refusal);
	if (forgetting->gone > 0 && write_rest(path, &file, forgetting->lines) < 0)
		forgetting->trouble = -EIO;
	json_decref(forgetting->lines);
	bytes_free(&file);
	return forgetting->gone > 0;
}

static bool forget_filename(const struct forgetting *forgetting, json_t *state)
{
	const char *name = json_string_value(json_object_get(state, "filename"));
	char text[PRIVACY_TEXT_SIZE];

	utf8_clip(text, sizeof text, name ? name : "");
	privacy_unname(text, forgetting->person);
	if (!name || strcmp(text, name) == 0)
		return false;
	json_object_set_new(state, "filename", json_string(text));
	return true;
}

static bool forget_in(void *context, const char *id, json_t *state)
{
	struct forgetting *forgetting = context;
	char directory[512];
	const char *kind = json_string_value(json_object_get(state, "kind"));

	if (!kind || strcmp(kind, "attendees") != 0 ||
		directory_of(directory, sizeof directory, forgetting->site, id) < 0)
		return false;
	const bool lines = forget_lines(forgetting, directory, state),
		   name = forget_filename(forgetting, state);
	if ((lines || name) && write_state(directory, state) < 0)
		forgetting->trouble = -EIO;
	return false;
}

int import_jobs_forget(const struct request *request, const struct attendee *person)
{
	struct forgetting forgetting = { .site = request->site, .person = person };

	each_job(request->site, forget_in, &forgetting);
	return forgetting.trouble;
}
