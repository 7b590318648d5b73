#include "web/certificate.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/scope.h"
#include "base/seal.h"

#define CHAIN_MAX 8
#define FILE_LIMIT 65536
/* Without a clock nobody knows today's date, and nobody is there to renew it: it is valid from
 * before the first kiosk, for longer than the last. */
#define VALID_FROM 1704067200 /* 2024-01-01 */
#define VALID_YEARS 25
#define RETIRED_MAX 4

/* Which file it was: one that is put in another's place within a tick of the clock has its time. */
struct version {
	struct timespec changed;
	ino_t number;
};

struct pair_of_keys {
	gnutls_pcert_st chain[CHAIN_MAX];
	unsigned length;
	gnutls_privkey_t key;
	struct version cert_version, key_version;
};

struct certificate {
	const struct site *site;
	char cert_path[CONFIG_PATH_SIZE + 256], key_path[CONFIG_PATH_SIZE + 256];
	bool own;
	struct pair_of_keys *now;
	/* A handshake may still be using one that was replaced. */
	struct pair_of_keys *retired[RETIRED_MAX];
	size_t next_retired;
	char fingerprint[FINGERPRINT_SIZE];
};

static struct certificate
	*current; /* what GnuTLS's callback, which takes no context, answers with */

static void keys_free(struct pair_of_keys *keys)
{
	if (!keys)
		return;
	for (unsigned i = 0; i < keys->length; i++)
		gnutls_pcert_deinit(&keys->chain[i]);
	if (keys->key)
		gnutls_privkey_deinit(keys->key);
	free(keys);
}

static int read_file(const char *path, struct bytes *ret)
{
	const int r = file_read_all(ret, path, FILE_LIMIT);
	if (r < 0)
		log_error("web: %s: %s", path, strerror(-r));
	return r;
}

static int load_chain(struct pair_of_keys *keys, const char *path)
{
	struct bytes pem = { 0 };
	int r = read_file(path, &pem);
	if (r < 0)
		return r;
	const gnutls_datum_t datum = { pem.data, (unsigned)pem.length };
	unsigned length = CHAIN_MAX;
	r = gnutls_pcert_list_import_x509_raw(keys->chain, &length, &datum, GNUTLS_X509_FMT_PEM, 0);
	if (r == 0)
		keys->length = length;
	else
		log_error("web: %s is no certificate: %s", path, gnutls_strerror(r));
	bytes_free(&pem);
	return r == 0 ? 0 : -EINVAL;
}

static int load_key(struct pair_of_keys *keys, const char *path)
{
	struct bytes pem = { 0 };
	int r = read_file(path, &pem);
	if (r < 0)
		return r;
	const gnutls_datum_t datum = { pem.data, (unsigned)pem.length };
	r = gnutls_privkey_init(&keys->key);
	if (r == 0)
		r = gnutls_privkey_import_x509_raw(keys->key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0);
	if (r < 0)
		log_error("web: %s is no private key: %s", path, gnutls_strerror(r));
	secret_forget(pem.data, pem.length);
	bytes_free(&pem);
	return r == 0 ? 0 : -EINVAL;
}

/* A key that does not belong to the certificate would make every handshake fail. */
static int check_pair(const struct pair_of_keys *keys, const char *path)
{
	unsigned char of_cert[32], of_key[32];
	size_t cert_length = sizeof of_cert, key_length = sizeof of_key;
	gnutls_pubkey_t public;
	if (gnutls_pubkey_init(&public) < 0)
		return -ENOMEM;
	int r = gnutls_pubkey_import_privkey(public, keys->key, 0, 0);
	if (r == 0)
		r = gnutls_pubkey_get_key_id(public, GNUTLS_KEYID_USE_SHA256, of_key, &key_length);
	if (r == 0)
		r = gnutls_pubkey_get_key_id(
			keys->chain[0].pubkey, GNUTLS_KEYID_USE_SHA256, of_cert, &cert_length);
	gnutls_pubkey_deinit(public);
	if (r == 0 && cert_length == key_length && memcmp(of_cert, of_key, key_length) == 0)
		return 0;
	log_error("web: %s is not the key of the certificate", path);
	return -EINVAL;
}

static void note_version(struct version *ret, const char *path)
{
	struct stat state;
	if (stat(path, &state) == 0)
		*ret = (struct version){ state.st_mtim, state.st_ino };
}

static void note_versions(struct pair_of_keys *keys, const struct certificate *certificate)
{
	note_version(&keys->cert_version, certificate->cert_path);
	note_version(&keys->key_version, certificate->key_path);
}

