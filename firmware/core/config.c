#include "core/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"

enum type { TYPE_WORDS, TYPE_WHOLE, TYPE_SWITCH, TYPE_CHOICE };

/* How the value of config_options[i] is read and where it goes; same order as config_options. */
struct target {
	enum type type;
	bool of_reader;           /* offset is in struct config_reader */
	size_t offset, size;      /* size: TYPE_WORDS */
	int least, most;          /* TYPE_WHOLE */
	const char *const *names; /* TYPE_CHOICE: NULL-terminated, in the order of the enum */
};

static const char *const modes[] = { "entrance", "room", "choose", NULL };
static const char *const languages[] = { "nl", "en", NULL };
static const char *const themes[] = { "light", "dark", "clock", NULL };
static const char *const sides[] = { "right", "left", "bottom", NULL };
static const char *const helps[] = { "desk", "host", NULL };
static const char *const turns[] = { "0", "90", "180", "270", NULL };

#define AT(field) offsetof(struct config, field)
#define SIZE(field) sizeof((struct config *)0)->field
#define WORDS(field) { TYPE_WORDS, false, AT(field), SIZE(field), 0, 0, NULL }
#define WHOLE(field, least, most) { TYPE_WHOLE, false, AT(field), 0, least, most, NULL }
#define SWITCH(field) { TYPE_SWITCH, false, AT(field), 0, 0, 0, NULL }
#define CHOICE(field, names) { TYPE_CHOICE, false, AT(field), 0, 0, 0, names }
#define READER_WORDS(field) \
	{ TYPE_WORDS, true, offsetof(struct config_reader, field), \
		sizeof((struct config_reader *)0)->field, 0, 0, NULL }
#define READER_SWITCH(field) { TYPE_SWITCH, true, offsetof(struct config_reader, field), 0, 0, 0, NULL }

/* clang-format off */
#define OPTIONS(ROW) \
	ROW("kiosk", "name", "1 to 63 characters", "Incheckpaal", WORDS(kiosk.name), \
		"the name shown to the organiser and written beside every tap") \
	ROW("kiosk", "mode", "entrance, room or choose", "entrance", CHOICE(kiosk.mode, modes), \
		"what a tap is for: the event, the session now in this room, or the event with a choice of sessions") \
	ROW("kiosk", "tap_out", "yes or no", "no", SWITCH(kiosk.tap_out), \
		"whether a second tap checks out") \
	ROW("kiosk", "room", "up to 63 characters", "", WORDS(kiosk.room), \
		"the room this kiosk stands at, as the schedule spells it; needed for mode room") \
	ROW("kiosk", "language", "nl or en", "nl", CHOICE(kiosk.language, languages), \
		"the language of the screen when nobody chose another") \
	ROW("kiosk", "event", "up to 63 characters", "", WORDS(kiosk.event), \
		"the code or title of the event; empty: the one that is nearest in time") \
	ROW("kiosk", "help", "desk or host", "desk", CHOICE(kiosk.help, helps), \
		"where people are sent for help: a desk, or a facilitator where there is none") \
	ROW("kiosk", "early_min", "0 to 720", "20", WHOLE(kiosk.early_min, 0, 720), \
		"how many minutes before the start the door opens") \
	ROW("kiosk", "guard_s", "0 to 86400", "120", WHOLE(kiosk.guard_s, 0, 86400), \
		"with tap_out: seconds after a check-in in which a second tap is no check-out") \
	ROW("kiosk", "goal", "1 to 1000", "15", WHOLE(kiosk.goal, 1, 1000), \
		"organisations each cluster aims at, where the cluster does not say") \
	ROW("kiosk", "overfull", "yes or no", "no", SWITCH(kiosk.overfull), \
		"whether a full session still lets people in") \
	ROW("reader", "connection", "auto or a libnfc connection string", "auto", READER_WORDS(connection), \
		"the NFC reader, such as pn532_uart:/dev/ttyAMA0:115200; auto: a USB reader, else tty") \
	ROW("reader", "tty", "a path", "/dev/serial0", READER_WORDS(tty), \
		"the serial port of the PN532 that auto falls back to") \
	ROW("reader", "reset_gpio", "a path, or empty", "", READER_WORDS(reset_gpio), \
		"value file of the GPIO line wired to RSTPD_N of the PN532") \
	ROW("reader", "ndef", "yes or no", "yes", READER_SWITCH(ndef), \
		"whether tokens written on badges are read") \
	ROW("reader", "felica", "yes or no", "yes", READER_SWITCH(felica), \
		"whether FeliCa cards are looked for too") \
	ROW("screen", "theme", "light, dark or clock", "light", CHOICE(screen.theme, themes), \
		"colours for a bright or a dim hall, or by the hour of the day") \
	ROW("screen", "reader_side", "right, left or bottom", "right", CHOICE(screen.reader_side, sides), \
		"where the reader hangs, seen from the visitor") \
	ROW("screen", "fullscreen", "yes or no", "yes", SWITCH(screen.fullscreen), \
		"whether the screen is filled, or a window is used") \
	ROW("screen", "rotate", "0, 90, 180 or 270", "0", CHOICE(screen.rotate, turns), \
		"degrees the picture is turned clockwise") \
	ROW("screen", "volume", "0 to 100", "70", WHOLE(screen.volume, 0, 100), \
		"loudness of the tones, in percent") \
	ROW("screen", "width", "0 to 7680", "0", WHOLE(screen.width, 0, 7680), \
		"pixels; 0: what the display has") \
	ROW("screen", "height", "0 to 7680", "0", WHOLE(screen.height, 0, 7680), \
		"pixels; 0: what the display has") \
	ROW("screen", "small", "yes or no", "no", SWITCH(screen.small), \
		"whether the short side is under 110 mm, so that everything is drawn larger") \
	ROW("screen", "motion", "yes or no", "yes", SWITCH(screen.motion), \
		"whether things may move on the screen") \
	ROW("storage", "journal_copy", "a path, or empty", "", WORDS(storage.journal_copy), \
		"a second, append-only copy of the taps, best on another medium") \
	ROW("web", "listen", "an address", "::", WORDS(web.listen), \
		"where the organiser's page listens") \
	ROW("web", "port", "1 to 65535", "443", WHOLE(web.port, 1, 65535), \
		"TCP port of the organiser's page") \
	ROW("web", "tls_cert", "a path, or empty", "", WORDS(web.tls_cert), \
		"certificate of the page; empty: one of its own") \
	ROW("web", "tls_key", "a path, or empty", "", WORDS(web.tls_key), \
		"private key of tls_cert") \
	ROW("sync", "hub", "a libpq connection string, or empty", "", WORDS(sync.hub), \
		"the central PostgreSQL; empty: this kiosk keeps to itself") \
	ROW("privacy", "keep_names_days", "1 to 3650", "90", WHOLE(privacy.keep_names_days, 1, 3650), \
		"days after an event that names are kept; counts stay")

