#include "core/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"

#define SLIP_LETTERS_MAX 32

/* How the value of config_options[i] is read, where it goes and how it is spelt; same order as
 * config_options. */
struct target {
	bool (*set)(void *field, const struct target *target, const char *value);
	int (*get)(const void *field, const struct target *target, char *ret, size_t size);
	size_t offset, size;      /* size: of words, with their NUL */
	const char *const *names; /* of a choice: NULL-terminated, in the order of the enum */
	int least, most, step;    /* of a whole number; least: of words, in bytes */
	bool of_reader;           /* offset is in struct config_reader */
};

/* What is written into the journal and on screens is one line. */
static bool is_one_line(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < ' ' || *value == 0x7F)
			return false;
	return true;
}

static bool set_words(void *field, const struct target *target, const char *value)
{
	const size_t length = strlen(value);
	if (length < (size_t)target->least || length >= target->size ||
		!utf8_is_valid(value, length) || !is_one_line(value))
		return false;
	memcpy(field, value, length + 1);
	return true;
}

static bool set_whole(void *field, const struct target *target, const char *value)
{
	char *end;
	const long number = strtol(value, &end, 10);
	if (end == value || *end != '\0' || number < target->least || number > target->most ||
		number % target->step != 0)
		return false;
	*(int *)field = (int)number;
	return true;
}

static bool set_switch(void *field, const struct target *target, const char *value)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = { { "yes", true }, { "true", true }, { "on", true }, { "1", true },
		{ "ja", true }, { "no", false }, { "false", false }, { "off", false },
		{ "0", false }, { "nee", false } };
	(void)target;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcasecmp(words[i].word, value) == 0) {
			*(bool *)field = words[i].value;
			return true;
		}
	}
	return false;
}

static bool set_choice(void *field, const struct target *target, const char *value)
{
	for (int i = 0; target->names[i]; i++) {
		if (strcasecmp(target->names[i], value) == 0) {
			*(int *)field = i;
			return true;
		}
	}
	return false;
}

/* These say how long it is, as snprintf does. */
static int get_words(const void *field, const struct target *target, char *ret, size_t size)
{
	(void)target;
	return snprintf(ret, size, "%s", (const char *)field);
}

static int get_whole(const void *field, const struct target *target, char *ret, size_t size)
{
	(void)target;
	return snprintf(ret, size, "%d", *(const int *)field);
}

static int get_switch(const void *field, const struct target *target, char *ret, size_t size)
{
	(void)target;
	return snprintf(ret, size, "%s", *(const bool *)field ? "yes" : "no");
}

static int get_choice(const void *field, const struct target *target, char *ret, size_t size)
{
	return snprintf(ret, size, "%s", target->names[*(const int *)field]);
}

static const char *const modes[] = { "entrance", "room", "choose", NULL };
static const char *const languages[] = { "nl", "en", NULL };
static const char *const themes[] = { "light", "dark", "clock", NULL };
static const char *const sides[] = { "auto", "right", "left", "bottom", "behind", NULL };
static const char *const touches[] = { "auto", "yes", "no", NULL };
static const char *const units[] = { "days", "sessions", NULL };
static const char *const helps[] = { "desk", "host", NULL };
static const char *const callings[] = { "sessions", "ateliers", NULL };

const char *reader_side_name(enum reader_side side)
{
	return sides[side];
}

/* clang-format off */
#define READS(kind) .set = set_##kind, .get = get_##kind
#define AT(field) .offset = offsetof(struct config, field)
#define OF_READER(field) .of_reader = true, .offset = offsetof(struct config_reader, field)
#define SIZE(type, field) .size = sizeof((struct type *)0)->field
#define NAMED(field) { READS(words), AT(field), SIZE(config, field), .least = 1 }
#define WORDS(field) { READS(words), AT(field), SIZE(config, field) }
#define WHOLE(field, min, max) \
	{ READS(whole), AT(field), .least = (min), .most = (max), .step = 1 }
#define TURNS(field) { READS(whole), AT(field), .least = 0, .most = 270, .step = 90 }
#define SWITCH(field) { READS(switch), AT(field) }
#define CHOICE(field, choices) { READS(choice), AT(field), .names = (choices) }
#define READER_NAMED(field) \
	{ READS(words), OF_READER(field), SIZE(config_reader, field), .least = 1 }
