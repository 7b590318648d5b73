/** From a view to a picture: design.md 5 as arithmetic. Pure; needs only a measure. */
#ifndef FACE_LAYOUT_H
#define FACE_LAYOUT_H

#include "face/picture.h"
#include "face/view.h"

struct surface {
	int width_px, height_px; /* device pixels */
	bool small;              /* the short side is under 110 mm */
};

/* Logical pixels times this are device pixels: base 480 for small displays, else 720. */
float layout_zoom(const struct surface *surface);

/* Where the reader is: what SIDE_AUTO means on this display. */
enum reader_side layout_side(const struct surface *surface, enum reader_side side);

/* Fills @ret (its old content is dropped). */
void layout_picture(struct picture *ret, const struct view *view, const struct surface *surface,
	const struct measure *measure);

#endif
