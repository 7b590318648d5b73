/** Shared by privacy.c, which forgets people, and privacy_text.c, which takes their names out of
 * what others wrote. */
#ifndef STORE_PRIVACY_PRIVATE_H
#define STORE_PRIVACY_PRIVATE_H

#include "store/store.h"

/* Takes the names of who is about to be forgotten out of reasons: their full name and e-mail
 * address wherever they stand, the given or family name alone where the row is about them. */
int privacy_blank_texts(struct store *store, const char *attendee);

/* What guards corrections and the audit log steps aside within the caller's transaction, and comes
 * back. free(*ret) is privacy_put_guards's. */
int privacy_lift_guards(struct store *store, char **ret);
int privacy_put_guards(struct store *store, char *guards);

#endif
