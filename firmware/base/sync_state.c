#include "base/sync_state.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "core/text.h"

#define PATH_SIZE 512
#define STATE_BYTES_MAX 1024

static const char *const names[SYNC_HEALTH_COUNT] = { "silent", "current", "away", "refused" };

const char *sync_health_name(enum sync_health health)
{
	return names[health];
}

static bool path_of(char ret[PATH_SIZE], const char *run, const char *file)
{
	return (size_t)snprintf(ret, PATH_SIZE, "%s-sync%s", run, file) < PATH_SIZE;
}

int sync_state_write(const char *run, const struct sync_state *state)
{
	char directory[PATH_SIZE], path[PATH_SIZE], text[STATE_BYTES_MAX];
	if (!path_of(directory, run, "") || !path_of(path, run, "/state"))
		return -ENAMETOOLONG;
	const int length = snprintf(text, sizeof text, "%lld %s %lld %lld\n%s\n",
		(long long)clock_boot_ms(), names[state->health], (long long)state->waiting,
		(long long)state->last_ms, state->words);
	const int r = directory_make(directory, 0755);
	return r < 0 ? r : file_write_whole(path, text, (size_t)length, 0644);
}

void sync_state_remove(const char *run)
{
	char path[PATH_SIZE];
	if (path_of(path, run, "/state"))
		unlink(path);
}

static bool parse(const char *text, struct sync_state *ret)
{
	long long written_ms, waiting, last_ms;
	char name[16], words[SYNC_WORDS_SIZE] = "";
	if (sscanf(text, "%lld %15s %lld %lld\n%255[^\n]", &written_ms, name, &waiting, &last_ms,
		    words) < 4)
		return false;
	const int64_t age_ms = clock_boot_ms() - written_ms;
	if (age_ms < 0 || age_ms > 3 * SYNC_STATE_MS)
		return false;
	*ret = (struct sync_state){ .waiting = waiting, .last_ms = last_ms };
	utf8_clip(ret->words, sizeof ret->words, words);
	for (int i = SYNC_CURRENT; i < SYNC_HEALTH_COUNT; i++)
		if (strcmp(name, names[i]) == 0)
			ret->health = (enum sync_health)i;
	return ret->health != SYNC_SILENT;
}

void sync_state_read(const char *run, struct sync_state *ret)
{
	char path[PATH_SIZE];
	struct bytes text = { 0 };
	struct sync_state state;
	*ret = (struct sync_state){ .health = SYNC_SILENT };
	if (!path_of(path, run, "/state") || file_read_all(&text, path, STATE_BYTES_MAX) < 0)
		return;
	if (parse((const char *)text.data, &state))
		*ret = state;
	bytes_free(&text);
}