#define READER_WORDS(field) { READS(words), OF_READER(field), SIZE(config_reader, field) }
#define READER_SWITCH(field) { READS(switch), OF_READER(field) }

/* One row an option: section, name, what is allowed in English and in Dutch, default, how it is read, help. */
#define OPTIONS(ROW) \
	ROW("kiosk", "name", "a text of 1 to 63 bytes", "een tekst van 1 tot 63 bytes", "Incheckpaal", NAMED(kiosk.name), \
		"the name shown to the organiser and written beside every tap") \
	ROW("kiosk", "mode", "entrance, room or choose", "entrance, room of choose", "entrance", CHOICE(kiosk.mode, modes), \
		"what a tap is for: the event, the room's session, or the event and a session chosen") \
	ROW("kiosk", "tap_out", "yes or no", "ja of nee", "no", SWITCH(kiosk.tap_out), \
		"whether a second tap checks out") \
	ROW("kiosk", "room", "a text of at most 63 bytes", "een tekst van hoogstens 63 bytes", "", WORDS(kiosk.room), \
		"the room this kiosk stands at, as the schedule spells it; needed for mode room") \
	ROW("kiosk", "language", "nl or en", "nl of en", "nl", CHOICE(kiosk.language, languages), \
		"the language of the screen when nobody chose another") \
	ROW("kiosk", "event", "a text of at most 63 bytes", "een tekst van hoogstens 63 bytes", "", WORDS(kiosk.event), \
		"the code or title of the event; empty: the one that is nearest in time") \
	ROW("kiosk", "help", "desk or host", "desk of host", "desk", CHOICE(kiosk.help, helps), \
		"where people are sent for help: a desk, or a facilitator where there is none") \
	ROW("kiosk", "sessions", "sessions or ateliers", "sessions of ateliers", "sessions", CHOICE(kiosk.sessions, callings), \
		"what parallel sessions are called on the screen: ateliers at a work atelier") \
	ROW("kiosk", "early_min", "0 to 720", "0 tot 720", "20", WHOLE(kiosk.early_min, 0, 720), \
		"how many minutes before the start the door opens") \
	ROW("kiosk", "guard_s", "0 to 86400", "0 tot 86400", "120", WHOLE(kiosk.guard_s, 0, 86400), \
		"with tap_out: seconds after a check-in in which a second tap is no check-out") \
	ROW("kiosk", "leave_min", "0 to 1440", "0 tot 1440", "30", WHOLE(kiosk.leave_min, 0, 1440), \
		"with tap_out: minutes after the end at which whoever is still in counts as gone") \
	ROW("kiosk", "goal", "1 to 1000", "1 tot 1000", "15", WHOLE(kiosk.goal, 1, 1000), \
		"organisations each cluster aims at, where the cluster does not say") \
	ROW("kiosk", "overfull", "yes or no", "ja of nee", "no", SWITCH(kiosk.overfull), \
		"whether a full session still lets people in") \
	ROW("reader", "connection", "auto or a libnfc connection string", "auto, of een verbinding zoals libnfc die schrijft", "auto", \
		READER_NAMED(connection), \
		"the NFC reader, such as pn532_uart:/dev/ttyAMA0:115200; auto: a USB reader, else tty") \
	ROW("reader", "tty", "a path", "een pad", "/dev/serial0", READER_NAMED(tty), \
		"the serial port of the PN532 that auto falls back to") \
	ROW("reader", "reset_gpio", "a path, or empty", "een pad, of leeg", "", READER_WORDS(reset_gpio), \
		"value file of the GPIO line wired to RSTPD_N of the PN532") \
	ROW("reader", "ndef", "yes or no", "ja of nee", "yes", READER_SWITCH(ndef), \
		"whether tokens written on badges are read") \
	ROW("reader", "felica", "yes or no", "ja of nee", "yes", READER_SWITCH(felica), \
		"whether FeliCa cards are looked for too") \
	ROW("screen", "theme", "light, dark or clock", "light, dark of clock", "light", CHOICE(screen.theme, themes), \
		"colours for a bright or a dim hall, or by the hour of the day") \
	ROW("screen", "reader_side", "auto, right, left, bottom or behind", "auto, right, left, bottom of behind", "auto", CHOICE(screen.reader_side, sides), \
		"where the reader hangs, seen from the visitor; behind: badges are held to the screen; auto: right of a wide screen, below a tall one") \
	ROW("screen", "fullscreen", "yes or no", "ja of nee", "yes", SWITCH(screen.fullscreen), \
		"whether the screen is filled, or a window is used") \
	ROW("screen", "rotate", "0, 90, 180 or 270", "0, 90, 180 of 270", "0", TURNS(screen.rotate), \
		"degrees the picture is turned clockwise") \
	ROW("screen", "volume", "0 to 100", "0 tot 100", "70", WHOLE(screen.volume, 0, 100), \
		"loudness of the tones, in percent") \
	ROW("screen", "width", "0 to 7680", "0 tot 7680", "0", WHOLE(screen.width, 0, 7680), \
		"pixels; 0: what the display has") \
	ROW("screen", "height", "0 to 7680", "0 tot 7680", "0", WHOLE(screen.height, 0, 7680), \
		"pixels; 0: what the display has") \
	ROW("screen", "small", "yes or no", "ja of nee", "no", SWITCH(screen.small), \
		"whether the short side is under 110 mm, so that everything is drawn larger") \
	ROW("screen", "touch", "auto, yes or no", "auto, yes of no", "auto", CHOICE(screen.touch, touches), \
		"whether visitors can touch the screen; auto: when it has a touch screen, or is a window") \
	ROW("screen", "motion", "yes or no", "ja of nee", "yes", SWITCH(screen.motion), \
		"whether things may move on the screen") \
	ROW("screen", "led", "a text of at most 63 bytes", "een tekst van hoogstens 63 bytes", "", WORDS(screen.led), \
		"the LED that answers with the tones: its name in /sys/class/leds or a directory; empty: none") \
	ROW("storage", "journal_copy", "a path, or empty", "een pad, of leeg", "", WORDS(storage.journal_copy), \
		"a second, append-only copy of the taps, best on another medium") \
	ROW("storage", "stick", "a label, a path, or empty", "een naam, een pad, of leeg", "", WORDS(storage.stick), \
		"the USB stick the log is copied to: its label or where it is mounted; empty: the first") \
	ROW("web", "listen", "an address", "een adres", "::", NAMED(web.listen), \
		"where the organiser's page listens") \
	ROW("web", "port", "1 to 65535", "1 tot 65535", "443", WHOLE(web.port, 1, 65535), \
		"TCP port of the organiser's page") \
	ROW("web", "plain_port", "0 to 65535", "0 tot 65535", "80", WHOLE(web.plain_port, 0, 65535), \
		"TCP port where http:// is led to https://; 0: nowhere") \
	ROW("web", "tls_cert", "a path, or empty", "een pad, of leeg", "", WORDS(web.tls_cert), \
		"certificate of the page; empty: one of its own") \
	ROW("web", "tls_key", "a path, or empty", "een pad, of leeg", "", WORDS(web.tls_key), \
		"private key of tls_cert") \
	ROW("sync", "hub", "a libpq connection string, or empty", "een verbinding zoals libpq die schrijft, of leeg", "", WORDS(sync.hub), \
		"the central PostgreSQL; empty: this kiosk keeps to itself") \
	ROW("privacy", "keep_names_days", "1 to 3650", "1 tot 3650", "28", WHOLE(privacy.keep_names_days, 1, 3650), \
		"days after an event that names are kept; counts stay") \
	ROW("privacy", "controller", "a text, or empty", "een tekst, of leeg", "", WORDS(privacy.controller), \
		"who answers for the personal data: name and town, for the record and the notice") \
	ROW("privacy", "contact", "a text, or empty", "een tekst, of leeg", "", WORDS(privacy.contact), \
		"where people ask to see or erase their data: an e-mail address or a desk") \
	ROW("participation", "least", "1 to 1000", "1 tot 1000", "1", WHOLE(participation.least, 1, 1000), \
		"on how many days, or at how many sessions, of a cluster an organisation takes part") \
	ROW("participation", "unit", "days or sessions", "days of sessions", "days", CHOICE(participation.unit, units), \
		"what is counted for that: different days, or different sessions") \
	ROW("participation", "floor", "1 to 100", "1 tot 100", "5", WHOLE(participation.floor, 1, 100), \
		"public reports show no number of people below this, and round down to a multiple of it")

