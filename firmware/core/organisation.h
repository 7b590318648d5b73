/**
 * When two names are one organisation. Pure; any thread.
 *
 * A key is what remains of a name without case, accents, punctuation and legal form: equal keys are
 * the same organisation. Anything less is a likeness: a question for a person, never an answer.
 */
#ifndef CORE_ORGANISATION_H
#define CORE_ORGANISATION_H

#include <stdbool.h>
#include <stddef.h>

#define ORGANISATION_KEY_SIZE 256
#define KVK_SIZE 9 /* eight digits and the NUL */
#define TOWN_SIZE 96

/* From this likeness on a pair is shown to the organiser. */
#define LIKENESS_DOUBTFUL 75

/**
 * "IJsselbyte Software B.V." and "ijsselbyte software bv" have the key "ijsselbyte software";
 * "Coöperatie De Stroom U.A." has "de stroom". Words are separated by one blank; "&", "+" and "and"
 * read "en". A name of legal forms alone keeps the last. Returns the length; "" only for a name
 * without any letter or digit.
 */
size_t organisation_key(char ret[ORGANISATION_KEY_SIZE], const char *name);

/* How alike two keys are: 100 when equal, 0 when nothing is. Names that differ in a number
 * ("Atelier 1", "Atelier 2") stay under LIKENESS_DOUBTFUL. */
int organisation_likeness(const char *key, const char *other);

/* What makes two keys alike, in one word for a message: "same", "blanks" (written as one word or
 * more), "order" (of the same words), "start", "part", "acronym" or "letters". */
const char *organisation_likeness_reason(const char *key, const char *other);

/* Whether an e-mail address under this domain (small letters) says nothing about whom somebody
 * works for: of a well-known provider, or of an example. */
bool mail_domain_is_common(const char *domain);

/* A number of the chamber of commerce: eight digits, perhaps with blanks or points between them.
 * False with @ret untouched for anything else. */
bool kvk_read(char ret[KVK_SIZE], const char *text);

#endif
