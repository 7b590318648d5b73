#include "sdl/cover.h"

#include <stdlib.h>
#include <string.h>

#include "sdl/mix.h"

/* A row is a run of blocks after the other: one byte of kind and length, and of a mixed run its
 * pixels. What is bare at the end is left out. */
enum kind { BARE, FULL, MIXED };
#define RUN_MAX 64
#define COUNT_BITS 6

static enum kind kind_of(const uint8_t *block)
{
	uint32_t four;
	memcpy(&four, block, sizeof four);
	return four == 0 ? BARE : four == UINT32_MAX ? FULL : MIXED;
}

static int run_of(const uint8_t *bytes, int blocks, enum kind kind)
{
	int count = 1;
	while (count < blocks && count < RUN_MAX &&
		kind_of(bytes + (ptrdiff_t)count * COVER_BLOCK) == kind)
		count++;
	return count;
}

/* How many bytes the row takes; written when there is room for it. */
static uint32_t pack_row(const uint8_t *bytes, int blocks, uint8_t *ret)
{
	uint32_t size = 0, kept = 0;
	for (int i = 0, count; i < blocks; i += count) {
		const uint8_t *at = bytes + (ptrdiff_t)i * COVER_BLOCK;
		const enum kind kind = kind_of(at);
		count = run_of(at, blocks - i, kind);
		const size_t pixels = kind == MIXED ? (size_t)count * COVER_BLOCK : 0;
		if (ret) {
			ret[size] = (uint8_t)((unsigned)kind << COUNT_BITS | (unsigned)(count - 1));
			memcpy(ret + size + 1, at, pixels);
		}
		size += 1 + (uint32_t)pixels;
		kept = kind == BARE ? kept : size;
	}
	return kept;
}

void cover_pack(struct cover *ret, const uint8_t *bytes, int width, int height)
{
	const size_t index = ((size_t)height + 1) * sizeof *ret->rows;
	const int blocks = width / COVER_BLOCK;
	size_t most = index;
	for (int y = 0; y < height; y++)
		most += pack_row(bytes + (ptrdiff_t)y * width, blocks, NULL);
	/* The bare end of the last row is written before it is left out. */
	*ret = (struct cover){ width, height, most, malloc(most + (size_t)blocks) };
	if (!ret->rows) {
		*ret = (struct cover){ 0 };
		return;
	}
	uint32_t at = (uint32_t)index;
	for (int y = 0; y < height; y++) {
		ret->rows[y] = at;
		at += pack_row(bytes + (ptrdiff_t)y * width, blocks, (uint8_t *)ret->rows + at);
	}
	ret->rows[height] = at;
}

void cover_free(struct cover *cover)
{
	free(cover->rows);
	*cover = (struct cover){ 0 };
}

/* With @alpha in between, each pixel by itself: things move then, and nobody reads yet. */
static void mix_run(
	uint32_t *pixels, const uint8_t *bytes, int count, const uint32_t *colour, uint8_t alpha)
{
	if (alpha != 255) {
		mix_cover(pixels, bytes, count * COVER_BLOCK, colour[0], alpha);
		return;
	}
	for (int i = 0; i < count * COVER_BLOCK; i += COVER_BLOCK)
		mix_block(pixels + i, bytes + i, colour);
}

static void draw_row(const uint8_t *row, const uint8_t *end, uint32_t *pixels,
	const uint32_t *colour, uint8_t alpha)
{
	while (row < end) {
		const enum kind kind = (enum kind)(*row >> COUNT_BITS);
		const int count = (*row++ & (RUN_MAX - 1)) + 1;
		if (kind == FULL && alpha == 255)
			mix_solid(pixels, count * COVER_BLOCK, colour[0]);
		else if (kind == FULL)
			mix_flat(pixels, count * COVER_BLOCK, colour[0], alpha);
		else if (kind == MIXED)
			mix_run(pixels, row, count, colour, alpha);
		row += kind == MIXED ? (ptrdiff_t)count * COVER_BLOCK : 0;
		pixels += (ptrdiff_t)count * COVER_BLOCK;
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
	uint32_t colour[COVER_BLOCK];
	SDL_Rect seen;
	if (!base || !SDL_IntersectRect(&place, &target->clip_rect, &seen))
		return;
	if (seen.w < place.w) {
		draw_part(cover, target, &seen, x, y, rgb, alpha);
		return;
	}
	mix_solid(colour, COVER_BLOCK, rgb);
	for (int row = seen.y; row < seen.y + seen.h; row++) {
		const uint32_t *ends = cover->rows + (row - y);
		draw_row(base + ends[0], base + ends[1], pixels_at(target, x, row), colour, alpha);
	}
}