#define AS_OPTION(section, name, allowed, allowed_nl, fallback, target, help) \
	{ section, name, { [LANGUAGE_EN] = (allowed), [LANGUAGE_NL] = (allowed_nl) }, fallback, help },
#define AS_TARGET(section, name, allowed, allowed_nl, fallback, target, help) target,
const struct option config_options[] = { OPTIONS(AS_OPTION) };
static const struct target targets[] = { OPTIONS(AS_TARGET) };
/* clang-format on */
const size_t config_option_count = sizeof config_options / sizeof config_options[0];

static bool set_target(void *base, const struct target *target, const char *value)
{
	return target->set((char *)base + target->offset, target, value);
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

/* The reader of [reader] or [reader:NAME]; the first that is given takes the place of the default.
 */
static struct config_reader *reader_for(struct config *config, const char *name)
{
	const bool first_is_free = !config->readers[0].given;
	for (size_t i = 0; i < config->reader_count && !first_is_free; i++)
		if (strcmp(config->readers[i].name, name) == 0)
			return &config->readers[i];
	if (!first_is_free && config->reader_count == CONFIG_READERS_MAX)
		return NULL;
	struct config_reader *reader = &config->readers[first_is_free ? 0 : config->reader_count++];
	default_reader(reader);
	reader->given = true;
	memcpy(reader->name, name, strlen(name) + 1);
	return reader;
}

/* What stands after "reader:" when @written is [reader:NAME] with a NAME that fits, else NULL. */
static const char *reader_name(const char *written)
{
	static const char prefix[] = "reader:";
	if (strncmp(written, prefix, sizeof prefix - 1) != 0)
		return NULL;
	const char *name = written + sizeof prefix - 1;
	return name[0] != '\0' && strlen(name) < CONFIG_NAME_SIZE ? name : NULL;
}

/* The section @written is one of, as the table spells it; NULL for none. */
static const char *section_of(const char *written)
{
	const char *plain = reader_name(written) ? "reader" : written;
	for (size_t i = 0; i < config_option_count; i++)
		if (strcmp(config_options[i].section, plain) == 0)
			return config_options[i].section;
	return NULL;
}

static bool is_row(size_t i, const char *section, const char *name)
{
	return strcmp(config_options[i].section, section) == 0 &&
	       strcmp(config_options[i].name, name) == 0;
}

static size_t least_of(size_t a, size_t b, size_t c)
{
	const size_t less = a < b ? a : b;
	return less < c ? less : c;
}

/* How many letters must be put in, taken out or changed to make @name of @slip. */
static size_t slips(const char *name, const char *slip)
{
	size_t row[SLIP_LETTERS_MAX + 1];
	const size_t width = strnlen(slip, SLIP_LETTERS_MAX);
	for (size_t j = 0; j <= width; j++)
		row[j] = j;
	for (; *name; name++) {
		size_t diagonal = row[0]++;
		for (size_t j = 1; j <= width; j++) {
			const size_t changed = diagonal + (*name != slip[j - 1]);
			diagonal = row[j];
			row[j] = least_of(row[j] + 1, row[j - 1] + 1, changed);
		}
	}
	return row[width];
}

static const char *nearest_name(const char *section, const char *slip)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;
	for (size_t i = 0; i < config_option_count; i++) {
		if (strcmp(config_options[i].section, section) != 0)
			continue;
		const size_t far = slips(config_options[i].name, slip);
		if (far < least) {
			least = far;
			nearest = config_options[i].name;
		}
	}
	return nearest;
}

