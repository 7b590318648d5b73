#include "core/verdict.h"

#include <stddef.h>
#include <string.h>

/* Read from the top: the first row whose facts all hold decides; the last needs none. */
static const struct {
	unsigned facts;
	enum verdict verdict;
} rules[] = {
	{ FACT_UNREADABLE, VERDICT_UNREADABLE },
	{ FACT_RANDOM_ID, VERDICT_RANDOM_ID },
	{ FACT_BLOCKED, VERDICT_BLOCKED },
	{ FACT_SHUT | FACT_UNKNOWN, VERDICT_CLOSED },
	{ FACT_UNKNOWN, VERDICT_UNKNOWN },
	/* Most people leave just after the end, so the shut door lets those out who are in. */
	{ FACT_IN | FACT_TAP_OUT | FACT_SETTLED, VERDICT_CHECKED_OUT },
	{ FACT_SHUT, VERDICT_CLOSED },
	{ FACT_IN, VERDICT_REPEAT },
	{ FACT_FULL, VERDICT_FULL },
	{ FACT_SEVERAL, VERDICT_CHOOSE },
	{ 0, VERDICT_CHECKED_IN },
};

enum verdict verdict_of(unsigned facts)
{
	size_t row = 0;
	while ((facts & rules[row].facts) != rules[row].facts)
		row++;
	return rules[row].verdict;
}

/* What each verdict is called and what it does to the log. */
static const struct {
	const char *name;
	bool logged, counts;
	enum direction direction;
} verdicts[VERDICT_COUNT] = {
	[VERDICT_CHECKED_IN] = { "checked-in", true, true, DIRECTION_IN },
	[VERDICT_CHECKED_OUT] = { "checked-out", true, false, DIRECTION_OUT },
	[VERDICT_REPEAT] = { "repeat", true, false, DIRECTION_NONE },
	[VERDICT_CHOOSE] = { "choose", true, true, DIRECTION_IN },
	[VERDICT_FULL] = { "full", true, true, DIRECTION_IN },
	[VERDICT_CLOSED] = { "closed", true, false, DIRECTION_NONE },
	[VERDICT_UNKNOWN] = { "unknown", true, true, DIRECTION_IN },
	[VERDICT_BLOCKED] = { "blocked", true, false, DIRECTION_NONE },
	[VERDICT_RANDOM_ID] = { "random-id", false, false, DIRECTION_NONE },
	[VERDICT_UNREADABLE] = { "unreadable", false, false, DIRECTION_NONE },
};

const char *verdict_name(enum verdict verdict)
{
	return verdicts[verdict].name;
}

bool verdict_from_name(enum verdict *ret, const char *name)
{
	for (size_t i = 0; i < VERDICT_COUNT; i++) {
		if (strcmp(verdicts[i].name, name) == 0) {
			*ret = (enum verdict)i;
			return true;
		}
	}
	return false;
}

bool verdict_is_logged(enum verdict verdict)
{
	return verdicts[verdict].logged;
}

bool verdict_counts(enum verdict verdict)
{
	return verdicts[verdict].counts;
}

enum direction verdict_direction(enum verdict verdict)
{
	return verdicts[verdict].direction;
}

const char *direction_name(enum direction direction)
{
	static const char *const names[DIRECTION_COUNT] = { "", "in", "out" };
	return names[direction];
}
