#include "core/participation.h"

#include <stdio.h>
#include <string.h>

const char *participation_unit_name(enum participation_unit unit)
{
	static const char *const names[UNIT_COUNT] = { "days", "sessions" };
	return names[unit];
}

const char *participation_by_name(enum participation_by by)
{
	static const char *const names[BY_COUNT] = { "session", "own" };
	return names[by];
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
	/* By language, place, unit, and whether once is enough. */
	static const char *const words[2][BY_COUNT][UNIT_COUNT][2] = {
		[LANGUAGE_NL] = {
			[BY_SESSION] = {
				{ "Een organisatie doet mee in een cluster als haar mensen op minstens %d "
				  "verschillende dagen zijn ingecheckt bij sessies van dat cluster.",
				  "Een organisatie doet mee in een cluster als haar mensen minstens één "
				  "dag zijn ingecheckt bij een sessie van dat cluster." },
				{ "Een organisatie doet mee in een cluster als haar mensen bij minstens %d "
				  "verschillende sessies van dat cluster zijn ingecheckt.",
				  "Een organisatie doet mee in een cluster als haar mensen bij minstens één "
				  "sessie van dat cluster zijn ingecheckt." },
			},
			[BY_OWN] = {
				{ "Een organisatie doet mee in haar eigen cluster als haar mensen op "
				  "minstens %d verschillende dagen zijn ingecheckt, waar dan ook.",
				  "Een organisatie doet mee in haar eigen cluster als haar mensen minstens "
				  "één dag zijn ingecheckt, waar dan ook." },
				{ "Een organisatie doet mee in haar eigen cluster als haar mensen bij "
				  "minstens %d verschillende sessies zijn ingecheckt, van welk cluster ook.",
				  "Een organisatie doet mee in haar eigen cluster als haar mensen bij "
				  "minstens één sessie zijn ingecheckt, van welk cluster ook." },
			},
		},
		[LANGUAGE_EN] = {
			[BY_SESSION] = {
				{ "An organisation is actively involved in a cluster when its people checked "
				  "in at sessions of that cluster on at least %d different days.",
				  "An organisation is actively involved in a cluster when its people checked "
				  "in at a session of that cluster on at least one day." },
				{ "An organisation is actively involved in a cluster when its people checked "
				  "in at no fewer than %d different sessions of that cluster.",
				  "An organisation is actively involved in a cluster when its people checked "
				  "in at one session of that cluster or more." },
			},
			[BY_OWN] = {
				{ "An organisation is actively involved in its own cluster when its people "
				  "checked in on at least %d different days, wherever that was.",
				  "An organisation is actively involved in its own cluster when its people "
				  "checked in on at least one day, wherever that was." },
				{ "An organisation is actively involved in its own cluster when its people "
				  "checked in at no fewer than %d different sessions, of any cluster.",
				  "An organisation is actively involved in its own cluster when its people "
				  "checked in at one session or more, of any cluster." },
			},
		},
	};
	const char *const *said = words[language][rule->by][rule->unit];
	const int length = rule->least == 1 ? snprintf(ret, size, "%s", said[1])
					    : snprintf(ret, size, said[0], rule->least);
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
