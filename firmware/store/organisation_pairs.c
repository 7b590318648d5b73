#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/organisation.h"
#include "store/store_private.h"

struct named {
	struct organisation organisation;
	char key[ORGANISATION_KEY_SIZE];
};
struct couple {
	size_t one, other;
	int likeness;
	bool by_mail;
};
struct search {
	struct named *list;
	size_t count, capacity;
	struct couple *couples;
	size_t couple_count, couple_capacity;
};

/* Room for one more in an array that doubles. */
static void *grow(void *list, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return list;
	const size_t wanted = *capacity ? 2 * *capacity : 64;
	void *grown = realloc(list, wanted * size);
	if (grown)
		*capacity = wanted;
	return grown;
}

static int keep(void *context, const struct organisation *organisation)
{
	struct search *search = context;
	if (organisation->same_as[0])
		return 0;
	struct named *list =
		grow(search->list, search->count, &search->capacity, sizeof *search->list);
	if (!list)
		return -ENOMEM;
	search->list = list;
	list[search->count].organisation = *organisation;
	organisation_key(list[search->count++].key, organisation->name);
	return 0;
}

/* 1 when somebody said that the two are not one. */
static int is_decided(struct store *store, const char *one, const char *other)
{
	const bool in_order = strcmp(one, other) < 0;
	sqlite3_stmt *row = statement_use(store, ST_ORGANISATION_IS_DISTINCT);
	if (!row)
		return -EIO;
	bind_text(row, 1, in_order ? one : other);
	bind_text(row, 2, in_order ? other : one);
	const int r = statement_step(store, row);
	sqlite3_reset(row);
	return r;
}

/* One pair more, unless it was decided on. */
static int ask(struct search *search, struct store *store, const struct couple *couple)
{
	const struct named *a = &search->list[couple->one], *b = &search->list[couple->other];
	const int decided = is_decided(store, a->organisation.id, b->organisation.id);
	if (decided != 0)
		return decided < 0 ? decided : 0;
	struct couple *couples = grow(search->couples, search->couple_count,
		&search->couple_capacity, sizeof *search->couples);
	if (!couples)
		return -ENOMEM;
	search->couples = couples;
	couples[search->couple_count++] = *couple;
	return 0;
}

static int compare(struct search *search, struct store *store, size_t one, size_t other)
{
	const int likeness = organisation_likeness(search->list[one].key, search->list[other].key);
	const struct couple couple = { one, other, likeness, false };
	return likeness < LIKENESS_DOUBTFUL ? 0 : ask(search, store, &couple);
}

static bool place_of(const struct search *search, const char *id, size_t *ret)
{
	for (size_t i = 0; i < search->count; i++) {
		if (strcmp(search->list[i].organisation.id, id) == 0) {
			*ret = i;
			return true;
		}
	}
	return false;
}

static bool is_asked(const struct search *search, size_t one, size_t other)
{
	for (size_t i = 0; i < search->couple_count; i++)
		if (search->couples[i].one == one && search->couples[i].other == other)
			return true;
	return false;
}

/* Two organisations whose people write from one domain. */
static int take_mail(struct search *search, struct store *store, sqlite3_stmt *row)
{
	size_t a, b;
	if (mail_domain_is_common(column_text(row, 2)) ||
		!place_of(search, column_text(row, 0), &a) ||
		!place_of(search, column_text(row, 1), &b))
		return 0;
	const struct couple couple = { a < b ? a : b, a < b ? b : a,
		organisation_likeness(search->list[a].key, search->list[b].key), true };
	return is_asked(search, couple.one, couple.other) ? 0 : ask(search, store, &couple);
}

static int ask_by_mail(struct search *search, struct store *store)
{
	sqlite3_stmt *row = statement_use(store, ST_ORGANISATION_MAIL_PAIRS);
	int r = 0;
	if (!row)
		return -EIO;
	while (r == 0 && (r = statement_step(store, row)) == 1)
		r = take_mail(search, store, row);
	sqlite3_reset(row);
	return r;
}

static int by_likeness(const void *a, const void *b)
{
	const struct couple *left = a, *right = b;
	if (left->by_mail != right->by_mail)
		return left->by_mail ? 1 : -1;
	if (left->likeness != right->likeness)
		return right->likeness - left->likeness;
	if (left->one != right->one)
		return left->one < right->one ? -1 : 1;
	return (left->other > right->other) - (left->other < right->other);
}

static int tell(const struct search *search,
	int (*take)(void *context, const struct organisation_pair *pair), void *context)
{
	int r = 0;
	for (size_t i = 0; i < search->couple_count && r == 0; i++) {
		const struct couple *couple = &search->couples[i];
		const struct organisation_pair pair = {
			.one = search->list[couple->one].organisation,
			.other = search->list[couple->other].organisation,
			.likeness = couple->likeness,
			.why = couple->by_mail
				       ? "mail"
				       : organisation_likeness_reason(search->list[couple->one].key,
						 search->list[couple->other].key),
		};
		r = take(context, &pair);
	}
	return r;
}

int organisation_pairs(struct store *store,
	int (*take)(void *context, const struct organisation_pair *pair), void *context)
{
	struct search search = { .count = 0 };
	int r = organisation_each(store, keep, &search);
	for (size_t i = 0; i < search.count && r == 0; i++)
		for (size_t j = i + 1; j < search.count && r == 0; j++)
			r = compare(&search, store, i, j);
	if (r == 0)
		r = ask_by_mail(&search, store);
	if (search.couple_count)
		qsort(search.couples, search.couple_count, sizeof *search.couples, by_likeness);
	if (r == 0)
		r = tell(&search, take, context);
	free(search.list);
	free(search.couples);
	return r;
}
