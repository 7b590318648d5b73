/**
 * Which of several backups is the later one: told by what they hold, never by their names, for the
 * clock that named them may have stood wrong. In this order: one that can be read; one of this
 * kiosk; one whose log knows the other's as an earlier log (a restore begins a new one); the number
 * of its taps, which only grows; how often lists were read and people did something on the page,
 * which only grows too; one that lies here; when it was written; its name.
 *
 * 0 or -errno. Any thread; opens every file, so not on the tap path.
 */
#ifndef STORE_BACKUP_ORDER_H
#define STORE_BACKUP_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct backup_age {
	char *path;
	char *earlier; /* the ids of the logs that it knows beside its own, or NULL */
	char log_id[37];
	bool readable, here, ours;
	int64_t made_ms, taps, turn, written_ms;
	int knows; /* how many of the logs in the order came before its own */
};

/* Zero at first. */
struct backup_order {
	struct backup_age *ages;
	size_t count, capacity;
};

/* @here: it lies among a kiosk's own files; others of the same log are then its own too. */
int backup_order_add(struct backup_order *order, const char *path, bool here);
void backup_order_sort(struct backup_order *order); /* the latest last */
void backup_order_free(struct backup_order *order); /* may be filled again */

#endif
