#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/seal.h"
#include "check.h"
#include "web/certificate.h"

int test_certificate(void);

static char directory[] = "/tmp/incheckpaal-certificate.XXXXXX";
static struct config config;

static int set_up(void **state)
{
	(void)state;
	config_defaults(&config);
	return mkdtemp(directory) && seal_start() == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[96];
	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", directory);
	return system(command);
}

/* A data directory of its own, with a certificate of its own. */
static void make_own(const char *name, char ret_fingerprint[FINGERPRINT_SIZE])
{
	char data[96];
	snprintf(data, sizeof data, "%s/%s", directory, name);
	const struct arguments arguments = { .data = data };
	const struct site site = { .config = &config, .arguments = &arguments };
	struct certificate *certificate;
	assert_int_equal(directory_make(data, 0700), 0);
	assert_int_equal(certificate_load(&certificate, &site), 0);
	assert_true(certificate_is_own(certificate));
	strcpy(ret_fingerprint, certificate_fingerprint(certificate));
	certificate_destroy(certificate);
}

static void copy(const char *from, const char *name, const char *to)
{
	char path[160], target[160];
	struct bytes bytes = { 0 };
	snprintf(path, sizeof path, "%s/%s/%s", directory, from, name);
	snprintf(target, sizeof target, "%s/%s", directory, to);
	assert_int_equal(file_read_all(&bytes, path, 65536), 0);
	assert_int_equal(file_write_whole(target, bytes.data, bytes.length, 0600), 0);
	bytes_free(&bytes);
}

static void one_of_its_own_is_made_once(void **state)
{
	char first[FINGERPRINT_SIZE], again[FINGERPRINT_SIZE], other[FINGERPRINT_SIZE];
	(void)state;
	make_own("first", first);
	make_own("first", again);
	make_own("other", other);
	assert_string_equal(first, again);
	assert_string_not_equal(first, other);
	assert_int_equal(strlen(first), 32 * 3 - 1);
}

static void a_given_one_is_read_anew_when_it_changes(void **state)
{
	char first[FINGERPRINT_SIZE], other[FINGERPRINT_SIZE];
	struct certificate *certificate;
	(void)state;
	make_own("first", first);
	make_own("other", other);
	copy("first", "web.crt", "given.crt");
	copy("first", "web.key", "given.key");
	struct config given = config;
	snprintf(given.web.tls_cert, sizeof given.web.tls_cert, "%s/given.crt", directory);
	snprintf(given.web.tls_key, sizeof given.web.tls_key, "%s/given.key", directory);
	const struct arguments arguments = { .data = directory };
	const struct site site = { .config = &given, .arguments = &arguments };
	assert_int_equal(certificate_load(&certificate, &site), 0);
	assert_false(certificate_is_own(certificate));
	assert_string_equal(certificate_fingerprint(certificate), first);

	/* Half of a new pair is none: the old one stays until both are there. */
	copy("other", "web.crt", "given.crt");
	certificate_reload(certificate);
	assert_string_equal(certificate_fingerprint(certificate), first);
	copy("other", "web.key", "given.key");
	certificate_reload(certificate);
	assert_string_equal(certificate_fingerprint(certificate), other);

	gnutls_pcert_st *chain;
	unsigned length;
	gnutls_privkey_t key;
	assert_int_equal(
		certificate_of_handshake(NULL, NULL, 0, NULL, 0, &chain, &length, &key), 0);
	assert_int_equal(length, 1);
	certificate_destroy(certificate);
}

static void what_is_no_certificate_is_refused(void **state)
{
	struct config given = config;
	struct certificate *certificate;
	char path[160];
	(void)state;
	snprintf(path, sizeof path, "%s/nonsense", directory);
	assert_int_equal(file_write_whole(path, "nonsense", 8, 0600), 0);
	snprintf(given.web.tls_cert, sizeof given.web.tls_cert, "%s", path);
	snprintf(given.web.tls_key, sizeof given.web.tls_key, "%s", path);
	const struct arguments arguments = { .data = directory };
	const struct site site = { .config = &given, .arguments = &arguments };
	assert_true(certificate_load(&certificate, &site) < 0);
}

int test_certificate(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_of_its_own_is_made_once),
		cmocka_unit_test(a_given_one_is_read_anew_when_it_changes),
		cmocka_unit_test(what_is_no_certificate_is_refused),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
