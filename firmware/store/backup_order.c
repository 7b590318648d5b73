#include "store/backup_order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/store_private.h"

/* As it lies there: opened in the usual way one of an older version would be rewritten. */
static int read_age(struct store *store, struct backup_age *age)
{
	sqlite3_stmt *row = statement_use(store, ST_BACKUP_AGE);
	const int r = statement_step(store, row);
	if (r == 1) {
		column_copy(age->log_id, sizeof age->log_id, row, 0);
		age->made_ms = sqlite3_column_int64(row, 1);
		age->taps = sqlite3_column_int64(row, 2);
		age->turn = sqlite3_column_int64(row, 3);
		age->earlier = strdup(column_text(row, 4));
		age->readable = age->earlier != NULL;
	}
	return r < 0 ? r : 0;
}

static int look(struct backup_age *age)
{
	struct stat state;
	struct store *store = calloc(1, sizeof *store);
	if (!store)
		return -ENOMEM;
	store->lock_fd = -1;
	if (stat(age->path, &state) == 0)
		age->written_ms = state.st_mtim.tv_sec * 1000LL + state.st_mtim.tv_nsec / 1000000;
	if (store_connect_read(&store->db, age->path) == SQLITE_OK)
		read_age(store, age);
	store_close(store);
	return 0;
}

int backup_order_add(struct backup_order *order, const char *path, bool here)
{
	if (order->count == order->capacity) {
		const size_t capacity = order->capacity ? 2 * order->capacity : 16;
		struct backup_age *grown = realloc(order->ages, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		order->ages = grown;
		order->capacity = capacity;
	}
	struct backup_age *age = &order->ages[order->count];
	*age = (struct backup_age){ .path = strdup(path), .here = here, .ours = here };
	const int r = age->path ? look(age) : -ENOMEM;
	if (r < 0)
		free(age->path);
	else
		order->count++;
	return r;
}

static bool is_same_log(const struct backup_age *one, const struct backup_age *other)
{
	return one->readable && other->readable && strcmp(one->log_id, other->log_id) == 0;
}

/* In any backup of @log: one that was made before a merge does not know what came with it. */
static bool log_knows(const struct backup_order *order, const struct backup_age *log,
	const struct backup_age *other)
{
	for (size_t i = 0; i < order->count; i++)
		if (is_same_log(&order->ages[i], log) &&
			strstr(order->ages[i].earlier, other->log_id))
			return true;
	return false;
}

/* Kiosks that merged each other's logs know both: neither is the earlier. */
static int count_earlier(const struct backup_order *order, const struct backup_age *age)
{
	int count = 0;
	for (size_t i = 0; i < order->count; i++) {
		const struct backup_age *other = &order->ages[i];
		bool is_first = other->readable && other->ours >= age->ours;
		for (size_t j = 0; j < i && is_first; j++)
			is_first = !is_same_log(&order->ages[j], other);
		count += is_first && !is_same_log(age, other) && log_knows(order, age, other) &&
			 !log_knows(order, other, age);
	}
	return count;
}

static void settle(struct backup_order *order)
{
	for (size_t i = 0; i < order->count; i++)
		for (size_t j = 0; j < order->count; j++)
			if (order->ages[j].ours && is_same_log(&order->ages[i], &order->ages[j]))
				order->ages[i].ours = true;
	for (size_t i = 0; i < order->count; i++)
		if (order->ages[i].readable)
			order->ages[i].knows = count_earlier(order, &order->ages[i]);
}

static int by_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static const char *name_of(const struct backup_age *age)
{
	const char *slash = strrchr(age->path, '/');
	return slash ? slash + 1 : age->path;
}

static int by_age(const void *one, const void *other)
{
	const struct backup_age *a = one, *b = other;
	const int differences[] = {
		by_number(a->readable, b->readable),
		by_number(a->ours, b->ours),
		by_number(a->knows, b->knows),
		is_same_log(a, b) ? 0 : by_number(a->made_ms, b->made_ms),
		strcmp(a->log_id, b->log_id),
		by_number(a->taps, b->taps),
		by_number(a->turn, b->turn),
		by_number(a->here, b->here),
		by_number(a->written_ms, b->written_ms),
		strcmp(name_of(a), name_of(b)),
	};
	for (size_t i = 0; i < sizeof differences / sizeof differences[0]; i++)
		if (differences[i] != 0)
			return differences[i];
	return 0;
}

void backup_order_sort(struct backup_order *order)
{
	settle(order);
	if (order->count > 0)
		qsort(order->ages, order->count, sizeof order->ages[0], by_age);
}

void backup_order_free(struct backup_order *order)
{
	for (size_t i = 0; i < order->count; i++) {
		free(order->ages[i].path);
		free(order->ages[i].earlier);
	}
	free(order->ages);
	*order = (struct backup_order){ 0 };
}