static void say_unknown_section(const char *written, struct said *ret_fault)
{
	char known[SAID_SIZE / 2];
	size_t length = 0;
	const char *section = "";
	for (size_t i = 0; i < config_option_count; i++) {
		if (strcmp(config_options[i].section, section) == 0)
			continue;
		section = config_options[i].section;
		length += (size_t)snprintf(known + length, sizeof known - length, ", %s", section);
	}
	said_set(ret_fault, "there is no section [%.60s]; allowed are reader:NAME%s",
		"er is geen onderdeel [%.60s]; toegestaan zijn reader:NAAM%s", written, known);
}

static void say_unknown_name(
	const char *written, const char *section, const char *name, struct said *ret_fault)
{
	for (size_t i = 0; i < config_option_count; i++) {
		if (strcmp(config_options[i].name, name) == 0) {
			said_set(ret_fault, "[%.60s] has no option \"%s\"; it belongs in [%s]",
				"[%.60s] heeft geen optie \"%s\"; die hoort in [%s]", written, name,
				config_options[i].section);
			return;
		}
	}
	said_set(ret_fault, "[%.60s] has no option \"%.60s\"; the nearest is \"%s\"",
		"[%.60s] heeft geen optie \"%.60s\"; het meest lijkt \"%s\" erop", written, name,
		nearest_name(section, name));
}

