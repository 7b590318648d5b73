#include "screens/golden.h"

#include <errno.h>
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define SMALL_WIDTH 160
#define CELL_TOLERANCE 24 /* of 255 */
#define CELLS_ALLOWED 12

/* A picture made small: each cell the mean of what it covers. RGB. */
static uint8_t *shrink(const char *path, int *ret_width, int *ret_height)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	if (!png_image_begin_read_from_file(&image, path))
		return NULL;
	image.format = PNG_FORMAT_RGB;
	uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
	const int width = SMALL_WIDTH, height = (int)image.height * SMALL_WIDTH / (int)image.width;
	uint8_t *small = calloc((size_t)width * (size_t)height, 3);
	if (!pixels || !small || !png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
		free(pixels);
		free(small);
		return NULL;
	}
	for (int i = 0; i < width * height * 3; i++) {
		const int x = i / 3 % width, y = i / 3 / width, channel = i % 3;
		const int x0 = x * (int)image.width / width,
			  x1 = (x + 1) * (int)image.width / width;
		const int y0 = y * (int)image.height / height,
			  y1 = (y + 1) * (int)image.height / height;
		unsigned sum = 0;
		for (int py = y0; py < y1; py++)
			for (int px = x0; px < x1; px++)
				sum += pixels[(py * (int)image.width + px) * 3 + channel];
		small[i] = (uint8_t)(sum / (unsigned)((x1 - x0) * (y1 - y0)));
	}
	free(pixels);
	*ret_width = width;
	*ret_height = height;
	return small;
}

static int save_small(const char *path, const uint8_t *small, int width, int height)
{
	png_image image = { .version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)width,
		.height = (png_uint_32)height,
		.format = PNG_FORMAT_RGB };
	return png_image_write_to_file(&image, path, 0, small, 0, NULL) ? 0 : -EIO;
}

/* How many cells differ by more than the tolerance; -1 when there is no golden of that size. */
static int compare(const uint8_t *small, int width, int height, const char *golden)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	if (!png_image_begin_read_from_file(&image, golden))
		return -1;
	image.format = PNG_FORMAT_RGB;
	uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
	int differing = -1;
	if (pixels && png_image_finish_read(&image, NULL, pixels, 0, NULL) &&
		(int)image.width == width && (int)image.height == height) {
		differing = 0;
		for (int i = 0; i < width * height; i++) {
			int most = 0;
			for (int c = 0; c < 3; c++) {
				const int d = abs(pixels[3 * i + c] - small[3 * i + c]);
				most = d > most ? d : most;
			}
			differing += most > CELL_TOLERANCE;
		}
	}
	free(pixels);
	return differing;
}

int golden_check(const char *picture, const char *golden, bool update)
{
	int width, height;
	uint8_t *small = shrink(picture, &width, &height);
	if (!small)
		return -EIO;
	int r = 0;
	if (update) {
		r = save_small(golden, small, width, height);
	} else {
		const int differing = compare(small, width, height, golden);
		if (differing < 0 || differing > CELLS_ALLOWED) {
			printf("%s differs from %s in %d cells (allowed %d)\n", picture, golden,
				differing, CELLS_ALLOWED);
			r = -EBADMSG;
		}
	}
	free(small);
	return r;
}

struct part {
	char path[1024];
	unsigned x, y, width, height;
};

static bool read_part(struct part *ret, const char *argument)
{
	return sscanf(argument, "%1023[^:]:%u,%u,%u,%u", ret->path, &ret->x, &ret->y, &ret->width,
		       &ret->height) == 5;
}

/* FNV-1a over the pixels. */
static uint64_t number_of(const struct part *part, const uint8_t *pixels, unsigned width)
{
	uint64_t number = 0xCBF29CE484222325U;
	for (unsigned y = part->y; y < part->y + part->height; y++)
		for (unsigned i = 3 * part->x; i < 3 * (part->x + part->width); i++)
			number = (number ^ pixels[(size_t)3 * y * width + i]) * 0x100000001B3U;
	return number;
}

int part_print(struct easel *unused, const char *argument)
{
	struct part part;
	png_image image = { .version = PNG_IMAGE_VERSION };
	(void)unused;
	if (!read_part(&part, argument) || !png_image_begin_read_from_file(&image, part.path))
		return 1;
	image.format = PNG_FORMAT_RGB;
	uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
	const bool inside =
		part.x + part.width <= image.width && part.y + part.height <= image.height;
	const bool known = pixels && inside && png_image_finish_read(&image, NULL, pixels, 0, NULL);
	if (known)
		printf("%016llx\n", (unsigned long long)number_of(&part, pixels, image.width));
	free(pixels);
	return !known;
}
