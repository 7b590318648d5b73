#include "face/registration.h"

#include <string.h>

#include "core/text.h"

#define ADD_FROM 3 /* letters typed before a new organisation is offered */

/* What the keys type, plain and at the start of a word. */
static const char *const layers[LAYER_COUNT][KEYBOARD_ROWS][KEYBOARD_ROW_KEYS + 1] = {
	[LAYER_LETTERS] = {
		{ "q", "w", "e", "r", "t", "y", "u", "i", "o", "p" },
		{ "a", "s", "d", "f", "g", "h", "j", "k", "l" },
		{ "z", "x", "c", "v", "b", "n", "m", "-", "’" },
	},
	[LAYER_DIGITS] = {
		{ "1", "2", "3", "4", "5", "6", "7", "8", "9", "0" },
		{ "&", "+", "@", "#", "(", ")", "/", ":", "." },
		{ ",", "!", "?", "€", "%", "*", "_", "-", "’" },
	},
	[LAYER_ACCENTS] = {
		{ "é", "è", "ë", "ê", "á", "à", "ä", "â", "ï", "í" },
		{ "ó", "ö", "ô", "ú", "ü", "û", "ij", "ñ", "ç" },
		{ "å", "ø", "æ", "ß", "ı", "ş", "ğ", "ž", "č" },
	},
};
static const char *const capitals[KEYBOARD_ROWS][KEYBOARD_ROW_KEYS + 1] = {
	{ "É", "È", "Ë", "Ê", "Á", "À", "Ä", "Â", "Ï", "Í" },
	{ "Ó", "Ö", "Ô", "Ú", "Ü", "Û", "IJ", "Ñ", "Ç" },
	{ "Å", "Ø", "Æ", "ẞ", "I", "Ş", "Ğ", "Ž", "Č" },
};

int keyboard_row_keys(enum key_layer layer, int row)
{
	int count = 0;
	while (layers[layer][row][count])
		count++;
	return count;
}

char *registration_field(struct registration *registration, enum screen step, size_t *ret_size)
{
	if (step == SCREEN_REG_ORGANISATION) {
		*ret_size = sizeof registration->organisation;
		return registration->organisation;
	}
	*ret_size = sizeof registration->name;
	return step == SCREEN_REG_NAME ? registration->name : NULL;
}

static const char *text_of(const struct registration *registration, enum screen step)
{
	return step == SCREEN_REG_ORGANISATION ? registration->organisation : registration->name;
}

static bool starts_word(const char *text)
{
	const size_t length = strlen(text);
	return length == 0 || text[length - 1] == ' ' || text[length - 1] == '-';
}

/* In Dutch, "ij" at the start of a word is one capital. Only for organisations: a first name may
 * be from anywhere, and has the IJ key. */
static bool completes_ij(const char *text, enum screen step, const char *key)
{
	const size_t length = strlen(text);
	return step == SCREEN_REG_ORGANISATION && strcmp(key, "j") == 0 && length > 0 &&
	       text[length - 1] == 'I' &&
	       (length == 1 || text[length - 2] == ' ' || text[length - 2] == '-');
}

const char *keyboard_key(
	char ret[8], const struct registration *registration, enum screen step, int row, int column)
{
	const enum key_layer layer = registration->layer;
	const char *text = text_of(registration, step);
	ret[0] = '\0';
	if (column >= keyboard_row_keys(layer, row))
		return ret;
	const char *key = layers[layer][row][column];
	const bool capital = starts_word(text) || completes_ij(text, step, key);
	utf8_clip(ret, 8, capital && layer == LAYER_ACCENTS ? capitals[row][column] : key);
	if (capital && layer == LAYER_LETTERS && ret[0] >= 'a' && ret[0] <= 'z')
		ret[0] = (char)(ret[0] - 'a' + 'A');
	return ret;
}

bool registration_type(struct registration *registration, enum screen step, const char *letters)
{
	size_t size;
	char *text = registration_field(registration, step, &size);
	const size_t length = text ? strlen(text) : 0;
	const bool blank = letters[0] == ' ' && (!text || starts_word(text));
	if (!text || blank || length + strlen(letters) >= size)
		return false;
	utf8_clip(text + length, size - length, letters);
	/* After a blank comes a letter, as a rule. */
	if (letters[0] == ' ')
		registration->layer = LAYER_LETTERS;
	return true;
}

bool registration_erase(struct registration *registration, enum screen step)
{
	size_t size;
	char *text = registration_field(registration, step, &size);
	size_t length = text ? strlen(text) : 0;
	if (length == 0)
		return false;
	do
		length--;
	while (length > 0 && ((uint8_t)text[length] & 0xC0) == 0x80);
	text[length] = '\0';
	return true;
}

static size_t letters_in(const char *text)
{
	size_t count = 0;
	for (; *text; text++)
		count += ((uint8_t)*text & 0xC0) != 0x80;
	return count;
}

size_t registration_offers(const struct registration *registration, struct offer *ret, size_t most)
{
	const struct suggestions *suggestions = &registration->suggestions;
	const size_t typed = letters_in(registration->organisation);
	const bool add = typed >= ADD_FROM && !suggestions->exact;
	const bool alone = typed == 0 || (add && suggestions->count + 2 <= most);
	const size_t room = most - add - alone;
	size_t count = 0;
	for (size_t i = 0; i < suggestions->count && count < room; i++)
		ret[count++] = (struct offer){ OFFER_SUGGESTION, i };
	if (add)
		ret[count++] = (struct offer){ OFFER_ADD, 0 };
	if (alone)
		ret[count++] = (struct offer){ OFFER_ALONE, 0 };
	return count;
}