/* Where the option is kept, or NULL when there are too many readers. */
static void *base_of(struct config *config, const struct target *target, const char *section)
{
	if (!target->of_reader)
		return config;
	const char *name = reader_name(section);
	return reader_for(config, name ? name : "");
}

static void say_not_allowed(const struct option *option, const char *value, struct said *ret_fault)
{
	struct said allowed;
	said_words(&allowed, option->allowed[LANGUAGE_EN], option->allowed[LANGUAGE_NL]);
	said_set(ret_fault, "%s: \"%.60s\" is not allowed; allowed is ",
		"%s: \"%.60s\" mag niet; toegestaan is ", option->name, value);
	said_add(ret_fault, &allowed);
}

static bool set_row(struct config *config, size_t row, const char *section, const char *value,
	struct said *ret_fault)
{
	struct config changed = *config;
	void *base = base_of(&changed, &targets[row], section);
	if (!base) {
		said_set(ret_fault, "[%.60s] is one reader too many; allowed are %d",
			"[%.60s] is een lezer te veel; toegestaan zijn er %d", section,
			CONFIG_READERS_MAX);
		return false;
	}
	if (!set_target(base, &targets[row], value)) {
		say_not_allowed(&config_options[row], value, ret_fault);
		return false;
	}
	*config = changed;
	return true;
}

bool config_set(struct config *config, const char *section, const char *name, const char *value,
	struct said *ret_fault)
{
	const char *plain = section_of(section);
	if (!plain) {
		say_unknown_section(section, ret_fault);
		return false;
	}
	for (size_t i = 0; i < config_option_count; i++)
		if (is_row(i, plain, name))
			return set_row(config, i, section, value, ret_fault);
	say_unknown_name(section, plain, name, ret_fault);
	return false;
}

bool config_get(
	const struct config *config, const char *section, const char *name, char *ret, size_t size)
{
	for (size_t i = 0; i < config_option_count; i++) {
		if (!is_row(i, section, name) || targets[i].of_reader)
			continue;
		char text[CONFIG_WORDS_SIZE];
		const int length = targets[i].get(
			(const char *)config + targets[i].offset, &targets[i], text, sizeof text);
		if ((size_t)length >= size)
			return false;
		memcpy(ret, text, (size_t)length + 1);
		return true;
	}
	return false;
}

/* "auto" twice is fine: each takes another device. */
static bool shares_device(const struct config *config)
{
	for (size_t i = 1; i < config->reader_count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(config->readers[i].connection, "auto") != 0 &&
				strcmp(config->readers[i].connection,
					config->readers[j].connection) == 0)
				return true;
	return false;
}

bool config_check(const struct config *config, struct said *ret_fault)
{
	const struct {
		bool wrong;
		const char *en, *nl;
	} rows[] = {
		{ config->kiosk.mode == MODE_ROOM && config->kiosk.room[0] == '\0',
			"room: mode = room needs the name of the room",
			"room: bij mode = room hoort de naam van de ruimte" },
		{ (config->web.tls_cert[0] == '\0') != (config->web.tls_key[0] == '\0'),
			"tls_cert and tls_key belong together: give both or neither",
			"tls_cert en tls_key horen bij elkaar: geef ze allebei of geen van beide" },
		{ shares_device(config), "connection: two readers cannot share one device",
			"connection: twee lezers kunnen niet op hetzelfde apparaat" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].wrong) {
			said_words(ret_fault, rows[i].en, rows[i].nl);
			return false;
		}
	}
	return true;
}
