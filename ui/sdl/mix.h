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

/* Eight pixels at once, channel by channel in 16 bits, which compilers turn into vectors. */
static inline void mix_eight(uint32_t *pixels, const uint8_t *weights, const uint8_t *colour)
{
	uint8_t channels[32], share[32];
	memcpy(channels, pixels, sizeof channels);
	for (int i = 0; i < 32; i++)
		share[i] = weights[i / 4];
	for (int i = 0; i < 32; i++) {
		const uint16_t sum =
			(uint16_t)(channels[i] * (255 - share[i]) + colour[i] * share[i] + 128);
		channels[i] = (uint8_t)((sum + (sum >> 8)) >> 8);
	}
	memcpy(pixels, channels, sizeof channels);
}

/* A row of pixels, each as far as @cover says (0 to 255) times @alpha (0 to 255). Most of a line of
 * text is bare, so eight at a time are passed over. */
static inline void mix_cover(
	uint32_t *pixels, const uint8_t *cover, int count, uint32_t rgb, uint8_t alpha)
{
	const uint32_t most = alpha + (alpha >> 7u); /* of 256 */
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
			mix_eight(pixels + i, cover + i, (const uint8_t *)colour);
			continue;
		}
		for (int j = i; j < i + 8; j++)
			pixels[j] = mix(pixels[j], rgb, cover[j] * most >> 8);
	}
	for (; i < count; i++)
		pixels[i] = mix(pixels[i], rgb, (cover[i] + (cover[i] >> 7u)) * most >> 8);
}

#endif
