/** The service screen's own parts. Shared by service*.c alone; pure. */
#ifndef FACE_SERVICE_PRIVATE_H
#define FACE_SERVICE_PRIVATE_H

#include "face/screens.h"

enum { WORDS_SIZE = 192 };

/* One place filled. */
static inline const char *fill_one(char *ret, size_t size, enum language language, enum word which,
	const char *name, const char *value)
{
	return word_fill(ret, size, language, which, &(struct fill){ name, value }, 1);
}

void draw_service_list(struct canvas *canvas, struct rect rect);
void draw_service_page(struct canvas *canvas, struct rect rect);

#endif
