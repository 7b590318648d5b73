#include "sdl/cover.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sdl/mix.h"

/* A row is a run of blocks after the other: one byte of kind and length, and of a mixed run its
 * pixels. What is bare at the end is left out. */
enum kind { BARE, FULL, MIXED };
#define RUN_MAX 64
#define COUNT_BITS 6
#define TAKEN_ALONG 1

static enum kind kind_of(const uint8_t *block)
{
	uint64_t eight;
	memcpy(&eight, block, sizeof eight);
	return eight == 0 ? BARE : eight == UINT64_MAX ? FULL : MIXED;
}

/* A mixed run takes along a lone block that is bare or full: where runs change costs more than
 * to mix it. */
static int mixed_run(const uint8_t *bytes, int blocks)
{
	int count = 1;
	for (int i = 1; i < SDL_min(blocks, RUN_MAX) && i - count <= TAKEN_ALONG; i++)
		if (kind_of(bytes + (ptrdiff_t)i * COVER_BLOCK) == MIXED)
			count = i + 1;
	return count;
}

static int even_run(const uint8_t *bytes, int blocks, enum kind kind)
{
	int count = 1;
	while (count < blocks && count < RUN_MAX &&
		kind_of(bytes + (ptrdiff_t)count * COVER_BLOCK) == kind)
		count++;
	return count;
}

/* How many bytes the row takes in @ret. */
static uint32_t pack_row(const uint8_t *bytes, int blocks, uint8_t *ret)
{
	uint32_t size = 0, kept = 0;
	for (int i = 0, count; i < blocks; i += count) {
		const uint8_t *at = bytes + (ptrdiff_t)i * COVER_BLOCK;
		const enum kind kind = kind_of(at);
		count = kind == MIXED ? mixed_run(at, blocks - i) : even_run(at, blocks - i, kind);
		ret[size++] = (uint8_t)((unsigned)kind << COUNT_BITS | (unsigned)(count - 1));
		if (kind == MIXED) {
			memcpy(ret + size, at, (size_t)count * COVER_BLOCK);
			size += (uint32_t)count * COVER_BLOCK;
		}
		kept = kind == BARE ? kept : size;
	}
	return kept;
}

/* Has room for one more row of at most @more bytes behind the first @size; false without memory. */
static bool has_room(uint8_t **packed, size_t *room, size_t size, size_t more)
{
	if (*packed && size + more <= *room)
		return true;
	uint8_t *larger = realloc(*packed, 2 * size + more);
	if (!larger)
		return false;
	*packed = larger;
	*room = 2 * size + more;
	return true;
}

void cover_pack(struct cover *ret, const uint8_t *bytes, int pitch, int width, int height)
{
	/* At worst every block is a run of its own. */
	const size_t row_most = (size_t)width / COVER_BLOCK * (COVER_BLOCK + 1);
	size_t size = ((size_t)height + 1) * sizeof *ret->rows, room = 0;
	uint8_t *packed = NULL;
	*ret = (struct cover){ 0 };
	for (int y = 0; y < height; y++) {
		if (!has_room(&packed, &room, size, row_most)) {
			free(packed);
			return;
		}
		((uint32_t *)(void *)packed)[y] = (uint32_t)size;
		size += pack_row(bytes + (ptrdiff_t)y * pitch, width / COVER_BLOCK, packed + size);
	}
	if (!packed)
		return;
	((uint32_t *)(void *)packed)[height] = (uint32_t)size;
	uint8_t *exact = realloc(packed, size);
	*ret = (struct cover){ width, height, size, (uint32_t *)(void *)(exact ? exact : packed) };
}

void cover_free(struct cover *cover)
{
	free(cover->rows);
	*cover = (struct cover){ 0 };
}

static void draw_row(const uint8_t *row, const uint8_t *end, uint32_t *pixels, uint32_t rgb)
{
	const struct mix_ink ink = mix_ink(rgb);
	while (row < end) {
		const enum kind kind = (enum kind)(*row >> COUNT_BITS);
		const int count = (*row++ & (RUN_MAX - 1)) + 1;
		if (kind == MIXED) {
			for (int i = 0; i < count * COVER_BLOCK; i += COVER_BLOCK)
				mix_eight(pixels + i, row + i, ink);
			row += (ptrdiff_t)count * COVER_BLOCK;
		} else if (kind == FULL) {
			mix_solid(pixels, count * COVER_BLOCK, rgb);
		}
		pixels += (ptrdiff_t)count * COVER_BLOCK;
	}
}

/* The same, as far as @alpha says: things move then. */
static void draw_faint_row(
	const uint8_t *row, const uint8_t *end, uint32_t *pixels, uint32_t rgb, uint8_t alpha)
{
	while (row < end) {
		const enum kind kind = (enum kind)(*row >> COUNT_BITS);
		const int pixel_count = ((*row++ & (RUN_MAX - 1)) + 1) * COVER_BLOCK;
		if (kind == MIXED)
			mix_cover(pixels, row, pixel_count, rgb, alpha);
		else if (kind == FULL)
			mix_flat(pixels, pixel_count, rgb, alpha);
		row += kind == MIXED ? pixel_count : 0;
		pixels += pixel_count;
	}
}

/* One row as it was before it was packed. */
static void unpack_row(const uint8_t *row, const uint8_t *end, uint8_t *ret, size_t width)
{
	memset(ret, 0, width);
	while (row < end) {
		const enum kind kind = (enum kind)(*row >> COUNT_BITS);
		const size_t pixels = ((size_t)(*row++ & (RUN_MAX - 1)) + 1) * COVER_BLOCK;
		if (kind == FULL)
			memset(ret, 255, pixels);
		else if (kind == MIXED)
			memcpy(ret, row, pixels);
		row += kind == MIXED ? pixels : 0;
		ret += pixels;
	}
}

static uint32_t *pixels_at(const SDL_Surface *target, int x, int y)
{
	return (uint32_t *)(void *)((uint8_t *)target->pixels + (ptrdiff_t)y * target->pitch) + x;
}

/* Beyond the clip at a side: seldom, so by way of the bytes. */
static void draw_part(const struct cover *cover, SDL_Surface *target, const SDL_Rect *seen, int x,
	int y, uint32_t rgb, uint8_t alpha)
{
	uint8_t *bytes = malloc((size_t)cover->width);
	const uint8_t *base = (const uint8_t *)cover->rows;
	for (int row = seen->y; bytes && row < seen->y + seen->h; row++) {
		const uint32_t *ends = cover->rows + (row - y);
		unpack_row(base + ends[0], base + ends[1], bytes, (size_t)cover->width);
		mix_cover(pixels_at(target, seen->x, row), bytes + (seen->x - x), seen->w, rgb,
			alpha);
	}
	free(bytes);
}

void cover_draw(
	const struct cover *cover, SDL_Surface *target, int x, int y, uint32_t rgb, uint8_t alpha)
{
	const SDL_Rect place = { x, y, cover->width, cover->height };
	const uint8_t *base = (const uint8_t *)cover->rows;
	SDL_Rect seen;
	if (!base || !SDL_IntersectRect(&place, &target->clip_rect, &seen))
		return;
	if (seen.w < place.w) {
		draw_part(cover, target, &seen, x, y, rgb, alpha);
		return;
	}
	for (int row = seen.y; row < seen.y + seen.h; row++) {
		const uint32_t *ends = cover->rows + (row - y);
		if (alpha == 255)
			draw_row(base + ends[0], base + ends[1], pixels_at(target, x, row), rgb);
		else
			draw_faint_row(base + ends[0], base + ends[1], pixels_at(target, x, row),
				rgb, alpha);
	}
}
