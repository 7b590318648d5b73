/** Organisations are one when their names are, but for case, accents and blanks. Pure. */
#ifndef STORE_ORGANISATION_ID_H
#define STORE_ORGANISATION_ID_H

#include "core/schedule.h"

void organisation_id_of(char ret[ID_TEXT_SIZE], const char *name);

#endif
