/**
 * Options chosen at the organiser's page or at the kiosk itself, over what the file says. The table
 * says which may be: whatever else stands in the store changes nothing, so that whoever may write
 * there can not choose devices, paths or addresses. Pure.
 */
#ifndef CORE_OVERRIDE_H
#define CORE_OVERRIDE_H

#include "core/config.h"

#define OVERRIDE_WORD_SIZE 32

/* Options of one part stand together, are chosen together, and go back to the file together. */
struct overridable {
	const char *part, *section, *name;
};
enum { OVERRIDABLE_COUNT = 9 };
extern const struct overridable overridables[OVERRIDABLE_COUNT];

struct override {
	char section[OVERRIDE_WORD_SIZE], name[OVERRIDE_WORD_SIZE];
	char value[CONFIG_NAME_SIZE];    /* as the file would spell it */
	char origin[OVERRIDE_WORD_SIZE]; /* "page", "kiosk" */
};
struct overrides {
	struct override rows[OVERRIDABLE_COUNT];
	size_t count;
};

bool overridable_is(const char *section, const char *name);

/* NULL when nobody chose it. */
const struct override *overrides_find(
	const struct overrides *overrides, const char *section, const char *name);

/* Whether it says something else than @file. */
bool override_differs(const struct override *override, const struct config *file);

/* What the file says and what was chosen, together. Of a part of which a value is not allowed, or
 * that does not fit, nothing holds, and the other parts do: false, and @ret_fault says what of the
 * last one. A colour that an older version does not know must not change how long names are kept.
 */
bool overrides_apply(
	const struct overrides *overrides, struct config *config, struct said *ret_fault);

#endif
