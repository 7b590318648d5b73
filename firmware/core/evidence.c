#include "core/evidence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define OPENING "incheckpaal attendance"

static bool came_later(const struct evidence *evidence, const char *log_id, int64_t seq)
{
	for (size_t i = 0; i < evidence->log_count && i < EVIDENCE_LOGS_MAX; i++)
		if (strcmp(evidence->logs[i].log_id, log_id) == 0)
			return seq > evidence->logs[i].taps;
	return evidence->log_count <= EVIDENCE_LOGS_MAX;
}

bool evidence_count(struct evidence *evidence, const char *log_id, int64_t seq, int64_t wall_ms)
{
	if (came_later(evidence, log_id, seq))
		return false;
	if (evidence->rows++ == 0)
		evidence->from_ms = evidence->to_ms = wall_ms;
	if (wall_ms < evidence->from_ms)
		evidence->from_ms = wall_ms;
	if (wall_ms > evidence->to_ms)
		evidence->to_ms = wall_ms;
	return true;
}

size_t evidence_write(char *ret, size_t size, const struct evidence *evidence)
{
	char from[TIME_TEXT_SIZE] = "-", to[TIME_TEXT_SIZE] = "-";
	const size_t named =
		evidence->log_count < EVIDENCE_LOGS_MAX ? evidence->log_count : EVIDENCE_LOGS_MAX;
	if (evidence->rows > 0) {
		time_iso(from, sizeof from, evidence->from_ms, 0);
		time_iso(to, sizeof to, evidence->to_ms, 0);
	}
	size_t at = (size_t)snprintf(ret, size,
		OPENING " whole=%s rows=%" PRId64 " from=%s to=%s logs=%zu",
		evidence->whole ? "yes" : "no", evidence->rows, from, to, evidence->log_count);
	for (size_t i = 0; i < named && at < size; i++)
		at += (size_t)snprintf(ret + at, size - at, " log=%s taps=%" PRId64 " head=%s",
			evidence->logs[i].log_id, evidence->logs[i].taps, evidence->logs[i].head);
	return at;
}

/* The value when the @length bytes at @word are NAME=VALUE, else NULL. */
static const char *value_of(const char *word, size_t length, const char *name)
{
	const size_t mark = strlen(name);
	return length > mark && word[mark] == '=' && memcmp(word, name, mark) == 0 ? word + mark + 1
										   : NULL;
}

static int64_t number(const char *text)
{
	return strtoll(text, NULL, 10);
}

static int64_t moment(const char *text)
{
	char copy[TIME_TEXT_SIZE];
	int64_t wall_ms;
	int32_t offset_min;
	bool has_offset;
	snprintf(copy, sizeof copy, "%.*s", (int)strcspn(text, " "), text);
	return time_parse(&wall_ms, &offset_min, &has_offset, copy) ? wall_ms : 0;
}

static void take_log_word(struct evidence *evidence, size_t index, const char *word, size_t length)
{
	struct evidence_log *log = &evidence->logs[index];
	const char *value;
	if ((value = value_of(word, length, "log")))
		snprintf(log->log_id, sizeof log->log_id, "%.*s", (int)strcspn(value, " "), value);
	else if ((value = value_of(word, length, "taps")))
		log->taps = number(value);
	else if ((value = value_of(word, length, "head")))
		snprintf(log->head, sizeof log->head, "%.*s", (int)strcspn(value, " "), value);
}

static void take_word(struct evidence *evidence, const char *word, size_t length)
{
	const char *value;
	if ((value = value_of(word, length, "whole")))
		evidence->whole = *value == 'y';
	else if ((value = value_of(word, length, "rows")))
		evidence->rows = number(value);
	else if ((value = value_of(word, length, "from")))
		evidence->from_ms = moment(value);
	else if ((value = value_of(word, length, "to")))
		evidence->to_ms = moment(value);
	else if ((value = value_of(word, length, "logs")))
		evidence->log_count = (size_t)number(value);
}

bool evidence_parse(struct evidence *ret, const char *line)
{
	static const size_t opening = sizeof OPENING - 1;
	struct evidence evidence = { .whole = false };
	size_t named = 0;
	if (strncmp(line, OPENING " ", opening + 1) != 0)
		return false;
	for (const char *word = line + opening + 1; *word;) {
		const size_t length = strcspn(word, " ");
		named += value_of(word, length, "log") != NULL;
		if (named > EVIDENCE_LOGS_MAX)
			return false;
		if (named)
			take_log_word(&evidence, named - 1, word, length);
		else
			take_word(&evidence, word, length);
		word += length;
		word += strspn(word, " ");
	}
	if (named !=
		(evidence.log_count < EVIDENCE_LOGS_MAX ? evidence.log_count : EVIDENCE_LOGS_MAX))
		return false;
	*ret = evidence;
	return true;
}
