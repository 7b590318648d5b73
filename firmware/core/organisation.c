#include "core/organisation.h"

#include <string.h>

#include "core/text.h"

#define WORDS_MAX 32

struct word_list {
	const char *at[WORDS_MAX];
	size_t length[WORDS_MAX], count;
};

/* clang-format off */
static const char *const legal_forms[] = { "ba", "bv", "bvba", "cooperatie", "cooperatieve", "cv", "eenmanszaak",
	"gmbh", "inc", "limited", "llc", "llp", "ltd", "maatschap", "nv", "plc", "sarl", "sprl", "stichting", "ua",
	"vereniging", "vof", "wa" };
/* "B.V. i.o." is still being founded. */
static const char *const before_a_form[] = { "io", "oprichting", "in" };
static const char *const ands[] = { "&", "+", "and", "und" };
/* clang-format on */

static bool is_among(const char *const *list, size_t count, const char *word, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == length && memcmp(list[i], word, length) == 0)
			return true;
	return false;
}
#define IS_AMONG(list, word, length) is_among(list, sizeof(list) / sizeof(list)[0], word, length)

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Points and apostrophes vanish, so that "b.v." is one word; "&" and "+" are words; the rest parts
 * words. */
static size_t plain_words(char *ret, const char *folded)
{
	size_t length = 0;
	for (const char *c = folded; *c; c++) {
		if (*c == '.' || *c == '\'')
			continue;
		if (is_letter(*c) || *c == '&' || *c == '+')
			ret[length++] = *c;
		else if (length > 0 && ret[length - 1] != ' ')
			ret[length++] = ' ';
	}
	ret[length] = '\0';
	return length;
}

static void split(struct word_list *ret, const char *text)
{
	ret->count = 0;
	while (ret->count < WORDS_MAX) {
		text += strspn(text, " ");
		if (!*text)
			return;
		const size_t length = strcspn(text, " ");
		ret->at[ret->count] = text;
		ret->length[ret->count++] = length;
		text += length;
	}
}

static bool ends_in_form(const struct word_list *words, size_t first, size_t count)
{
	return count - first > 1 &&
	       IS_AMONG(legal_forms, words->at[count - 1], words->length[count - 1]);
}

/* Drops "i.o." and "in oprichting" when a legal form stands before it. */
static size_t without_founding(const struct word_list *words, size_t first, size_t count)
{
	size_t left = count;
	while (left - first > 1 &&
		IS_AMONG(before_a_form, words->at[left - 1], words->length[left - 1]))
		left--;
	return ends_in_form(words, first, left) ? left : count;
}

/* "b v" is "bv": single letters in a row are one word. */
static bool joins(const struct word_list *words, size_t i)
{
	return words->length[i] == 1 && words->length[i - 1] == 1 && is_letter(words->at[i][0]) &&
	       is_letter(words->at[i - 1][0]);
}

static size_t join(char *ret, const struct word_list *words, size_t first, size_t count)
{
	size_t length = 0;
	for (size_t i = first; i < count; i++) {
		if (i > first && !joins(words, i))
			ret[length++] = ' ';
		const bool is_and = IS_AMONG(ands, words->at[i], words->length[i]);
		memcpy(ret + length, is_and ? "en" : words->at[i], is_and ? 2 : words->length[i]);
		length += is_and ? 2 : words->length[i];
	}
	ret[length] = '\0';
	return length;
}

size_t organisation_key(char ret[ORGANISATION_KEY_SIZE], const char *name)
{
	/* "+" grows by a letter, so half the room is for the name. */
	char folded[ORGANISATION_KEY_SIZE / 2], plain[ORGANISATION_KEY_SIZE / 2];
	char joined[ORGANISATION_KEY_SIZE];
	struct word_list words;
	text_fold(folded, sizeof folded, name);
	plain_words(plain, folded);
	split(&words, plain);
	join(joined, &words, 0, words.count);

	split(&words, joined);
	size_t first = 0, count = words.count;
	while (count - first > 1 && IS_AMONG(legal_forms, words.at[first], words.length[first]))
		first++;
	count = without_founding(&words, first, count);
	while (ends_in_form(&words, first, count))
		count--;
	return join(ret, &words, first, count);
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static size_t without_blanks(char *ret, const char *key)
{
	size_t length = 0;
	for (; *key; key++)
		if (*key != ' ')
			ret[length++] = *key;
	ret[length] = '\0';
	return length;
}

/* Letters to change, add, drop, or swap with the next, to get from @a to @b. */
static int distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	int rows[3][ORGANISATION_KEY_SIZE];
	int *before = rows[0], *last = rows[1], *row = rows[2];
	for (size_t j = 0; j <= b_length; j++)
		last[j] = (int)j;
	for (size_t i = 1; i <= a_length; i++) {
		row[0] = (int)i;
		for (size_t j = 1; j <= b_length; j++) {
			const bool same = a[i - 1] == b[j - 1];
			row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + !same);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		int *const oldest = before;
		before = last;
		last = row;
		row = oldest;
	}
	return last[b_length];
}

