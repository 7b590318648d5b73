/* The doctor looks at the machine: clock, fonts, display, the running kiosk, the user. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/power.h"
#include "base/scope.h"
#include "base/sync_state.h"
#include "cli/doctor.h"
#include "core/text.h"

void doctor_clock(const struct patient *patient, struct finding *ret)
{
	struct moment now;
	char time[TIME_TEXT_SIZE];

	(void)patient;
	clock_read(&now);
	now.wall_ms -= now.wall_ms % 1000;
	time_iso(time, sizeof time, now.wall_ms, clock_utc_offset_min(now.wall_ms));
	if (clock_is_trusted(now.grade)) {
		finding_say(ret, FINDING_OK, "%s, trusted (%s)", "%s, betrouwbaar (%s)", time,
			clock_grade_name(now.grade));
		return;
	}
	finding_say(ret, FINDING_WARNING,
		"%s, but neither a network nor a clock chip vouches for it",
		"%s, maar geen netwerk of klokchip staat daarvoor in", time);
	finding_advise(ret,
		"connect the network for a moment, or set it by hand; taps go on and are corrected "
		"later",
		"sluit even het netwerk aan, of zet hem met de hand; tikken gaan door en worden "
		"later verbeterd");
}

void doctor_zone(const struct patient *patient, struct finding *ret)
{
	const int64_t now_ms = clock_wall_ms();
	const int32_t offset_min = clock_utc_offset_min(now_ms);
	char target[PATH_MAX] = "";
	const char *zone = getenv("TZ"), *part;
	const ssize_t length = readlink("/etc/localtime", target, sizeof target - 1);

	(void)patient;
	target[length > 0 ? length : 0] = '\0';
	part = strstr(target, "zoneinfo/");
	if (!zone || !*zone)
		zone = part ? part + strlen("zoneinfo/") : "UTC";
	const char sign = offset_min < 0 ? '-' : '+';
	const int minutes = abs(offset_min);
	const bool is_utc = offset_min == 0 && (strstr(zone, "UTC") || strstr(zone, "UCT"));

	finding_say(ret, is_utc ? FINDING_WARNING : FINDING_OK, "%s (%c%02d:%02d)",
		"%s (%c%02d:%02d)", zone, sign, minutes / 60, minutes % 60);
	if (is_utc)
		finding_advise(ret,
			"in the Netherlands: sudo timedatectl set-timezone Europe/Amsterdam",
			"in Nederland: sudo timedatectl set-timezone Europe/Amsterdam");
}

static int count_fonts(const char *directory)
{
	DIR *listing = opendir(directory);
	int count = 0;

	if (!listing)
		return 0;
	for (const struct dirent *entry; (entry = readdir(listing));) {
		const char *dot = strrchr(entry->d_name, '.');

		count += dot && (strcmp(dot, ".ttf") == 0 || strcmp(dot, ".otf") == 0);
	}
	closedir(listing);
	return count;
}

/* As the kiosk looks for them: what the environment says, beside the build, where they are
 * installed. */
static void font_directory(char *ret, size_t size)
{
	const char *given = getenv("INCHECKPAAL_FONTS");
	char own[PATH_MAX];
	const ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);

	own[length > 0 ? length : 0] = '\0';
	for (int steps = 0; steps < 2; steps++) {
		char *slash = strrchr(own, '/');

		if (slash)
			*slash = '\0';
	}
	if (given && *given)
		snprintf(ret, size, "%s", given);
	else if (!path_join(ret, size, own, "fonts") || access(ret, X_OK) < 0)
		snprintf(ret, size, "%s", INCHECKPAAL_FONTS_DIR);
}

void doctor_fonts(const struct patient *patient, struct finding *ret)
{
	char directory[PATH_MAX];

	(void)patient;
	font_directory(directory, sizeof directory);
	const int count = count_fonts(directory);

	if (count > 0) {
		finding_say(
			ret, FINDING_OK, "%d files in %s", "%d bestanden in %s", count, directory);
		return;
	}
	finding_say(ret, FINDING_FAULT, "there are none in %s", "er zijn er geen in %s", directory);
	finding_advise(ret,
		"install the package again, or name their directory in INCHECKPAAL_FONTS",
		"installeer het pakket opnieuw, of noem hun map in INCHECKPAAL_FONTS");
}

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

static bool has_card(void)
{
	DIR *listing = opendir("/dev/dri");
	bool found = false;

	if (!listing)
		return access("/dev/fb0", F_OK) == 0;
	for (const struct dirent *entry; (entry = readdir(listing));)
		found = found || strncmp(entry->d_name, "card", 4) == 0;
	closedir(listing);
	return found;
}

void doctor_display(const struct patient *patient, struct finding *ret)
{
	(void)patient;
	if (is_set("SDL_VIDEODRIVER"))
		finding_say(ret, FINDING_OK, "SDL's driver \"%s\", as SDL_VIDEODRIVER says",
			"SDL-stuurprogramma \"%s\", volgens SDL_VIDEODRIVER",
			getenv("SDL_VIDEODRIVER"));
	else if (is_set("WAYLAND_DISPLAY") || is_set("DISPLAY"))
		finding_say(ret, FINDING_OK, "a window on %s", "een venster op %s",
			getenv(is_set("WAYLAND_DISPLAY") ? "WAYLAND_DISPLAY" : "DISPLAY"));
	else if (has_card())
		finding_say(ret, FINDING_OK, "a screen of this machine (/dev/dri)",
			"een scherm van deze machine (/dev/dri)");
	if (*ret->words)
		return;
	finding_say(ret, FINDING_WARNING, "there is none; people are checked in without seeing it",
		"er is er geen; mensen worden ingecheckt zonder het te zien");
	finding_advise(ret, "connect a screen and look at its cable; the kiosk finds it by itself",
		"sluit een scherm aan en bekijk de kabel; de kiosk vindt het vanzelf");
}

