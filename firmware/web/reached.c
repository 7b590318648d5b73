#include "web/reached.h"

#include <string.h>

#include "web/frame.h"
#include "web/standing.h"

#define DAY_MS 86400000LL
#define NAMED_MAX 3

static bool is_of(const struct figures_organisation *organisation, enum reached group)
{
	const bool company = strcmp(organisation->kind, "company") == 0;

	if (organisation->involved_in == 0)
		return false;
	if (group == REACHED_EDUCATION)
		return !company;
	if (group == REACHED_GROWTH)
		return organisation->growth[0] != '\0';
	return company && organisation->is_new && strcmp(organisation->region, "outside") == 0;
}

static json_t *involved_in(const struct participation *from, const struct cluster_list *clusters,
	enum language language, size_t organisation)
{
	json_t *names = json_array();

	for (size_t i = 0; i < from->line_count; i++) {
		const struct figures_line *line = &from->lines[i];
		const char *code = from->clusters[line->cluster].code;
		if (line->organisation == (int)organisation && line->involvement == INVOLVED_FULLY)
			json_array_append_new(names, json_pack("{s:o, s:b}", "cluster",
							     cluster_json(clusters, code, language),
							     "next", json_array_size(names) > 0));
	}
	return names;
}

json_t *reached_json(const struct participation *from, const struct cluster_list *clusters,
	enum language language, enum reached group, int most, int *ret_count)
{
	json_t *rows = json_array();

	*ret_count = 0;
	for (size_t i = 0; i < from->organisation_count; i++) {
		const struct figures_organisation *one = &from->organisations[i];
		if (!is_of(one, group) || (*ret_count)++ >= most)
			continue;
		/* Noon: the same day, wherever the clock of this place is. */
		json_array_append_new(rows,
			json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "name", one->name,
				"level", one->education_level, "growth", one->growth, "town",
				one->town, "involved_in", involved_in(from, clusters, language, i),
				"persons", figure_json(one->persons), "checkins",
				figure_json(one->checkins), "first_day",
				json_time(one->first_day * DAY_MS + DAY_MS / 2)));
	}
	return rows;
}

static json_t *education_in_short(const struct participation *from)
{
	static const char *const levels[] = { "wo", "hbo", "mbo" };
	int counts[3] = { 0 };

	for (size_t i = 0; i < from->organisation_count; i++)
		for (size_t level = 0; level < 3; level++)
			counts[level] +=
				is_of(&from->organisations[i], REACHED_EDUCATION) &&
				strcmp(from->organisations[i].education_level, levels[level]) == 0;
	return json_pack("{s:i, s:i, s:i, s:i}", "count", from->by_rule.education, levels[0],
		counts[0], levels[1], counts[1], levels[2], counts[2]);
}

static json_t *in_short(const struct participation *from, enum reached group)
{
	json_t *first = json_array();
	int count = 0;

	for (size_t i = 0; i < from->organisation_count; i++) {
		const struct figures_organisation *one = &from->organisations[i];
		if (!is_of(one, group))
			continue;
		if (count++ < NAMED_MAX)
			json_array_append_new(first, json_pack("{s:s, s:s, s:b}", "name", one->name,
							     "town", one->town, "next", count > 1));
	}
	return json_pack("{s:i, s:o, s:i}", "count", count, "first", first, "more",
		count > NAMED_MAX ? count - NAMED_MAX : 0);
}

json_t *reached_in_short(const struct participation *from)
{
	return json_pack("{s:o, s:o, s:o}", "education", education_in_short(from), "growers",
		in_short(from, REACHED_GROWTH), "newcomers", in_short(from, REACHED_NEW));
}
