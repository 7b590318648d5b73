#include "core/override.h"

#include <string.h>

const struct overridable overridables[OVERRIDABLE_COUNT] = {
	{ "name", "kiosk", "name" },
	{ "tap", "kiosk", "mode" },
	{ "tap", "kiosk", "tap_out" },
	{ "tap", "kiosk", "room" },
	{ "reader", "screen", "reader_side" },
	{ "language", "kiosk", "language" },
	{ "look", "screen", "theme" },
	{ "look", "screen", "volume" },
	{ "retention", "privacy", "keep_names_days" },
};

bool overridable_is(const char *section, const char *name)
{
	for (size_t i = 0; i < OVERRIDABLE_COUNT; i++)
		if (strcmp(overridables[i].section, section) == 0 &&
			strcmp(overridables[i].name, name) == 0)
			return true;
	return false;
}

const struct override *overrides_find(
	const struct overrides *overrides, const char *section, const char *name)
{
	for (size_t i = 0; i < overrides->count; i++)
		if (strcmp(overrides->rows[i].section, section) == 0 &&
			strcmp(overrides->rows[i].name, name) == 0)
			return &overrides->rows[i];
	return NULL;
}

bool override_differs(const struct override *override, const struct config *file)
{
	char written[CONFIG_NAME_SIZE];
	return !config_get(file, override->section, override->name, written, sizeof written) ||
	       strcmp(written, override->value) != 0;
}

/* The part that begins at @first of the table; false leaves @config as it was. */
static bool apply_part(const struct overrides *overrides, size_t first, struct config *config,
	struct said *ret_fault)
{
	struct config changed = *config;
	for (size_t i = first; i < OVERRIDABLE_COUNT; i++) {
		const struct overridable *option = &overridables[i];
		const struct override *row =
			overrides_find(overrides, option->section, option->name);
		if (strcmp(option->part, overridables[first].part) == 0 && row &&
			!config_set(&changed, row->section, row->name, row->value, ret_fault))
			return false;
	}
	if (!config_check(&changed, ret_fault))
		return false;
	*config = changed;
	return true;
}

static bool begins_part(size_t i)
{
	return i == 0 || strcmp(overridables[i].part, overridables[i - 1].part) != 0;
}

bool overrides_apply(
	const struct overrides *overrides, struct config *config, struct said *ret_fault)
{
	bool all = true;
	for (size_t i = 0; i < OVERRIDABLE_COUNT; i++)
		if (begins_part(i) && !apply_part(overrides, i, config, ret_fault))
			all = false;
	return all;
}
