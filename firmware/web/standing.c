#include "web/standing.h"

#include "web/windows.h"

#define NEAR_MAX 4

json_t *figure_json(int64_t number)
{
	return number == FIGURE_WITHHELD ? json_null() : json_integer(number);
}

static int left_of(const struct figures_cluster *cluster)
{
	const int left = cluster->target - cluster->by_rule.involved;

	return left > 0 ? left : 0;
}

static json_t *row_json(const struct figures_cluster *cluster, const struct cluster_list *clusters,
	enum language language)
{
	const struct figures_involved *involved = &cluster->by_rule;

	return json_pack("{s:o, s:i, s:i, s:i, s:o, s:i, s:i, s:i, s:i, s:i, s:o, s:o}", "cluster",
		cluster_json(clusters, cluster->code, language), "involved", involved->involved,
		"goal", cluster->target, "left", left_of(cluster), "windows",
		windows_json(involved, cluster->target), "goal_x", windows_goal_x(cluster->target),
		"companies", involved->companies, "education", involved->education, "nearly",
		cluster->nearly, "newcomers", involved->newcomers, "persons",
		figure_json(cluster->came.persons), "checkins",
		figure_json(cluster->came.checkins));
}

/* The one that has least to go of those that have one to four. */
static const struct figures_cluster *nearest(const struct participation *from)
{
	const struct figures_cluster *found = NULL;

	for (size_t i = 0; i < from->cluster_count; i++) {
		const int left = left_of(&from->clusters[i]);
		if (left > 0 && left <= NEAR_MAX && (!found || left < left_of(found)))
			found = &from->clusters[i];
	}
	return found;
}

/* The one that has most to go, when it is one. */
static const struct figures_cluster *furthest(const struct participation *from)
{
	const struct figures_cluster *found = NULL;
	bool alone = false;

	for (size_t i = 0; i < from->cluster_count; i++) {
		const int left = left_of(&from->clusters[i]);
		if (found && left <= left_of(found)) {
			alone &= left < left_of(found);
		} else if (left > 0) {
			found = &from->clusters[i];
			alone = true;
		}
	}
	return alone ? found : NULL;
}

static json_t *name_json(const struct figures_cluster *cluster, enum language language)
{
	return cluster ? json_string(cluster->name[language]) : json_null();
}

/* The target when it is the same for all, which a sentence can name; else 0. */
static int common_goal(const struct participation *from)
{
	const int goal = from->cluster_count > 0 ? from->clusters[0].target : 0;

	for (size_t i = 1; i < from->cluster_count; i++)
		if (from->clusters[i].target != goal)
			return 0;
	return goal;
}

static void add_words(json_t *data, const struct participation *from, enum language language)
{
	const struct figures_cluster *near = nearest(from), *far = furthest(from);

	json_object_set_new(data, "goal", json_integer(common_goal(from)));
	json_object_set_new(data, "near", name_json(near, language));
	json_object_set_new(data, "near_left", json_integer(near ? left_of(near) : 0));
	json_object_set_new(data, "room", name_json(far == near ? NULL : far, language));
}

json_t *standing_json(const struct participation *from, const struct cluster_list *clusters,
	enum language language)
{
	json_t *list = json_array();
	int reached = 0, widest = 0;

	for (size_t i = 0; i < from->cluster_count; i++) {
		const struct figures_cluster *cluster = &from->clusters[i];
		const int width = windows_width(&cluster->by_rule, cluster->target);
		widest = width > widest ? width : widest;
		reached += left_of(cluster) == 0;
		json_array_append_new(list, row_json(cluster, clusters, language));
	}
	json_t *data = json_pack("{s:o, s:i, s:i, s:i, s:{s:i, s:i, s:i, s:o, s:o}}", "list", list,
		"width", widest, "reached", reached, "count", (int)from->cluster_count, "total",
		"companies", from->by_rule.companies, "education", from->by_rule.education,
		"newcomers", from->by_rule.newcomers, "persons",
		figure_json(from->in_clusters.persons), "checkins",
		figure_json(from->in_clusters.checkins));
	if (data)
		add_words(data, from, language);
	return data;
}
