/**
 * What a walk-in has filled in so far, and what the keys do to it. The form itself is part of the
 * view (struct registration); the steps are screens. Pure; any thread.
 */
#ifndef FACE_REGISTRATION_H
#define FACE_REGISTRATION_H

#include "face/view.h"

enum { KEYBOARD_ROWS = 3, KEYBOARD_ROW_KEYS = 10 };

/* How many keys a row has, erase not counted. */
int keyboard_row_keys(enum key_layer layer, int row);
/* What the key at @row and @column types; "" for none. At the start of a word it is a capital. */
const char *keyboard_key(char ret[8], const struct registration *registration, enum screen step,
	int row, int column);

/* The text that @step fills in; NULL when it fills in none. */
char *registration_field(struct registration *registration, enum screen step, size_t *ret_size);

/* Both return true when the text changed. */
bool registration_type(struct registration *registration, enum screen step, const char *letters);
bool registration_erase(struct registration *registration, enum screen step);

/* What stands below the field of the organisation, in this order. */
enum offer_kind { OFFER_SUGGESTION, OFFER_ADD, OFFER_ALONE };
struct offer {
	enum offer_kind kind;
	size_t index; /* OFFER_SUGGESTION */
};
size_t registration_offers(const struct registration *registration, struct offer *ret, size_t most);

#endif
