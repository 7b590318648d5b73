/**
 * A file under a password: Argon2id makes the key, libsodium's secretstream seals it in blocks, so
 * that a changed, cut or reordered file is refused. Bounded memory. Any thread after seal_start.
 */
#ifndef BASE_COFFER_H
#define BASE_COFFER_H

#include <stdbool.h>
#include <stddef.h>

/* Both read @from and write @to from their begin. 0 or -errno. */
int coffer_close(int from, int to, const char *password);
/* -EBADMSG: no coffer, changed or cut; -EKEYREJECTED: another password. @to is then of no use. */
int coffer_open(int from, int to, const char *password);
bool coffer_is_one(int fd); /* by its first bytes */

#endif
