#include "core/text.h"

#include <string.h>

#define LETTERS_SIZE 5 /* the longest character, or what it folds to, with its NUL */
#define COMPARED_SIZE 1024

/* clang-format off */
/* What letters are without their marks, in runs of code points; '.' is not a letter to fold. */
static const struct {
	uint32_t first;
	const char *letters;
} runs[] = {
	{ 0x00C0, "aaaaaa.ceeeeiiii" "dnooooo.ouuuuy.." "aaaaaa.ceeeeiiii" "dnooooo.ouuuuy.y"
		"aaaaaaccccccccdd" "ddeeeeeeeeeegggg" "gggghhhhiiiiiiii" "ii..jjkkklllllll"
		"lllnnnnnnnnnoooo" "oo..rrrrrrssssss" "ssttttttuuuuuuuu" "uuuuwwyyyzzzzzzs" },
	{ 0x01A0, "oo" },
	{ 0x01AF, "uu" },
	{ 0x01CD, "aaiioouuuuuuuuuu.aaaa..ggggkkoooo" },
	{ 0x01F4, "gg..nnaa..oo" "aaaaeeeeiiiioooo" "rrrruuuusstt..hh" "......aaeeoooooo" "ooyy" },
	{ 0x1E00, "aabbbbbbccdddddd" "ddddeeeeeeeeeeff" "gghhhhhhhhhhiiii" "kkkkkkllllllllmm"
		"mmmmnnnnnnnnoooo" "oooopppprrrrrrrr" "sssssssssstttttt" "ttuuuuuuuuuuvvvv"
		"wwwwwwwwwwxxxxyy" "zzzzzzhtwy.s...." "aaaaaaaaaaaaaaaa" "aaaaaaaaeeeeeeee"
		"eeeeeeeeiiiioooo" "oooooooooooooooo" "oooouuuuuuuuuuuu" "uuyyyyyyyy" },
};

/* What becomes more than one letter, a plain sign, or nothing. */
static const struct {
	uint32_t first, last;
	const char *letters;
} others[] = {
	{ 0x00A0, 0x00A0, " " },  { 0x00AD, 0x00AD, "" },   { 0x00C6, 0x00C6, "ae" },
	{ 0x00DE, 0x00DE, "th" }, { 0x00DF, 0x00DF, "ss" }, { 0x00E6, 0x00E6, "ae" },
	{ 0x00FE, 0x00FE, "th" }, { 0x0132, 0x0133, "ij" }, { 0x0152, 0x0153, "oe" },
	{ 0x01E2, 0x01E3, "ae" }, { 0x01FC, 0x01FD, "ae" }, { 0x02BC, 0x02BC, "'" },
	{ 0x0300, 0x036F, "" },   { 0x1E9E, 0x1E9E, "ss" }, { 0x2000, 0x200A, " " },
	{ 0x200B, 0x200D, "" },   { 0x2010, 0x2015, "-" },  { 0x2018, 0x2019, "'" },
	{ 0x202F, 0x202F, " " },  { 0xFEFF, 0xFEFF, "" },
};
/* clang-format on */

static char fold_ascii(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

/* The letter @code is without its marks, or '.'. */
static char letter_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
		if (code >= runs[i].first && code - runs[i].first < strlen(runs[i].letters))
			return runs[i].letters[code - runs[i].first];
	return '.';
}

static const char *other_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (code >= others[i].first && code <= others[i].last)
			return others[i].letters;
	return NULL;
}

/* Folds the character at @text into @ret; how many bytes of @text that took. */
static size_t fold_next(char ret[LETTERS_SIZE], const char *text, size_t left)
{
	uint32_t code = 0xFFFD;
	const size_t found = utf8_next(text, left, &code);
	const char letter = found == 1 ? fold_ascii(text[0]) : letter_of(code);
	memset(ret, 0, LETTERS_SIZE);
	if (found == 1 || letter != '.') {
		ret[0] = letter;
		return found;
	}
	const char *other = found ? other_of(code) : "\xEF\xBF\xBD";
	if (other)
		utf8_clip(ret, LETTERS_SIZE, other);
	else
		memcpy(ret, text, found);
	return found ? found : 1;
}

size_t text_fold(char *ret, size_t size, const char *text)
{
	size_t length = 0, left = strlen(text);
	if (size == 0)
		return 0;
	while (left > 0) {
		char letters[LETTERS_SIZE];
		const size_t step = fold_next(letters, text, left);
		const size_t bytes = strlen(letters);
		const bool repeated = letters[0] == ' ' && length > 0 && ret[length - 1] == ' ';
		if (length + bytes >= size)
			break;
		if (!repeated) {
			memcpy(ret + length, letters, bytes);
			length += bytes;
		}
		text += step;
		left -= step;
	}
	ret[length] = '\0';
	return length;
}

bool text_equal_folded(const char *a, const char *b)
{
	char left[COMPARED_SIZE], right[COMPARED_SIZE];
	text_fold(left, sizeof left, a);
	text_fold(right, sizeof right, b);
	return strcmp(left, right) == 0;
}

/* Every " en " and " and " becomes " & ", in place: the text only gets shorter. */
static void join_by_ampersand(char *text)
{
	static const char *const words[] = { " en ", " and " };
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		char *at;
		while ((at = strstr(text, words[i]))) {
			memcpy(at, " & ", 3);
			memmove(at + 3, at + strlen(words[i]), strlen(at + strlen(words[i])) + 1);
		}
	}
}

bool text_equal_loosely(const char *a, const char *b)
{
	char left[COMPARED_SIZE], right[COMPARED_SIZE];
	text_fold(left, sizeof left, a);
	text_fold(right, sizeof right, b);
	join_by_ampersand(left);
	join_by_ampersand(right);
	return strcmp(left, right) == 0;
}