/* The kiosk remembers more than the sensors tell now. */
static enum power_state ask_power(const struct patient *patient, struct power_reading *ret)
{
	const char *state = patient->kiosk ? reply_text(patient->kiosk, "power.state") : NULL;
	struct power_sensors sensors;

	power_sensors_find(&sensors);
	power_read(&sensors, ret);
	for (int i = 0; state && i < POWER_STATE_COUNT; i++)
		if (strcmp(state, power_state_name((enum power_state)i)) == 0)
			return (enum power_state)i;
	return power_judge(ret, POWER_UNKNOWN, -1);
}

static void say_low_power(struct finding *ret)
{
	finding_say(ret, FINDING_WARNING, "too little, now or within the last hour",
		"te weinig, nu of in het afgelopen uur");
	finding_advise(ret,
		"use a supply of 5.1 V and 3 A with a fixed cable, and charge nothing from the "
		"kiosk",
		"gebruik een voeding van 5,1 V en 3 A met een vaste kabel, en laad niets op aan "
		"de kiosk");
}

static void say_hot(struct finding *ret, int celsius)
{
	finding_say(ret, FINDING_WARNING, "%d °C: the processor slows down",
		"%d °C: de processor gaat langzamer", celsius);
	finding_advise(ret, "let air get to it, and keep it out of the sun",
		"zorg dat er lucht bij kan, en houd hem uit de zon");
}

void doctor_power(const struct patient *patient, struct finding *ret)
{
	struct power_reading now;
	const enum power_state state = ask_power(patient, &now);

	if (state == POWER_LOW)
		say_low_power(ret);
	else if (state == POWER_HOT)
		say_hot(ret, now.celsius);
	else if (now.knows_heat)
		finding_say(ret, FINDING_OK,
			now.knows_supply ? "enough, and %d °C"
					 : "%d °C; the supply is not measured here",
			now.knows_supply ? "genoeg, en %d °C"
					 : "%d °C; de voeding wordt hier niet gemeten",
			now.celsius);
	else if (now.knows_supply)
		finding_say(ret, FINDING_OK, "enough", "genoeg");
	else
		finding_say(ret, FINDING_OK, "not known: this machine does not measure it",
			"niet bekend: deze machine meet het niet");
}

void doctor_kiosk(const struct patient *patient, struct finding *ret)
{
	const char *run = patient->cli->arguments->run;

	if (patient->kiosk) {
		finding_say(ret, FINDING_OK, "running, and answering in %s",
			"draait, en antwoordt in %s", run);
		return;
	}
	const int error = patient->kiosk_error;

	if (error == -ENOENT || error == -ECONNREFUSED)
		finding_say(ret, FINDING_WARNING, "not running (nothing answers in %s)",
			"draait niet (niets antwoordt in %s)", run);
	else
		finding_say(ret, FINDING_FAULT, "does not answer in %s: %s",
			"antwoordt niet in %s: %s", run, cli_strerror(-error));
	finding_advise(ret, "start it: sudo systemctl restart incheckpaal-kiosk",
		"start hem: sudo systemctl restart incheckpaal-kiosk");
}

void doctor_hub(const struct patient *patient, struct finding *ret)
{
	struct sync_state sync;

	if (!patient->cli->config.sync.hub[0]) {
		finding_say(ret, FINDING_OK, "none: this kiosk keeps its taps to itself",
			"geen: deze kiosk bewaart alles zelf");
		return;
	}
	sync_state_read(patient->cli->arguments->run, &sync);
	if (sync.health == SYNC_CURRENT) {
		finding_say(ret, FINDING_OK, "answers", "antwoordt");
		return;
	}
	if (sync.health == SYNC_SILENT) {
		finding_say(ret, FINDING_WARNING, "incheckpaal-sync does not run",
			"incheckpaal-sync draait niet");
		finding_advise(ret, "start it: sudo systemctl restart incheckpaal-sync",
			"start hem: sudo systemctl restart incheckpaal-sync");
		return;
	}
	finding_say(ret, sync.health == SYNC_REFUSED ? FINDING_FAULT : FINDING_WARNING,
		"does not take the taps: %s", "neemt de tikken niet aan: %s", sync.words);
	finding_advise(ret, "nothing is lost: they are sent once it does; see incheckpaal-sync(1)",
		"er gaat niets verloren: ze worden later verstuurd; zie incheckpaal-sync(1)");
}

void doctor_user(const struct patient *patient, struct finding *ret)
{
	struct stat status;
	const struct passwd *owner = NULL;
	const uid_t self = geteuid();

	if (stat(patient->cli->arguments->data, &status) == 0 && status.st_uid != self)
		owner = getpwuid(status.st_uid);
	if (owner) {
		finding_say(ret, FINDING_WARNING, "the data is %s's, and you are another user",
			"de gegevens zijn van %s, en jij bent een ander", owner->pw_name);
		finding_advise(ret, "to check what the kiosk may do: sudo -u %s incheckpaal doctor",
			"om te zien wat de kiosk mag: sudo -u %s incheckpaal doctor",
			owner->pw_name);
		return;
	}
	owner = getpwuid(self);
	finding_say(ret, FINDING_OK, "checked as user %s", "bekeken als gebruiker %s",
		owner ? owner->pw_name : "?");
}
