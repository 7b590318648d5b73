/** Mixing a colour into pixels (0xFFRRGGBB). Pure. */
#ifndef SDL_MIX_H
#define SDL_MIX_H

#include <stdint.h>
#include <string.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "a pixel is set as a wide character");

/* @weight of 256. */
static inline uint32_t mix(uint32_t old, uint32_t rgb, uint32_t weight)
{
	const uint32_t rest = 256 - weight;
	const uint32_t red_blue =
		((rgb & 0xFF00FF) * weight + (old & 0xFF00FF) * rest) >> 8 & 0xFF00FF;
	const uint32_t green =
		((rgb & 0x00FF00) * weight + (old & 0x00FF00) * rest) >> 8 & 0x00FF00;
	return 0xFF000000 | red_blue | green;
}

static inline void mix_solid(uint32_t *pixels, int count, uint32_t rgb)
{
	if (count > 0)
		wmemset((wchar_t *)(void *)pixels, (wchar_t)(0xFF000000 | rgb), (size_t)count);
}

typedef uint16_t mix_words __attribute__((vector_size(16)));
typedef uint8_t mix_bytes __attribute__((vector_size(16)));

/* A colour for four pixels. The channels are taken apart by their place in a word: even ones and
 * odd ones. */
struct mix_ink {
	mix_words even, odd;
};

static inline struct mix_ink mix_ink(uint32_t rgb)
{
	uint32_t colour[4];
	mix_words four;
	mix_solid(colour, 4, rgb);
	memcpy(&four, colour, sizeof four);
	return (struct mix_ink){ four & 255, four >> 8 };
}

/* Channels, 256 times: what is left of the old ones, and what comes in. */
static inline mix_words mix_channels(mix_words old, mix_words rest, mix_words in)
{
	const mix_words sum = old * rest + in + 128;
	return sum + (sum >> 8);
}

/* Four pixels: of each the @rest of 255 stays, twice, and @in comes, which is the ink times its
 * share. */
static inline void mix_in(uint32_t *pixels, struct mix_ink in, mix_words rest)
{
	mix_words old;
	memcpy(&old, pixels, sizeof old);
	const mix_words even = mix_channels(old & 255, rest, in.even) >> 8;
	const mix_words odd = mix_channels(old >> 8, rest, in.odd) & 0xFF00;
	old = even | odd;
	memcpy(pixels, &old, sizeof old);
}

/* Four pixels, each of which has its @share of 255 twice. */
static inline void mix_four(uint32_t *pixels, struct mix_ink ink, mix_words share)
{
	const struct mix_ink in = { ink.even * share, ink.odd * share };
	mix_in(pixels, in, 255 - share);
}

/* Eight pixels at once, each as far as its weight says (of 255). The weights go by way of a
 * register: to lay them in a vector in memory and read it back whole makes the processor wait. */
static inline void mix_eight(uint32_t *pixels, const uint8_t *weights, struct mix_ink ink)
{
	uint64_t eight;
	memcpy(&eight, weights, sizeof eight);
	const mix_bytes bytes = (mix_bytes)(__attribute__((vector_size(16))) uint64_t){ eight, 0 };
	const mix_words share = (mix_words)__builtin_shufflevector(
		bytes, (mix_bytes){ 0 }, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
	mix_four(pixels, ink, __builtin_shufflevector(share, share, 0, 0, 1, 1, 2, 2, 3, 3));
	mix_four(pixels + 4, ink, __builtin_shufflevector(share, share, 4, 4, 5, 5, 6, 6, 7, 7));
}

/* A row of pixels, each as far as @share says (0 to 255). */
static inline void mix_flat(uint32_t *pixels, int count, uint32_t rgb, uint8_t share)
{
	const struct mix_ink ink = mix_ink(rgb);
	const struct mix_ink in = { ink.even * share, ink.odd * share };
	const mix_words rest = (mix_words){ 0 } + (uint16_t)(255 - share);
	int i = 0;
	for (; i + 4 <= count; i += 4)
		mix_in(pixels + i, in, rest);
	for (; i < count; i++)
		pixels[i] = mix(pixels[i], rgb, share + (share >> 7u));
}

/* A row of pixels, each as far as @cover says (0 to 255) times @alpha (0 to 255). Most of a line of
 * text is bare, so eight at a time are passed over. */
static inline void mix_cover(
	uint32_t *pixels, const uint8_t *cover, int count, uint32_t rgb, uint8_t alpha)
{
	const uint32_t most = alpha + (alpha >> 7u); /* of 256 */
	const struct mix_ink ink = mix_ink(rgb);
	uint32_t colour[8];
	int i = 0;
	mix_solid(colour, 8, rgb);
	for (; i + 8 <= count; i += 8) {
		uint64_t eight;
		memcpy(&eight, cover + i, sizeof eight);
		if (eight == 0)
			continue;
		if (eight == UINT64_MAX && alpha == 255) {
			memcpy(pixels + i, colour, sizeof colour);
			continue;
		}
		if (alpha == 255) {
			mix_eight(pixels + i, cover + i, ink);
			continue;
		}
		for (int j = i; j < i + 8; j++)
			pixels[j] = mix(pixels[j], rgb, cover[j] * most >> 8);
	}
	for (; i < count; i++)
		pixels[i] = mix(pixels[i], rgb, (cover[i] + (cover[i] >> 7u)) * most >> 8);
}

#endif
