/** A surface as a PNG file, by libpng. */
#ifndef SDL_PNG_H
#define SDL_PNG_H

#include <SDL.h>

/* @surface is ARGB8888. Writes PATH.new and renames. 0 or -errno. */
int png_save(SDL_Surface *surface, const char *path);

#endif
