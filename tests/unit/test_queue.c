#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>

#include "base/queue.h"

int test_queue(void);

static bool is_readable(const struct queue *queue)
{
	struct pollfd ready = { .fd = queue_fd(queue), .events = POLLIN };
	return poll(&ready, 1, 0) == 1;
}

static void it_gives_back_in_order_and_refuses_when_full(void **state)
{
	(void)state;
	struct queue *queue = queue_create(sizeof(int), 3);
	for (int i = 1; i <= 3; i++)
		assert_true(queue_post(queue, &i));
	assert_false(queue_post(queue, &(int){ 4 }));
	for (int i = 1; i <= 3; i++) {
		int got = 0;
		assert_true(queue_take(queue, &got));
		assert_int_equal(got, i);
	}
	int untouched = 7;
	assert_false(queue_take(queue, &untouched));
	assert_int_equal(untouched, 7);
	queue_destroy(queue);
}

static void its_descriptor_is_readable_exactly_while_something_waits(void **state)
{
	(void)state;
	struct queue *queue = queue_create(sizeof(int), 2);
	int value = 1;
	assert_false(is_readable(queue));
	queue_post(queue, &value);
	queue_post(queue, &value);
	assert_true(is_readable(queue));
	queue_take(queue, &value);
	assert_true(is_readable(queue));
	queue_take(queue, &value);
	assert_false(is_readable(queue));
	queue_destroy(queue);
}

#define MANY 20000

static void *post_many(void *context)
{
	for (int i = 0; i < MANY;)
		if (queue_post(context, &i))
			i++;
	return NULL;
}

static void two_threads_lose_nothing(void **state)
{
	(void)state;
	struct queue *queue = queue_create(sizeof(int), 8);
	pthread_t poster;
	assert_int_equal(pthread_create(&poster, NULL, post_many, queue), 0);
	for (int expected = 0; expected < MANY;) {
		struct pollfd ready = { .fd = queue_fd(queue), .events = POLLIN };
		assert_int_equal(poll(&ready, 1, 5000), 1);
		int got;
		while (queue_take(queue, &got))
			assert_int_equal(got, expected++);
	}
	pthread_join(poster, NULL);
	queue_destroy(queue);
}

int test_queue(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_gives_back_in_order_and_refuses_when_full),
		cmocka_unit_test(its_descriptor_is_readable_exactly_while_something_waits),
		cmocka_unit_test(two_threads_lose_nothing),
	};
	return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
