/** The steps' own parts. Shared by register*.c alone; pure. */
#ifndef FACE_REGISTER_PRIVATE_H
#define FACE_REGISTER_PRIVATE_H

#include "face/screens.h"

/* Our line with four stops and the time that is left; returns what is left for the step. */
struct rect draw_register_frame(struct canvas *canvas, int now);

#endif
