/**
 * Copying the log to a USB stick. The copying is a child that runs "incheckpaal export stick DIR",
 * so no tap waits for a slow stick; this finds the stick, starts the child and says how it went.
 * Clerk thread only; time is a parameter in monotonic milliseconds.
 */
#ifndef KIOSK_STICK_H
#define KIOSK_STICK_H

#include "base/process.h"
#include "core/config.h"
#include "face/service.h"

struct stick {
	enum stick_state state;
	struct process copy;
	char directory[CONFIG_PATH_SIZE];
	int64_t started_ms;
};

/**
 * Where the stick is mounted. @wanted: "" the first removable medium, an absolute path that very
 * directory (a fixed mount point), else the label of the medium. Whoever reads "you can remove the
 * stick" removes it, so the first one is never the disk that the machine started from, nor the
 * one @journal_copy lies on. 0; -ENOENT no stick; -ENOMEDIUM there is one, but nothing on it can be
 * read; -EROFS it is protected against writing.
 */
int stick_find(const char *wanted, const char *journal_copy, char ret[CONFIG_PATH_SIZE]);

struct stick_command {
	const char *program; /* incheckpaal */
	const char *config_path, *data;
	const char *wanted, *journal_copy; /* as above */
};
/* Starts copying unless it is under way. */
void stick_copy(struct stick *stick, const struct stick_command *command, int64_t at_ms);
/* True when the state changed. */
bool stick_tick(struct stick *stick, int64_t at_ms);
void stick_finish(struct stick *stick); /* ends a copy under way */

#endif
