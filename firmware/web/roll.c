#include "web/roll.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash(const char *id)
{
	uint32_t value = 2166136261U;
	for (; *id; id++)
		value = (value ^ (unsigned char)*id) * 16777619U;
	return value;
}

/* Where @id is, or would be. */
static uint32_t *slot_of(const struct roll *roll, const char *id)
{
	size_t at = hash(id) & (roll->slot_count - 1);
	while (roll->slots[at] && strcmp(roll->entries[roll->slots[at] - 1].id, id) != 0)
		at = (at + 1) & (roll->slot_count - 1);
	return &roll->slots[at];
}

static bool grow(struct roll *roll)
{
	const size_t capacity = roll->capacity ? 2 * roll->capacity : 128;
	struct roll_entry *entries = realloc(roll->entries, capacity * sizeof *entries);
	if (!entries)
		return false;
	roll->entries = entries;
	uint32_t *slots = calloc(2 * capacity, sizeof *slots);
	if (!slots)
		return false;
	free(roll->slots);
	roll->slots = slots;
	roll->slot_count = 2 * capacity;
	roll->capacity = capacity;
	for (size_t i = 0; i < roll->count; i++)
		*slot_of(roll, roll->entries[i].id) = (uint32_t)i + 1;
	return true;
}

struct roll_entry *roll_meet(struct roll *roll, const char *id, bool *ret_new)
{
	if (roll->count == roll->capacity && !grow(roll))
		return NULL;
	uint32_t *slot = slot_of(roll, id);
	const bool fresh = *slot == 0;
	if (ret_new)
		*ret_new = fresh;
	if (!fresh)
		return &roll->entries[*slot - 1];
	struct roll_entry *entry = &roll->entries[roll->count++];
	*slot = (uint32_t)roll->count;
	*entry = (struct roll_entry){ .first_ms = 0 };
	strncpy(entry->id, id, sizeof entry->id - 1);
	return entry;
}

static void note_out(struct roll_entry *entry, int64_t at_ms)
{
	if (at_ms <= entry->out_ms)
		return;
	entry->out_ms = at_ms;
	if (entry->since_ms > at_ms)
		return;
	entry->since_ms = entry->in && entry->last_ms > at_ms ? entry->last_ms : 0;
	entry->since_unsure = entry->last_unsure;
}

static void note_in(struct roll_entry *entry, int64_t at_ms, bool sure)
{
	if (!entry->first_ms || at_ms < entry->first_ms) {
		entry->first_ms = at_ms;
		entry->first_unsure = !sure;
	}
	if (at_ms > entry->out_ms && (!entry->since_ms || at_ms < entry->since_ms)) {
		entry->since_ms = at_ms;
		entry->since_unsure = !sure;
	}
}

void roll_note(struct roll_entry *entry, int64_t at_ms, bool in, bool sure)
{
	if (at_ms >= entry->last_ms) {
		entry->last_ms = at_ms;
		entry->last_unsure = !sure;
		entry->in = in;
	}
	if (in)
		note_in(entry, at_ms, sure);
	else
		note_out(entry, at_ms);
}

const struct roll_entry *roll_find(const struct roll *roll, const char *id)
{
	const uint32_t place = roll->count ? *slot_of(roll, id) : 0;
	return place ? &roll->entries[place - 1] : NULL;
}

void roll_clear(struct roll *roll)
{
	roll->count = 0;
	if (roll->slots)
		memset(roll->slots, 0, roll->slot_count * sizeof *roll->slots);
}

void roll_finish(struct roll *roll)
{
	free(roll->entries);
	free(roll->slots);
	*roll = (struct roll){ 0 };
}
