/** The row of windows that shows how near a cluster is to its target: one window an organisation.
 * Pure; any thread. */
#ifndef WEB_WINDOWS_H
#define WEB_WINDOWS_H

#include <jansson.h>

#include "core/figures.h"

/* [{shape, x}]: c a company, e an education institution, o one that is still open to be won, and m
 * when there are more than are drawn. */
json_t *windows_json(const struct figures_involved *involved, int goal);

/* In pixels: how wide that is, and where the mark of the target stands. */
int windows_width(const struct figures_involved *involved, int goal);
int windows_goal_x(int goal);

#endif