static int load(const struct certificate *certificate, struct pair_of_keys **ret)
{
	struct pair_of_keys *keys = calloc(1, sizeof *keys);
	if (!keys)
		return -ENOMEM;
	note_versions(keys, certificate);
	int r = load_chain(keys, certificate->cert_path);
	if (r == 0)
		r = load_key(keys, certificate->key_path);
	if (r == 0)
		r = check_pair(keys, certificate->key_path);
	if (r < 0) {
		keys_free(keys);
		return r;
	}
	*ret = keys;
	return 0;
}

static void write_fingerprint(struct certificate *certificate)
{
	unsigned char digest[32];
	size_t length = sizeof digest;
	char path[4096], *out = certificate->fingerprint;
	if (gnutls_fingerprint(
		    GNUTLS_DIG_SHA256, &certificate->now->chain[0].cert, digest, &length) < 0)
		return;
	for (size_t i = 0; i < length; i++)
		out += snprintf(out, 4, "%s%02X", i ? ":" : "", digest[i]);
	if (!path_join(path, sizeof path, certificate->site->arguments->data, WEB_FINGERPRINT_FILE))
		return;
	const int r = file_write_whole(
		path, certificate->fingerprint, strlen(certificate->fingerprint), 0644);
	if (r < 0)
		log_warn("web: %s: %s", path, strerror(-r));
}

static int name_it(gnutls_x509_crt_t cert, const struct site *site)
{
	char host[256] = "incheckpaal", local[300];
	unsigned char serial[16];
	gethostname(host, sizeof host - 1);
	snprintf(local, sizeof local, "%s.local", host);
	for (size_t i = 0; i < sizeof serial; i++)
		serial[i] = (unsigned char)random_below(256);
	serial[0] &= 0x7f;
	int r = gnutls_x509_crt_set_dn_by_oid(cert, GNUTLS_OID_X520_COMMON_NAME, 0,
		site->config->kiosk.name, (unsigned)strlen(site->config->kiosk.name));
	if (r == 0)
		r = gnutls_x509_crt_set_serial(cert, serial, sizeof serial);
	if (r == 0)
		r = gnutls_x509_crt_set_subject_alt_name(
			cert, GNUTLS_SAN_DNSNAME, host, (unsigned)strlen(host), GNUTLS_FSAN_APPEND);
	if (r == 0)
		r = gnutls_x509_crt_set_subject_alt_name(cert, GNUTLS_SAN_DNSNAME, local,
			(unsigned)strlen(local), GNUTLS_FSAN_APPEND);
	return r;
}

static int fill_certificate(
	gnutls_x509_crt_t cert, gnutls_x509_privkey_t key, const struct site *site)
{
	int r = gnutls_x509_crt_set_version(cert, 3);
	if (r == 0)
		r = name_it(cert, site);
	if (r == 0)
		r = gnutls_x509_crt_set_activation_time(cert, VALID_FROM);
	if (r == 0)
		r = gnutls_x509_crt_set_expiration_time(
			cert, VALID_FROM + VALID_YEARS * 365LL * 24 * 3600);
	if (r == 0)
		r = gnutls_x509_crt_set_basic_constraints(cert, 0, -1);
	if (r == 0)
		r = gnutls_x509_crt_set_key_purpose_oid(cert, GNUTLS_KP_TLS_WWW_SERVER, 0);
	if (r == 0)
		r = gnutls_x509_crt_set_key(cert, key);
	if (r == 0)
		r = gnutls_x509_crt_sign2(cert, cert, key, GNUTLS_DIG_SHA256, 0);
	return r;
}

static int write_datum(const char *path, gnutls_datum_t *datum, unsigned mode)
{
	const int r = file_write_whole(path, datum->data, datum->size, mode);
	if (r < 0)
		log_error("web: %s: %s", path, strerror(-r));
	secret_forget(datum->data, datum->size);
	gnutls_free(datum->data);
	return r;
}

/* The key first: with a key alone the next start makes both anew. */
static int write_pair(
	const struct certificate *certificate, gnutls_x509_crt_t cert, gnutls_x509_privkey_t key)
{
	gnutls_datum_t pem;
	if (gnutls_x509_privkey_export2_pkcs8(
		    key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem) < 0)
		return -ENOMEM;
	const int r = write_datum(certificate->key_path, &pem, 0600);
	if (r < 0)
		return r;
	if (gnutls_x509_crt_export2(cert, GNUTLS_X509_FMT_PEM, &pem) < 0)
		return -ENOMEM;
	return write_datum(certificate->cert_path, &pem, 0644);
}