#define AS_OPTION(section, name, allowed, fallback, target, help) { section, name, allowed, fallback, help },
#define AS_TARGET(section, name, allowed, fallback, target, help) target,
const struct option config_options[] = { OPTIONS(AS_OPTION) };
static const struct target targets[] = { OPTIONS(AS_TARGET) };
/* clang-format on */
const size_t config_option_count = sizeof config_options / sizeof config_options[0];

static const struct {
	const char *word;
	bool value;
} switches[] = { { "yes", true }, { "true", true }, { "on", true }, { "1", true }, { "ja", true },
	{ "no", false }, { "false", false }, { "off", false }, { "0", false }, { "nee", false } };

static bool set_words(char *field, size_t size, const char *value)
{
	if (strlen(value) >= size || !utf8_is_valid(value, strlen(value)))
		return false;
	memcpy(field, value, strlen(value) + 1);
	return true;
}

static bool set_whole(int *field, const struct target *target, const char *value)
{
	char *end;
	const long number = strtol(value, &end, 10);
	if (end == value || *end != '\0' || number < target->least || number > target->most)
		return false;
	*field = (int)number;
	return true;
}

static bool set_switch(bool *field, const char *value)
{
	for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
		if (strcasecmp(switches[i].word, value) == 0) {
			*field = switches[i].value;
			return true;
		}
	}
	return false;
}

static bool set_choice(int *field, const struct target *target, const char *value)
{
	for (int i = 0; target->names[i]; i++) {
		if (strcasecmp(target->names[i], value) == 0) {
			/* A turn is kept in degrees, all else as its enum. */
			*field = target->names == turns ? 90 * i : i;
			return true;
		}
	}
	return false;
}

static bool set_target(void *base, const struct target *target, const char *value)
{
	void *field = (char *)base + target->offset;
	switch (target->type) {
	case TYPE_WORDS:
		return set_words(field, target->size, value);
	case TYPE_WHOLE:
		return set_whole(field, target, value);
	case TYPE_SWITCH:
		return set_switch(field, value);
	case TYPE_CHOICE:
		break;
	}
	return set_choice(field, target, value);
}

