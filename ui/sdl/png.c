#include "sdl/png.h"

#include <errno.h>
#include <png.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int png_save(SDL_Surface *surface, const char *path)
{
	char temporary[4096];
	if ((size_t)snprintf(temporary, sizeof temporary, "%s.new", path) >= sizeof temporary)
		return -ENAMETOOLONG;
	png_image image = { .version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)surface->w,
		.height = (png_uint_32)surface->h,
		.format = PNG_FORMAT_BGRA };
	errno = 0;
	if (!png_image_write_to_file(&image, temporary, 0, surface->pixels, surface->pitch, NULL) ||
		rename(temporary, path) < 0) {
		const int r = errno ? -errno : -EIO;
		unlink(temporary);
		return r;
	}
	return 0;
}