static int make(const struct certificate *certificate)
{
	gnutls_x509_crt_t cert = NULL;
	gnutls_x509_privkey_t key = NULL;
	int r = gnutls_x509_privkey_init(&key);
	if (r == 0)
		r = gnutls_x509_crt_init(&cert);
	if (r == 0)
		r = gnutls_x509_privkey_generate2(key, GNUTLS_PK_ECDSA,
			GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0, NULL, 0);
	if (r == 0)
		r = fill_certificate(cert, key, certificate->site);
	if (r < 0)
		log_error("web: can not make a certificate: %s", gnutls_strerror(r));
	r = r < 0 ? -EIO : write_pair(certificate, cert, key);
	if (cert)
		gnutls_x509_crt_deinit(cert);
	if (key)
		gnutls_x509_privkey_deinit(key);
	return r;
}

static int find_files(struct certificate *certificate)
{
	const struct config *config = certificate->site->config;
	certificate->own = !config->web.tls_cert[0];
	if (!certificate->own) {
		snprintf(certificate->cert_path, sizeof certificate->cert_path, "%s",
			config->web.tls_cert);
		snprintf(certificate->key_path, sizeof certificate->key_path, "%s",
			config->web.tls_key);
		return 0;
	}
	const char *data = certificate->site->arguments->data;
	if (!path_join(certificate->cert_path, sizeof certificate->cert_path, data, "web.crt") ||
		!path_join(certificate->key_path, sizeof certificate->key_path, data, "web.key"))
		return -ENAMETOOLONG;
	const bool there = access(certificate->cert_path, F_OK) == 0 &&
			   access(certificate->key_path, F_OK) == 0;
	if (there)
		return 0;
	log_info("web: makes a certificate of its own");
	return make(certificate);
}

/* Nobody but us made the pair of our own: a page without it could be seen by nobody. */
static int load_or_replace(struct certificate *certificate)
{
	const int r = load(certificate, &certificate->now);
	if (r != -EINVAL || !certificate->own)
		return r;
	log_warn("web: makes another certificate of its own: browsers warn once more, with another "
		 "fingerprint");
	const int made = make(certificate);
	return made < 0 ? made : load(certificate, &certificate->now);
}

int certificate_load(struct certificate **ret, const struct site *site)
{
	struct certificate *certificate = calloc(1, sizeof *certificate);
	if (!certificate)
		return -ENOMEM;
	certificate->site = site;
	int r = find_files(certificate);
	if (r == 0)
		r = load_or_replace(certificate);
	if (r < 0) {
		certificate_destroy(certificate);
		return r;
	}
	write_fingerprint(certificate);
	current = certificate;
	*ret = certificate;
	return 0;
}

void certificate_destroy(struct certificate *certificate)
{
	if (!certificate)
		return;
	if (current == certificate)
		current = NULL;
	keys_free(certificate->now);
	for (size_t i = 0; i < RETIRED_MAX; i++)
		keys_free(certificate->retired[i]);
	free(certificate);
}

static bool is_same(const struct version *a, const struct version *b)
{
	return a->number == b->number && a->changed.tv_sec == b->changed.tv_sec &&
	       a->changed.tv_nsec == b->changed.tv_nsec;
}

void certificate_reload(struct certificate *certificate)
{
	struct pair_of_keys seen = { .length = 0 }, *fresh;
	struct pair_of_keys *now = certificate->now;
	note_versions(&seen, certificate);
	if (is_same(&seen.cert_version, &now->cert_version) &&
		is_same(&seen.key_version, &now->key_version))
		return;
	now->cert_version = seen.cert_version; /* a fault is told once, not each time we look */
	now->key_version = seen.key_version;
	if (load(certificate, &fresh) < 0) {
		log_warn("web: the certificate of before stays in use");
		return;
	}
	struct pair_of_keys **retired =
		&certificate->retired[certificate->next_retired++ % RETIRED_MAX];
	keys_free(*retired);
	*retired = now;
	certificate->now = fresh;
	write_fingerprint(certificate);
	log_info("web: the certificate was read anew");
}

const char *certificate_fingerprint(const struct certificate *certificate)
{
	return certificate->fingerprint;
}

bool certificate_is_own(const struct certificate *certificate)
{
	return certificate->own;
}

int certificate_of_handshake(gnutls_session_t session, const gnutls_datum_t *authorities, int count,
	const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **ret_chain,
	unsigned *ret_length, gnutls_privkey_t *ret_key)
{
	(void)session;
	(void)authorities;
	(void)count;
	(void)algorithms;
	(void)algorithm_count;
	if (!current)
		return -1;
	*ret_chain = current->now->chain;
	*ret_length = current->now->length;
	*ret_key = current->now->key;
	return 0;
}
