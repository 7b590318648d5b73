#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/coffer.h"
#include "base/file.h"
#include "base/seal.h"
#include "unit/check.h"

int test_coffer(void);

static uint8_t content[200000];

static int file_of(const void *bytes, size_t length)
{
	const int fd = open_unnamed("/tmp");
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	return fd;
}

static off_t length_of(int fd)
{
	return lseek(fd, 0, SEEK_END);
}

static void what_goes_in_comes_out(void **state)
{
	static const size_t lengths[] = { 0, 1, 65535, 65536, 65537, sizeof content };
	static uint8_t back[sizeof content];
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		const int from = file_of(content, lengths[i]), safe = open_unnamed("/tmp"),
			  to = open_unnamed("/tmp");
		assert_int_equal(coffer_close(from, safe, "a long password"), 0);
		assert_true(coffer_is_one(safe));
		assert_int_equal(coffer_open(safe, to, "a long password"), 0);
		assert_int_equal(length_of(to), lengths[i]);
		assert_int_equal(pread(to, back, sizeof back, 0), lengths[i]);
		assert_memory_equal(back, content, lengths[i]);
		close(from);
		close(safe);
		close(to);
	}
}

static void another_password_is_refused(void **state)
{
	const int from = file_of(content, 100), safe = open_unnamed("/tmp"),
		  to = open_unnamed("/tmp");
	(void)state;
	assert_int_equal(coffer_close(from, safe, "a long password"), 0);
	assert_int_equal(coffer_open(safe, to, "A long password"), -EKEYREJECTED);
	assert_int_equal(length_of(to), 0);
	close(from);
	close(safe);
	close(to);
}

/* A byte changed anywhere, a file cut anywhere, something behind its end. */
static void a_changed_file_is_refused(void **state)
{
	const int from = file_of(content, 70000), safe = open_unnamed("/tmp");
	(void)state;
	assert_int_equal(coffer_close(from, safe, "a long password"), 0);
	const off_t length = length_of(safe);
	static const off_t places[] = { 0, 20, 40, 60, 100, 66000, 70000 };
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		const int to = open_unnamed("/tmp");
		uint8_t byte;
		assert_int_equal(pread(safe, &byte, 1, places[i]), 1);
		byte ^= 1;
		assert_int_equal(pwrite(safe, &byte, 1, places[i]), 1);
		assert_true(coffer_open(safe, to, "a long password") < 0);
		byte ^= 1;
		assert_int_equal(pwrite(safe, &byte, 1, places[i]), 1);
		close(to);
	}
	const int to = open_unnamed("/tmp");
	assert_int_equal(pwrite(safe, "x", 1, length), 1);
	assert_int_equal(coffer_open(safe, to, "a long password"), -EBADMSG);
	assert_int_equal(ftruncate(safe, 66000), 0);
	assert_int_equal(coffer_open(safe, to, "a long password"), -EBADMSG);
	assert_int_equal(ftruncate(safe, 30), 0);
	assert_int_equal(coffer_open(safe, to, "a long password"), -EBADMSG);
	assert_int_equal(ftruncate(safe, length - 5), 0);
	close(from);
	close(safe);
	close(to);
}

int test_coffer(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_in_comes_out),
		cmocka_unit_test(another_password_is_refused),
		cmocka_unit_test(a_changed_file_is_refused),
	};
	assert_int_equal(seal_start(), 0);
	for (size_t i = 0; i < sizeof content; i++)
		content[i] = (uint8_t)(i * 31 + i / 251);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
