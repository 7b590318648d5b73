/** What the operating system's troubles are called, in either language. Any thread. */
#ifndef BASE_TROUBLE_H
#define BASE_TROUBLE_H

#include "core/said.h"

/* @error positive, as errno; in English, and for what we have no Dutch words for, strerror's. */
const char *trouble_words(int error, enum language language);
/* -errno said in both. */
void trouble_say(struct said *ret, int trouble);

#endif