static void default_reader(struct config_reader *reader)
{
	*reader = (struct config_reader){ .name = "" };
	for (size_t i = 0; i < config_option_count; i++)
		if (targets[i].of_reader)
			set_target(reader, &targets[i], config_options[i].fallback);
}

void config_defaults(struct config *ret)
{
	*ret = (struct config){ .reader_count = 1 };
	for (size_t i = 0; i < config_option_count; i++)
		if (!targets[i].of_reader)
			set_target(ret, &targets[i], config_options[i].fallback);
	default_reader(&ret->readers[0]);
}

/* The reader of [reader] or [reader:NAME]; one not met before takes over the untouched first, or a new place. */
static struct config_reader *reader_for(
	struct config *config, const char *name, struct config_fault *ret_fault)
{
	for (size_t i = 0; i < config->reader_count; i++)
		if (strcmp(config->readers[i].name, name) == 0)
			return &config->readers[i];
	struct config_reader fresh;
	default_reader(&fresh);
	const bool first_untouched = config->reader_count == 1 &&
		memcmp(&config->readers[0], &fresh, sizeof fresh) == 0;
	if (!first_untouched && config->reader_count == CONFIG_READERS_MAX) {
		snprintf(ret_fault->words, sizeof ret_fault->words,
			"[reader:%.60s] is one reader too many; allowed are %d", name,
			CONFIG_READERS_MAX);
		return NULL;
	}
	struct config_reader *reader = &config->readers[first_untouched ? 0 : config->reader_count];
	config->reader_count += first_untouched ? 0 : 1;
	*reader = fresh;
	utf8_clip(reader->name, sizeof reader->name, name);
	return reader;
}

static const char reader_prefix[] = "reader:";

static bool names_section(const char *section, const char *written)
{
	if (strcmp(section, written) == 0)
		return true;
	return strcmp(section, "reader") == 0 &&
		strncmp(written, reader_prefix, sizeof reader_prefix - 1) == 0;
}

/* How many letters differ at the same place, plus what is longer: enough to catch a slip of the fingers. */
static size_t difference(const char *a, const char *b)
{
	size_t count = 0;
	for (; *a && *b; a++, b++)
		count += *a != *b;
	return count + strlen(a) + strlen(b);
}

static void say_unknown(const char *section, const char *name, struct config_fault *ret_fault)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;
	bool section_known = false;
	for (size_t i = 0; i < config_option_count; i++) {
		if (!names_section(config_options[i].section, section))
			continue;
		section_known = true;
		const size_t far = difference(config_options[i].name, name);
		if (far < least) {
			least = far;
			nearest = config_options[i].name;
		}
	}
	if (section_known)
		snprintf(ret_fault->words, sizeof ret_fault->words,
			"[%.60s] has no option \"%.60s\"; the nearest is \"%s\"", section, name, nearest);
	else
		snprintf(ret_fault->words, sizeof ret_fault->words,
			"there is no section [%.60s]; allowed are kiosk, reader, reader:NAME, screen, "
			"storage, web, sync and privacy",
			section);
}

bool config_set(struct config *config, const char *section, const char *name, const char *value,
	struct config_fault *ret_fault)
{
	size_t i = 0;
	while (i < config_option_count &&
		!(names_section(config_options[i].section, section) &&
			strcmp(config_options[i].name, name) == 0))
		i++;
	if (i == config_option_count) {
		say_unknown(section, name, ret_fault);
		return false;
	}

	struct config changed = *config;
	void *base = &changed;
	if (targets[i].of_reader) {
		const char *colon = strchr(section, ':');
		base = reader_for(&changed, colon ? colon + 1 : "", ret_fault);
		if (!base)
			return false;
	}
	if (!set_target(base, &targets[i], value)) {
		snprintf(ret_fault->words, sizeof ret_fault->words,
			"%s: \"%.60s\" is not allowed; allowed is %s", name, value,
			config_options[i].allowed);
		return false;
	}
	*config = changed;
	return true;
}

bool config_check(const struct config *config, struct config_fault *ret_fault)
{
	const struct {
		bool wrong;
		const char *words;
	} rows[] = {
		{ config->kiosk.name[0] == '\0', "name: a kiosk needs a name of 1 to 63 characters" },
		{ config->kiosk.mode == MODE_ROOM && config->kiosk.room[0] == '\0',
			"room: mode = room needs the name of the room" },
		{ (config->web.tls_cert[0] == '\0') != (config->web.tls_key[0] == '\0'),
			"tls_cert and tls_key belong together: give both or neither" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].wrong) {
			utf8_clip(ret_fault->words, sizeof ret_fault->words, rows[i].words);
			return false;
		}
	}
	return true;
}
