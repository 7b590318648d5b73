#include "base/queue.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct queue {
	pthread_mutex_t lock;
	size_t value_bytes, capacity, first, count;
	int fd;
	uint8_t *values;
};

struct queue *queue_create(size_t value_bytes, size_t capacity)
{
	struct queue *queue = calloc(1, sizeof *queue);
	if (!queue)
		return NULL;
	pthread_mutex_init(&queue->lock, NULL);
	queue->value_bytes = value_bytes;
	queue->capacity = capacity;
	queue->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	queue->values = calloc(capacity, value_bytes);
	if (queue->fd < 0 || !queue->values) {
		queue_destroy(queue);
		return NULL;
	}
	return queue;
}

void queue_destroy(struct queue *queue)
{
	if (!queue)
		return;
	if (queue->fd >= 0)
		close(queue->fd);
	pthread_mutex_destroy(&queue->lock);
	free(queue->values);
	free(queue);
}

static void signal_fd(int fd)
{
	const uint64_t one = 1;
	ssize_t ignored = write(fd, &one, sizeof one);
	(void)ignored;
}

bool queue_post(struct queue *queue, const void *value)
{
	pthread_mutex_lock(&queue->lock);
	const bool room = queue->count < queue->capacity;
	if (room) {
		const size_t slot = (queue->first + queue->count) % queue->capacity;
		memcpy(queue->values + slot * queue->value_bytes, value, queue->value_bytes);
		queue->count++;
		signal_fd(queue->fd);
	}
	pthread_mutex_unlock(&queue->lock);
	return room;
}

bool queue_take(struct queue *queue, void *ret)
{
	pthread_mutex_lock(&queue->lock);
	const bool any = queue->count > 0;
	if (any) {
		memcpy(ret, queue->values + queue->first * queue->value_bytes, queue->value_bytes);
		queue->first = (queue->first + 1) % queue->capacity;
		queue->count--;
	}
	if (queue->count == 0) { /* under the lock, or a post just made would go unnoticed */
		uint64_t drained;
		ssize_t ignored = read(queue->fd, &drained, sizeof drained);
		(void)ignored;
	}
	pthread_mutex_unlock(&queue->lock);
	return any;
}

int queue_fd(const struct queue *queue)
{
	return queue->fd;
}
