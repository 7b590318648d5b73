#include "web/windows.h"

#define WINDOW_PX 16
#define WINDOWS_MAX 20
#define PAST_GOAL_PX 6 /* room for the mark of the target */

static int drawn(const struct figures_involved *involved, int goal)
{
	const int all = involved->involved > goal ? involved->involved : goal;

	return all < WINDOWS_MAX ? all : WINDOWS_MAX;
}

static int left_of(int window, int goal)
{
	return window * WINDOW_PX + (window >= goal ? PAST_GOAL_PX : 0) + 1;
}

/* One letter, by which the page finds its drawing. */
static const char *shape_of(const struct figures_involved *involved, int window)
{
	if (window == WINDOWS_MAX - 1 && involved->involved > WINDOWS_MAX)
		return "m";
	return window < involved->companies ? "c" : window < involved->involved ? "e" : "o";
}

json_t *windows_json(const struct figures_involved *involved, int goal)
{
	json_t *windows = json_array();

	for (int i = 0; i < drawn(involved, goal); i++)
		json_array_append_new(
			windows, json_pack("{s:s, s:i}", "shape", shape_of(involved, i), "x",
					 left_of(i, goal)));
	return windows;
}

int windows_width(const struct figures_involved *involved, int goal)
{
	return left_of(drawn(involved, goal) - 1, goal) + WINDOW_PX + PAST_GOAL_PX / 2;
}

int windows_goal_x(int goal)
{
	return (goal < WINDOWS_MAX ? goal : WINDOWS_MAX) * WINDOW_PX + 1;
}