/* The digits of both, in their order, are the same. */
static bool same_numbers(const char *a, const char *b)
{
	static const char digits[] = "0123456789";
	for (;;) {
		a += strcspn(a, digits);
		b += strcspn(b, digits);
		if (*a != *b)
			return false;
		if (!*a)
			return true;
		a++;
		b++;
	}
}

static bool has_word(const struct word_list *words, const char *word, size_t length)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->length[i] == length && memcmp(words->at[i], word, length) == 0)
			return true;
	return false;
}

/* Every word of @some is one of @all, and they are not just small words. */
static bool is_part(const struct word_list *some, const struct word_list *all)
{
	size_t letters = 0;
	for (size_t i = 0; i < some->count; i++) {
		if (!has_word(all, some->at[i], some->length[i]))
			return false;
		letters += some->length[i];
	}
	return letters >= 4;
}

/* "umcg" for "universitair medisch centrum groningen". */
static bool is_acronym(const struct word_list *one, const struct word_list *words)
{
	if (one->count != 1 || words->count < 3 || one->length[0] != words->count)
		return false;
	for (size_t i = 0; i < words->count; i++)
		if (one->at[0][i] != words->at[i][0])
			return false;
	return true;
}

static int likeness_of_words(const char *key, const char *other)
{
	struct word_list a, b;
	split(&a, key);
	split(&b, other);
	if (is_part(&a, &b) || is_part(&b, &a))
		return 85;
	return is_acronym(&a, &b) || is_acronym(&b, &a) ? 80 : 0;
}

int organisation_likeness(const char *key, const char *other)
{
	char a[ORGANISATION_KEY_SIZE], b[ORGANISATION_KEY_SIZE];
	const size_t a_length = without_blanks(a, key), b_length = without_blanks(b, other);
	const size_t longest = a_length > b_length ? a_length : b_length;
	if (a_length == 0 || b_length == 0)
		return 0;
	if (strcmp(key, other) == 0)
		return 100;
	const size_t apart = (size_t)distance(a, a_length, b, b_length);
	const int letters = 100 - (int)(apart * 100 / longest);
	const int words = likeness_of_words(key, other);
	const int found = least(letters > words ? letters : words, 99);
	return same_numbers(a, b) ? found : least(found, LIKENESS_DOUBTFUL - 1);
}

static bool begins_alike(const char *key, const char *other)
{
	const size_t length = strlen(key), other_length = strlen(other);
	return memcmp(key, other, length < other_length ? length : other_length) == 0;
}

const char *organisation_likeness_reason(const char *key, const char *other)
{
	char letters[ORGANISATION_KEY_SIZE], other_letters[ORGANISATION_KEY_SIZE];
	struct word_list a, b;
	without_blanks(letters, key);
	without_blanks(other_letters, other);
	split(&a, key);
	split(&b, other);
	const bool within = is_part(&a, &b), around = is_part(&b, &a);
	const struct {
		bool holds;
		const char *word;
	} reasons[] = {
		{ strcmp(key, other) == 0, "same" },
		{ strcmp(letters, other_letters) == 0, "blanks" },
		{ within && around, "order" },
		{ (within || around) && begins_alike(key, other), "start" },
		{ within || around, "part" },
		{ is_acronym(&a, &b) || is_acronym(&b, &a), "acronym" },
		{ true, "letters" },
	};
	size_t at = 0;
	while (!reasons[at].holds)
		at++;
	return reasons[at].word;
}

bool mail_domain_is_common(const char *domain)
{
	static const char *const providers[] = { "casema.nl", "chello.nl", "freedom.nl",
		"gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hetnet.nl", "home.nl",
		"hotmail.com", "hotmail.nl", "icloud.com", "kpnmail.nl", "kpnplanet.nl", "live.com",
		"live.nl", "me.com", "msn.com", "online.nl", "outlook.com", "planet.nl",
		"proton.me", "protonmail.com", "quicknet.nl", "solcon.nl", "tele2.nl", "telfort.nl",
		"upcmail.nl", "xs4all.nl", "yahoo.com", "ziggo.nl", "zonnet.nl" };
	static const char example[] = ".example";
	const size_t length = strlen(domain);
	for (size_t i = 0; i < sizeof providers / sizeof providers[0]; i++)
		if (strcmp(providers[i], domain) == 0)
			return true;
	return length >= sizeof example - 1 &&
	       strcmp(domain + length - (sizeof example - 1), example) == 0;
}

bool kvk_read(char ret[KVK_SIZE], const char *text)
{
	char digits[KVK_SIZE];
	size_t count = 0;
	for (const char *c = text; *c; c++) {
		if (*c == ' ' || *c == '.')
			continue;
		if (*c < '0' || *c > '9' || count == KVK_SIZE - 1)
			return false;
		digits[count++] = *c;
	}
	if (count != KVK_SIZE - 1)
		return false;
	digits[count] = '\0';
	memcpy(ret, digits, sizeof digits);
	return true;
}
