/* The doctor looks at the readers, without opening them: the kiosk may be reading a badge now. */
#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/scope.h"
#include "cli/doctor.h"

enum { USB_ID_SIZE = 8 };

/* clang-format off */
/* USB readers that libnfc knows and that hide no serial line. */
static const struct {
	const char *vendor, *product, *name;
} usb_readers[] = {
	{ "04cc", "0531", "NXP PN531" },
	{ "04cc", "2533", "NXP PN533" },
	{ "04e6", "5591", "SCM SCL3711" },
	{ "04e6", "5594", "SCM SCL3712" },
	{ "054c", "0193", "Sony PN531" },
	{ "054c", "02e1", "Sony RC-S360" },
	{ "072f", "2200", "ACS ACR122U" },
	{ "072f", "90cc", "ACS ACR122U" },
	{ "1fd3", "0608", "ASK LoGO" },
};
/* clang-format on */

static bool read_usb_id(char ret[USB_ID_SIZE], const char *device, const char *file)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "/sys/bus/usb/devices/%.255s/%s", device, file);
	CLEANUP(fclosep) FILE *in = fopen(path, "re");

	return in && fscanf(in, "%7s", ret) == 1;
}

static const char *usb_reader_name(const char *device)
{
	char vendor[USB_ID_SIZE], product[USB_ID_SIZE];

	if (!read_usb_id(vendor, device, "idVendor") || !read_usb_id(product, device, "idProduct"))
		return NULL;
	for (size_t i = 0; i < sizeof usb_readers / sizeof usb_readers[0]; i++) {
		if (strcmp(vendor, usb_readers[i].vendor) == 0 &&
			strcmp(product, usb_readers[i].product) == 0)
			return usb_readers[i].name;
	}
	return NULL;
}

static const char *find_usb_reader(void)
{
	DIR *listing = opendir("/sys/bus/usb/devices");
	const char *name = NULL;

	if (!listing)
		return NULL;
	for (const struct dirent *entry; !name && (entry = readdir(listing));)
		name = usb_reader_name(entry->d_name);
	closedir(listing);
	return name;
}

static void look_at_usb(struct finding *ret)
{
	const char *name = find_usb_reader();

	if (!name) {
		finding_say(ret, FINDING_FAULT, "no USB reader is connected",
			"er is geen USB-lezer aangesloten");
		finding_advise(ret,
			"connect it, or name its serial line in the configuration: [reader] "
			"connection",
			"sluit hem aan, of noem zijn seriële lijn in de instellingen: [reader] "
			"connection");
	} else if (access("/sys/module/pn533_usb", F_OK) == 0) {
		finding_say(ret, FINDING_FAULT,
			"%s is there, but the kernel's own NFC driver holds it",
			"%s is er, maar het NFC-stuurprogramma van de kernel houdt hem vast", name);
		finding_advise(ret,
			"sudo modprobe -r pn533_usb, and blacklist it in /etc/modprobe.d",
			"sudo modprobe -r pn533_usb, en zet het op de zwarte lijst in "
			"/etc/modprobe.d");
	} else {
		finding_say(ret, FINDING_OK, "%s is connected", "%s is aangesloten", name);
	}
}

static void say_no_permission(const char *path, struct finding *ret)
{
	struct stat status;
	const struct group *group = stat(path, &status) == 0 ? getgrgid(status.st_gid) : NULL;

	finding_say(ret, FINDING_FAULT, "%s may not be used by this user",
		"%s mag niet door deze gebruiker gebruikt worden", path);
	if (group)
		finding_advise(ret,
			"add the kiosk's user to its group: sudo adduser incheckpaal %s",
			"voeg de gebruiker van de kiosk toe aan de groep: sudo adduser incheckpaal "
			"%s",
			group->gr_name);
}

static void look_at_device(const char *path, struct finding *ret)
{
	if (access(path, F_OK) < 0) {
		finding_say(ret, FINDING_FAULT, "%s is not there", "%s is er niet", path);
		finding_advise(ret,
			"connect the reader; on a Raspberry Pi switch the serial line on "
			"(raspi-config)",
			"sluit de lezer aan; zet op een Raspberry Pi de seriële lijn aan "
			"(raspi-config)");
	} else if (access(path, R_OK | W_OK) < 0) {
		say_no_permission(path, ret);
	} else {
		finding_say(ret, FINDING_OK, "%s is there", "%s is er", path);
	}
}

/* The device in "pn532_uart:/dev/ttyAMA0:115200"; false for drivers that find theirs on USB. */
static bool device_of(char *ret, size_t size, const char *connection)
{
	const char *start = strchr(connection, ':');

	if (!start || start[1] != '/')
		return false;
	const size_t length = strcspn(start + 1, ":");

	snprintf(ret, size, "%.*s", (int)length, start + 1);
	return true;
}

static void look_at_reader(const struct config_reader *reader, struct finding *ret)
{
	char device[CONFIG_PATH_SIZE];

	if (device_of(device, sizeof device, reader->connection))
		look_at_device(device, ret);
	else if (strcmp(reader->connection, "auto") == 0 && !find_usb_reader() && *reader->tty)
		look_at_device(reader->tty, ret);
	else
		look_at_usb(ret);
}

/* What the kiosk hears of it tells more than a device that is merely there. */
static void look_at_state(const struct reply *kiosk, size_t index, struct finding *ret)
{
	char path[32];

	snprintf(path, sizeof path, "readers.%zu.state", index);
	const char *state = reply_text(kiosk, path);

	if (state && strcmp(state, "up") == 0) {
		finding_say(ret, FINDING_OK, "ready for badges, says the kiosk",
			"klaar voor badges, zegt de kiosk");
	} else if (state) {
		finding_say(ret, FINDING_FAULT, "the device is there, but the kiosk says: %s",
			"het apparaat is er, maar de kiosk zegt: %s", reply_reader_words(state));
		finding_advise(ret,
			"look at its cable and switches, give it power again; see journalctl -u "
			"incheckpaal-kiosk",
			"bekijk kabel en schakelaars, haal de stroom er even af; zie journalctl -u "
			"incheckpaal-kiosk");
	}
}

void doctor_reader(const struct patient *patient, struct finding *ret)
{
	const struct config *config = &patient->cli->config;

	for (size_t i = 0; i < config->reader_count; i++) {
		look_at_reader(&config->readers[i], ret);
		if (ret->grade == FINDING_OK && patient->kiosk)
			look_at_state(patient->kiosk, i, ret);
		if (ret->grade != FINDING_OK)
			return;
	}
}
