/**
 * A bounded queue of equal-sized values between two threads, with an eventfd to poll on. Values are
 * copied; nothing is shared. One thread posts, one takes.
 */
#ifndef BASE_QUEUE_H
#define BASE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

struct queue;

struct queue *queue_create(size_t value_bytes, size_t capacity); /* NULL without memory */
void queue_destroy(struct queue *queue);
bool queue_post(struct queue *queue, const void *value); /* false when full; never waits */
bool queue_take(struct queue *queue, void *ret);         /* false when empty; never waits */
int queue_fd(const struct queue *queue); /* readable while something may be waiting */

#endif
