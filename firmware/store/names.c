#include "store/names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define WAYS 4 /* places where an id may stand */

struct name {
	char id[ID_TEXT_SIZE];
	const char **fields; /* malloc, the texts behind it; NULL: there is no such id */
};

/* Their hashes stand together, so that a look touches little memory. */
struct set {
	uint32_t tags[WAYS]; /* 0 for none */
	struct name names[WAYS];
};

/* clang-format off */
static const struct {
	enum statement statement;
	size_t sets; /* a power of two: a few years' programme, and everybody of a large event */
} tables[NAMES_TABLES] = {
	[NAMES_EVENT]        = { ST_NAMES_EVENT,          16 },
	[NAMES_SESSION]      = { ST_NAMES_SESSION,       256 },
	[NAMES_PERSON]       = { ST_NAMES_PERSON,       4096 },
	[NAMES_ORGANISATION] = { ST_NAMES_ORGANISATION,  256 },
};
/* clang-format on */

static const char *const nothing[NAMES_FIELDS] = { "", "", "", "" };

struct names {
	struct store *store;
	int64_t version; /* of the file, when they were found */
	struct set *tables[NAMES_TABLES];
};

struct names *names_create(struct store *store)
{
	struct names *names = calloc(1, sizeof *names);
	if (!names)
		return NULL;
	names->store = store;
	for (int i = 0; i < NAMES_TABLES; i++) {
		names->tables[i] = calloc(tables[i].sets, sizeof *names->tables[i]);
		if (!names->tables[i]) {
			names_destroy(names);
			return NULL;
		}
	}
	return names;
}

static void forget(struct set *set, int way)
{
	free(set->names[way].fields);
	set->names[way].fields = NULL;
	set->tags[way] = 0;
}

static void forget_table(struct names *names, int table)
{
	struct set *set = names->tables[table];
	for (size_t i = 0; set && i < tables[table].sets; i++)
		for (int way = 0; way < WAYS; way++)
			if (set[i].tags[way])
				forget(&set[i], way);
}

void names_destroy(struct names *names)
{
	for (int i = 0; names && i < NAMES_TABLES; i++) {
		forget_table(names, i);
		free(names->tables[i]);
	}
	free(names);
}

void names_refresh(struct names *names)
{
	const int64_t version = store_data_version(names->store);
	if (version == names->version)
		return;
	for (int i = 0; i < NAMES_TABLES; i++)
		forget_table(names, i);
	names->version = version;
}

/* Eight letters at a time: an id is looked up three times for each tap. */
static uint64_t hash_of(const char *id, size_t length)
{
	uint64_t hash = length, word;
	for (size_t at = 0; at < length; at += sizeof word) {
		word = 0;
		memcpy(&word, id + at, length - at < sizeof word ? length - at : sizeof word);
		hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
		hash ^= hash >> 32;
	}
	return hash;
}

static const char **copy_fields(sqlite3_stmt *row)
{
	size_t lengths[NAMES_FIELDS], size = NAMES_FIELDS * sizeof(char *);
	const int count = sqlite3_column_count(row);
	for (int i = 0; i < count; i++) {
		column_text(row, i); /* which makes it text, so that its length is the text's */
		lengths[i] = (size_t)sqlite3_column_bytes(row, i);
		size += lengths[i] + 1;
	}
	const char **fields = malloc(size);
	char *at = (char *)(fields + NAMES_FIELDS);
	for (int i = 0; fields && i < NAMES_FIELDS; i++) {
		fields[i] = "";
		if (i >= count)
			continue;
		fields[i] = at;
		memcpy(at, column_text(row, i), lengths[i] + 1);
		at += lengths[i] + 1;
	}
	return fields;
}

static int ask(struct names *names, enum names_table table, struct name *ret)
{
	sqlite3_stmt *row = statement_use(names->store, tables[table].statement);
	if (!row)
		return -EIO;
	bind_text(row, 1, ret->id);
	int r = statement_step(names->store, row);
	if (r == 1) {
		ret->fields = copy_fields(row);
		r = ret->fields ? 0 : -ENOMEM;
	}
	sqlite3_reset(row);
	return r;
}

static struct name *find_in(struct set *set, uint32_t tag, const char *id, size_t length)
{
	for (int way = 0; way < WAYS; way++) {
		struct name *name = &set->names[way];
		if (set->tags[way] == tag && memcmp(name->id, id, length) == 0 &&
			name->id[length] == '\0')
			return name;
	}
	return NULL;
}

/* The newest comes first; the oldest makes room. */
static struct name *remember(struct set *set, uint32_t tag, const char *id, size_t length)
{
	forget(set, WAYS - 1);
	memmove(&set->names[1], &set->names[0], (WAYS - 1) * sizeof set->names[0]);
	memmove(&set->tags[1], &set->tags[0], (WAYS - 1) * sizeof set->tags[0]);
	set->names[0] = (struct name){ .fields = NULL };
	memcpy(set->names[0].id, id, length);
	set->tags[0] = tag;
	return &set->names[0];
}

int names_find(struct names *names, enum names_table table, const char *id, size_t length,
	const char *const **ret)
{
	*ret = nothing;
	if (length == 0 || length >= ID_TEXT_SIZE)
		return 0;
	const uint64_t hash = hash_of(id, length);
	const uint32_t tag = (uint32_t)(hash >> 32) | 1;
	struct set *set = &names->tables[table][hash & (tables[table].sets - 1)];
	struct name *name = find_in(set, tag, id, length);
	if (!name) {
		name = remember(set, tag, id, length);
		const int r = ask(names, table, name);
		if (r < 0) {
			forget(set, 0);
			return r;
		}
	}
	if (!name->fields)
		return 0;
	*ret = name->fields;
	return 1;
}
