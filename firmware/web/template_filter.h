/** How a value reads in Dutch and English. Pure; any thread. */
#ifndef WEB_TEMPLATE_FILTER_H
#define WEB_TEMPLATE_FILTER_H

#include <jansson.h>

#include "core/config.h"
#include "web/template_table.h"

#define FILTER_TEXT_SIZE 512

/* Not escaped; arrays, objects, null and times that are none are "". Texts longer than @size are
 * cut between characters. Returns @ret. */
const char *template_filter(char *ret, size_t size, const json_t *value,
	enum template_filter filter, enum language language);

#endif
