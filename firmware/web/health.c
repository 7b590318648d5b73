#include "web/health.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/control.h"
#include "core/text.h"

#define ANSWER_BYTES 16384
#define WAIT_MS 500
#define LOW_DISK_BYTES (500LL * 1024 * 1024)

struct health {
	pthread_mutex_t lock;
	char run[256];
	json_t *answer;
	bool asking;      /* somebody does, without the lock */
	int64_t asked_ms; /* monotonic; 0 never */
	int64_t answered_wall_ms;
	/* In an unnamed file: it would be a tenth of the page's memory. */
	int picture_fd;
	size_t picture_length;
	int64_t pictured_wall_ms;
};

struct health *health_create(const char *run_directory)
{
	struct health *health = calloc(1, sizeof *health);
	if (health && pthread_mutex_init(&health->lock, NULL) != 0) {
		free(health);
		return NULL;
	}
	if (health)
		health->picture_fd = -1;
	if (health)
		utf8_clip(health->run, sizeof health->run, run_directory);
	return health;
}

void health_destroy(struct health *health)
{
	if (!health)
		return;
	json_decref(health->answer);
	if (health->picture_fd >= 0)
		close(health->picture_fd);
	pthread_mutex_destroy(&health->lock);
	free(health);
}

static int ask(const struct health *health, const char *line, int wait_ms, json_t **ret)
{
	char *text = malloc(ANSWER_BYTES);
	if (!text)
		return -ENOMEM;
	const int r = control_ask(health->run, line, wait_ms, text, ANSWER_BYTES);
	json_t *answer = r == 0 ? json_loads(text, 0, NULL) : NULL;
	free(text);
	if (r == 0 && !answer)
		return -EBADMSG;
	*ret = answer;
	return r;
}

/* Without the lock held: whoever may not wait is not kept waiting by whoever does. */
static void ask_status(struct health *health)
{
	json_t *answer = NULL;
	health->asking = true;
	pthread_mutex_unlock(&health->lock);
	const bool answered = ask(health, "status", WAIT_MS, &answer) == 0;
	pthread_mutex_lock(&health->lock);
	health->asking = false;
	health->asked_ms = clock_mono_ns() / 1000000;
	if (answered)
		health->answered_wall_ms = clock_wall_ms();
	json_decref(health->answer);
	health->answer = answer;
}

json_t *health_get(struct health *health, int64_t age_ms, bool may_wait, int64_t *ret_answered_ms)
{
	const int64_t now_ms = clock_mono_ns() / 1000000;
	pthread_mutex_lock(&health->lock);
	if (may_wait && !health->asking &&
		(!health->asked_ms || now_ms - health->asked_ms > age_ms))
		ask_status(health);
	json_t *answer = health->answer ? json_deep_copy(health->answer) : NULL;
	if (ret_answered_ms)
		*ret_answered_ms = health->answered_wall_ms;
	pthread_mutex_unlock(&health->lock);
	return answer;
}

/* A new file for each, so that one that is being sent stays what it is. */
void health_keep_picture(struct health *health, const struct bytes *picture)
{
	int fd = memfd_create("picture", MFD_CLOEXEC);
	if (fd >= 0 && write(fd, picture->data, picture->length) != (ssize_t)picture->length) {
		close(fd);
		fd = -1;
	}
	if (fd < 0)
		return;
	pthread_mutex_lock(&health->lock);
	const int before = health->picture_fd;
	health->picture_fd = fd;
	health->picture_length = picture->length;
	health->pictured_wall_ms = clock_wall_ms();
	pthread_mutex_unlock(&health->lock);
	if (before >= 0)
		close(before);
}

int health_last_picture(struct health *health, size_t *ret_length)
{
	pthread_mutex_lock(&health->lock);
	const int fd =
		health->picture_fd < 0 ? -ENOENT : fcntl(health->picture_fd, F_DUPFD_CLOEXEC, 0);
	*ret_length = health->picture_length;
	pthread_mutex_unlock(&health->lock);
	return fd;
}

int64_t health_pictured_ms(struct health *health)
{
	pthread_mutex_lock(&health->lock);
	const int64_t wall_ms = health->pictured_wall_ms;
	pthread_mutex_unlock(&health->lock);
	return wall_ms;
}

int64_t health_start(const json_t *status)
{
	return json_integer_value(json_object_get(status, "started_ms"));
}

static bool is_low(const json_t *status)
{
	const json_t *free_bytes =
		json_object_get(json_object_get(status, "storage"), "free_bytes");
	return json_is_integer(free_bytes) && json_integer_value(free_bytes) < LOW_DISK_BYTES;
}

/* A hub that is away comes back; one that does not take the log waits for somebody. */
static bool is_refused(const json_t *status)
{
	const json_t *sync = json_object_get(status, "sync");
	const char *state = json_string_value(json_object_get(sync, "state"));
	return json_is_true(json_object_get(sync, "hub")) && state && strcmp(state, "refused") == 0;
}

/* Both come back by themselves, or with another supply; nobody is turned away meanwhile. */
static bool is_weak(const json_t *status)
{
	const json_t *power = json_object_get(status, "power");
	const char *state = json_string_value(json_object_get(power, "state"));
	return state && (strcmp(state, "low") == 0 || strcmp(state, "hot") == 0);
}

int health_attention(struct health *health)
{
	pthread_mutex_lock(&health->lock);
	const json_t *status = health->answer;
	const json_t *faults = json_object_get(status, "faults");
	const json_t *trusted = json_object_get(json_object_get(status, "clock"), "trusted");
	int count = 0;
	if (!status)
		count = health->asked_ms != 0;
	else
		count = (int)json_array_size(faults) + json_is_false(trusted) + is_low(status) +
			is_refused(status) + is_weak(status);
	pthread_mutex_unlock(&health->lock);
	return count;
}

int health_command(
	struct health *health, const char *line, int wait_ms, char *ret_error, size_t size)
{
	json_t *answer = NULL;
	const int r = ask(health, line, wait_ms, &answer);
	if (r < 0)
		return r;
	const bool ok = json_is_true(json_object_get(answer, "ok"));
	const char *error = json_string_value(json_object_get(answer, "error"));
	if (!ok && ret_error)
		utf8_clip(ret_error, size, error ? error : "");
	json_decref(answer);
	return ok ? 0 : -EREMOTEIO;
}
