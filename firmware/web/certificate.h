/**
 * The page's certificate: one given by the options, or one of its own, made once. Loop's thread,
 * but for certificate_of_handshake, which libmicrohttpd's run calls there too.
 */
#ifndef WEB_CERTIFICATE_H
#define WEB_CERTIFICATE_H

#include <gnutls/abstract.h>
#include <stdbool.h>

#include "web/request.h"

#define FINGERPRINT_SIZE 96 /* SHA-256 as AB:CD:… */

struct certificate;

/* Loads the given one, or that of DATA/web.crt and web.key, which are made when missing or
 * damaged. Also writes DATA/web.fingerprint, from which others show it. 0 or -errno after
 * logging. */
int certificate_load(struct certificate **ret, const struct site *site);
void certificate_destroy(struct certificate *certificate);

/* Looks whether the files have changed, and takes them when they are whole; else the old one stays.
 * For now and then. */
void certificate_reload(struct certificate *certificate);

const char *certificate_fingerprint(const struct certificate *certificate);
bool certificate_is_own(const struct certificate *certificate);

/* For gnutls_certificate_set_retrieve_function2: of the last certificate loaded by this process. */
int certificate_of_handshake(gnutls_session_t session, const gnutls_datum_t *authorities, int count,
	const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **ret_chain,
	unsigned *ret_length, gnutls_privkey_t *ret_key);

#endif
