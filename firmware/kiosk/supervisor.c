#include "kiosk/supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/seal.h"
#include "core/backoff.h"
#include "core/text.h"

#define RESTART_FIRST_MS 100
#define RESTART_CEILING_MS 2000
#define HEALTHY_AFTER_MS 10000
#define GOODBYE_MS 700

static void build_argv(struct supervisor *supervisor, struct supervised *reader)
{
	char **word = reader->argv;
	*word++ = supervisor->program;
	if (reader->name[0]) {
		*word++ = (char *)"--name";
		*word++ = reader->name;
	}
	if (supervisor->config_path[0]) {
		*word++ = (char *)"--config";
		*word++ = supervisor->config_path;
	}
	*word++ = (char *)"--data";
	*word++ = supervisor->data;
	*word = NULL;
}

void supervisor_init(struct supervisor *ret, const struct config *config, const char *program,
	const char *config_path, const char *data)
{
	*ret = (struct supervisor){ .count = config->reader_count };
	utf8_clip(ret->program, sizeof ret->program, program);
	utf8_clip(ret->config_path, sizeof ret->config_path, config_path ? config_path : "");
	utf8_clip(ret->data, sizeof ret->data, data);
	for (size_t i = 0; i < ret->count; i++) {
		utf8_clip(ret->readers[i].name, CONFIG_NAME_SIZE, config->readers[i].name);
		ret->readers[i].process.pipe_fd = -1;
		build_argv(ret, &ret->readers[i]);
	}
}

static bool wait_for_end(struct process *process, int64_t wait_ms)
{
	int status;
	for (int64_t waited = 0; waited < wait_ms; waited += 10) {
		if (process_ended(process, &status))
			return true;
		nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000 * 1000 }, NULL);
	}
	return false;
}

void supervisor_finish(struct supervisor *supervisor)
{
	for (size_t i = 0; i < supervisor->count; i++)
		if (supervisor->readers[i].process.pid > 0)
			kill(supervisor->readers[i].process.pid, SIGTERM);
	for (size_t i = 0; i < supervisor->count; i++) {
		struct process *process = &supervisor->readers[i].process;
		if (process->pid > 0 && !wait_for_end(process, GOODBYE_MS))
			process_kill(process);
	}
}

static void schedule_restart(struct supervised *reader, int64_t now_ms)
{
	if (now_ms - reader->started_ms > HEALTHY_AFTER_MS)
		reader->failures = 0;
	reader->failures++;
	reader->restarts++;
	reader->pulsed = true; /* it was looked after, which is all that another kiosk could do */
	reader->state = READER_STARTING;
	reader->partial_length = 0;
	reader->restart_at_ms = now_ms + backoff_ms(reader->failures, RESTART_FIRST_MS,
						 RESTART_CEILING_MS, random_below(1001));
}

static void start(struct supervised *reader, int64_t now_ms)
{
	reader->started_ms = reader->pulsed_ms = now_ms;
	reader->restart_at_ms = 0;
	const int r = process_start(&reader->process, reader->argv, -1);
	if (r < 0) {
		log_error("reader %s: can not be started: %s", reader->name, strerror(-r));
		schedule_restart(reader, now_ms);
	}
}

static void note_end(struct supervised *reader, int status, int64_t now_ms)
{
	if (WIFSIGNALED(status))
		log_warn("reader %s: ended by signal %d, starting it again", reader->name,
			WTERMSIG(status));
	else
		log_warn("reader %s: ended with status %d, starting it again", reader->name,
			WEXITSTATUS(status));
	schedule_restart(reader, now_ms);
}

static void tick_reader(struct supervised *reader, int64_t now_ms)
{
	int status;
	if (reader->process.pid <= 0) {
		if (now_ms >= reader->restart_at_ms)
			start(reader, now_ms);
		return;
	}
	if (process_ended(&reader->process, &status)) {
		note_end(reader, status, now_ms);
		return;
	}
	if (now_ms - reader->pulsed_ms >= READER_DEAD_MS) {
		log_warn("reader %s: no pulse for %d ms, killing it", reader->name, READER_DEAD_MS);
		process_kill(&reader->process);
		schedule_restart(reader, now_ms);
	}
}

void supervisor_tick(struct supervisor *supervisor, int64_t now_ms)
{
	for (size_t i = 0; i < supervisor->count; i++)
		tick_reader(&supervisor->readers[i], now_ms);
}

int64_t supervisor_next_ms(const struct supervisor *supervisor, int64_t now_ms)
{
	int64_t next_ms = now_ms + READER_DEAD_MS;
	for (size_t i = 0; i < supervisor->count; i++) {
		const struct supervised *reader = &supervisor->readers[i];
		const bool runs = reader->process.pid > 0;
		int64_t due_ms = runs ? reader->pulsed_ms + READER_LATE_MS : reader->restart_at_ms;
		if (runs && due_ms <= now_ms)
			due_ms = reader->pulsed_ms + READER_DEAD_MS;
		if (due_ms < next_ms)
			next_ms = due_ms;
	}
	return next_ms;
}

/* Fills @reader->partial; true when a whole message is there. */
static bool read_message(struct supervised *reader, int64_t now_ms)
{
	const ssize_t got = read(reader->process.pipe_fd, reader->partial + reader->partial_length,
		REPORT_BYTES - reader->partial_length);
	if (got == 0) { /* its end of the pipe is closed: it is dead or dying */
		process_kill(&reader->process);
		log_warn("reader %s: went away, starting it again", reader->name);
		schedule_restart(reader, now_ms);
	}
	if (got <= 0)
		return false;
	reader->partial_length += (size_t)got;
	return reader->partial_length == REPORT_BYTES;
}

bool supervisor_take(
	struct supervisor *supervisor, size_t index, int64_t now_ms, struct report *ret)
{
	struct supervised *reader = &supervisor->readers[index];
	if (reader->process.pipe_fd < 0 || !read_message(reader, now_ms))
		return false;

	reader->partial_length = 0;
	struct report report;
	if (!report_decode(&report, reader->partial)) {
		log_error("reader %s: sent a message that is none, killing it", reader->name);
		process_kill(&reader->process);
		schedule_restart(reader, now_ms);
		return false;
	}
	reader->pulsed_ms = now_ms;
	reader->pulsed = true;
	reader->state = report.state;
	reader->opens = report.opens;
	reader->errors = report.errors;
	reader->hits = report.hits;
	*ret = report;
	return true;
}

bool supervisor_is_up(const struct supervisor *supervisor, int64_t now_ms)
{
	for (size_t i = 0; i < supervisor->count; i++) {
		const struct supervised *reader = &supervisor->readers[i];
		if (reader->state == READER_UP && now_ms - reader->pulsed_ms < READER_LATE_MS)
			return true;
	}
	return false;
}

bool supervisor_has_spoken(const struct supervisor *supervisor)
{
	for (size_t i = 0; i < supervisor->count; i++)
		if (supervisor->readers[i].state == READER_STARTING)
			return false;
	return true;
}

bool supervisor_take_pulses(struct supervisor *supervisor)
{
	for (size_t i = 0; i < supervisor->count; i++)
		if (!supervisor->readers[i].pulsed)
			return false;
	for (size_t i = 0; i < supervisor->count; i++)
		supervisor->readers[i].pulsed = false;
	return true;
}
