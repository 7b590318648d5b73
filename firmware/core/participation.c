#include "core/participation.h"

#include <stdio.h>
#include <string.h>

const char *participation_unit_name(enum participation_unit unit)
{
	static const char *const names[UNIT_COUNT] = { "days", "sessions" };
	return names[unit];
}

enum involvement participation_of(const struct participation_rule *rule, int64_t units, bool own)
{
	if (units >= rule->least)
		return INVOLVED_FULLY;
	return units > 0 || own ? INVOLVED_NEARLY : INVOLVED_NOT;
}

size_t participation_rule_words(
	char *ret, size_t size, const struct participation_rule *rule, enum language language)
{
	/* By language, unit, and whether once is enough. */
	static const char *const words[2][UNIT_COUNT][2] = {
		[LANGUAGE_NL] = {
			{ "Een organisatie doet mee in een cluster als haar mensen op minstens %d "
			  "verschillende dagen zijn ingecheckt bij sessies van dat cluster.",
			  "Een organisatie doet mee in een cluster als haar mensen minstens één "
			  "dag zijn ingecheckt bij een sessie van dat cluster." },
			{ "Een organisatie doet mee in een cluster als haar mensen bij minstens %d "
			  "verschillende sessies van dat cluster zijn ingecheckt.",
			  "Een organisatie doet mee in een cluster als haar mensen bij minstens één "
			  "sessie van dat cluster zijn ingecheckt." },
		},
		[LANGUAGE_EN] = {
			{ "An organisation is actively involved in a cluster when its people checked "
			  "in at sessions of that cluster on at least %d different days.",
			  "An organisation is actively involved in a cluster when its people checked "
			  "in at a session of that cluster on at least one day." },
			{ "An organisation is actively involved in a cluster when its people checked "
			  "in at no fewer than %d different sessions of that cluster.",
			  "An organisation is actively involved in a cluster when its people checked "
			  "in at one session of that cluster or more." },
		},
	};
	const int length =
		rule->least == 1 ? snprintf(ret, size, "%s", words[language][rule->unit][1])
				 : snprintf(ret, size, words[language][rule->unit][0], rule->least);
	return (size_t)length;
}

int64_t participation_public(int64_t figure, int floor)
{
	if (figure == 0 || floor <= 1)
		return figure;
	return figure < floor ? FIGURE_WITHHELD : figure - figure % floor;
}

bool participation_counts_kind(const char *kind)
{
	return strcmp(kind, "company") == 0 || strcmp(kind, "education") == 0;
}
