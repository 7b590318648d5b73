#include "sdl/bidi.h"

#include <fribidi.h>
#include <stdbool.h>
#include <string.h>

#define FIRST_RIGHT_TO_LEFT 0x590 /* Hebrew is the first script that runs the other way */

static bool runs_one_way(const uint32_t *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (codes[i] >= FIRST_RIGHT_TO_LEFT)
			return false;
	return true;
}

void bidi_levels(const uint32_t *codes, size_t count, uint8_t *ret)
{
	FriBidiCharType types[BIDI_CODES_MAX];
	FriBidiBracketType brackets[BIDI_CODES_MAX];
	FriBidiLevel levels[BIDI_CODES_MAX];
	FriBidiParType direction = FRIBIDI_PAR_WLTR;
	const FriBidiStrIndex length = (FriBidiStrIndex)count;
	memset(ret, 0, count);
	if (count == 0 || count > BIDI_CODES_MAX || runs_one_way(codes, count))
		return;
	fribidi_get_bidi_types(codes, length, types);
	fribidi_get_bracket_types(codes, length, types, brackets);
	if (!fribidi_get_par_embedding_levels_ex(types, brackets, length, &direction, levels))
		return;
	for (size_t i = 0; i < count; i++)
		ret[i] = (uint8_t)levels[i];
}

static void reverse(size_t *order, size_t first, size_t end)
{
	for (; first + 1 < end; first++, end--) {
		const size_t kept = order[first];
		order[first] = order[end - 1];
		order[end - 1] = kept;
	}
}

void bidi_order(const uint8_t *levels, size_t count, size_t *ret)
{
	int highest = 0;
	for (size_t i = 0; i < count; i++) {
		ret[i] = i;
		highest = levels[i] > highest ? levels[i] : highest;
	}
	for (int level = highest; level > 0; level--) {
		for (size_t i = 0; i < count;) {
			size_t end = i;
			while (end < count && levels[end] >= level)
				end++;
			reverse(ret, i, end);
			i = end + 1;
		}
	}
}
