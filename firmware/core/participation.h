/**
 * When an organisation is actively involved, and what of it may be told to anybody (DESIGN 7).
 * Pure; any thread.
 */
#ifndef CORE_PARTICIPATION_H
#define CORE_PARTICIPATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/config.h"

enum participation_unit { UNIT_DAYS, UNIT_SESSIONS, UNIT_COUNT };

/* Where an organisation takes part: in the cluster of the session it came to, or in its own,
 * whatever it came to. */
enum participation_by { BY_SESSION, BY_OWN, BY_COUNT };

/* In cluster C: counted check-ins on at least @least different days, or at as many sessions, of C
 * (of any cluster, by own). */
struct participation_rule {
	int least;
	enum participation_unit unit;
	enum participation_by by;
};

const char *participation_unit_name(enum participation_unit unit); /* "days", "sessions" */
const char *participation_by_name(enum participation_by by);       /* "session", "own" */

enum involvement { INVOLVED_NOT, INVOLVED_NEARLY, INVOLVED_FULLY };
/* @units: different days or sessions in the cluster; @own: it is the organisation's own cluster,
 * and somebody of it checked in somewhere. */
enum involvement participation_of(const struct participation_rule *rule, int64_t units, bool own);

/* The rule as a sentence, for every report. Returns the length. */
size_t participation_rule_words(
	char *ret, size_t size, const struct participation_rule *rule, enum language language);

#define FIGURE_WITHHELD (-1)
/**
 * A number of people or check-ins as the public may see it: 0 stays 0, a number under @floor is
 * withheld, others are rounded down to a multiple of @floor, so that no sum or difference of public
 * figures singles out one person.
 */
int64_t participation_public(int64_t figure, int floor);

/* Kinds that count for the target: company and education. */
bool participation_counts_kind(const char *kind);

#endif
