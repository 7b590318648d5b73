#include "kiosk/reread.h"

#include <string.h>

#include "base/log.h"
#include "store/peer.h"
#include "version.h"

static void log_chosen(const struct options *options)
{
	if (options->chosen.count == 0)
		log_info("options: all are those of the file");
	for (size_t i = 0; i < options->chosen.count; i++) {
		const struct override *row = &options->chosen.rows[i];
		char written[CONFIG_NAME_SIZE] = "";
		if (!override_differs(row, options->file))
			continue;
		config_get(options->file, row->section, row->name, written, sizeof written);
		log_info("options: %s.%s is \"%s\", chosen at the %s; the file says \"%s\"",
			row->section, row->name, row->value, row->origin, written);
	}
	if (options->fault.words[LANGUAGE_EN][0])
		log_warn("options: not all that was chosen holds: %s",
			options->fault.words[LANGUAGE_EN]);
}

void reread_options(struct clerk *clerk)
{
	const int r = options_refresh(&clerk->options, clerk->store, true);
	if (r < 0)
		log_warn("store: the options can not be read: %s", store_words(clerk->store));
	clerk->options_changed |= r == 1;
}

int reread(struct clerk *clerk, int64_t wall_ms, bool force)
{
	const int64_t before = clerk->programme.data_version;
	const int r = programme_cache_refresh(
		&clerk->programme, clerk->store, clerk->config, wall_ms, force);
	if (force || clerk->programme.data_version != before)
		reread_options(clerk);
	return r;
}

void reread_send_look(struct clerk *clerk)
{
	const struct config *config = clerk->config;
	struct order order = { .kind = ORDER_LOOK };
	order.look = (struct look){ .language = (enum language)config->kiosk.language,
		.theme = config->screen.theme,
		.side = (enum reader_side)config->screen.reader_side,
		.keep_names_days = config->privacy.keep_names_days };
	clerk_send(clerk, &order);
}

void reread_introduce(struct clerk *clerk)
{
	if (peer_say(clerk->store, clerk->config->kiosk.name, INCHECKPAAL_VERSION) < 0)
		log_warn("store: name and version can not be noted: %s", store_words(clerk->store));
}

void reread_settle(struct clerk *clerk)
{
	if (!clerk->options_changed)
		return;
	clerk->options_changed = false;
	log_chosen(&clerk->options);
	reread_introduce(clerk);
	leaving_start(clerk);
	service_screen_options(clerk);
	reread_send_look(clerk);
	clerk->refreshed_ms = 0; /* the board says whether to tap when leaving */
}
