/**
 * The geometry of what is painted: how far a pixel lies from a form's border, and which part of a
 * row lies inside. Device pixels. Pure.
 */
#ifndef SDL_FORM_H
#define SDL_FORM_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

struct form;

struct contour {
	/* How far (x, y) lies outside the border; negative inside. */
	float (*distance)(const struct form *form, float x, float y);
	/* Where on the row at @y the distance is at most @outset, what is hollow inside it left out
	 * of account; false where nowhere. NULL for forms of which a row may have several such
	 * parts. */
	bool (*chord)(
		const struct form *form, float y, float outset, float *ret_left, float *ret_right);
	/* Where inside that the distance is at least @inset. NULL for forms that are solid. */
	bool (*hole)(
		const struct form *form, float y, float inset, float *ret_left, float *ret_right);
	/* Holds every pixel that the form may touch. */
	SDL_Rect (*bounds)(const struct form *form);
};

struct form {
	const struct contour *contour;
	float x, y, w, h, radius, stroke; /* as in struct shape (face/picture.h) */
	float from, span;                 /* of an arc, in degrees */
	const float *points;              /* of a polygon, convex; borrowed */
	size_t count;
};

extern const struct contour contour_box, contour_frame, contour_disc, contour_ring, contour_line,
	contour_arc, contour_polygon;

#endif
