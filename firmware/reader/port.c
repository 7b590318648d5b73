#include "reader/port.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/scope.h"
#include "core/text.h"

/* USB readers that libnfc drives, by vendor and product, and the driver that takes them. */
static const struct {
	const char *vendor, *product, *driver;
} usb_readers[] = {
	{ "072f", "2200", "acr122_usb" },
	{ "072f", "90cc", "acr122_usb" },
	{ "04cc", "2533", "pn53x_usb" },
	{ "04e6", "5591", "pn53x_usb" },
	{ "04e6", "5594", "pn53x_usb" },
	{ "054c", "0193", "pn53x_usb" },
	{ "1fd3", "0608", "pn53x_usb" },
};

static bool attribute_is(const char *directory, const char *name, const char *value)
{
	char path[512], text[16] = "";
	snprintf(path, sizeof path, "/sys/bus/usb/devices/%.255s/%s", directory, name);
	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd >= 0 && read(fd, text, sizeof text - 1) > 0 &&
	       strncmp(text, value, strlen(value)) == 0;
}

static const char *usb_driver(void)
{
	DIR *devices = opendir("/sys/bus/usb/devices");
	const char *driver = NULL;
	const struct dirent *entry;
	while (devices && !driver && (entry = readdir(devices)))
		for (size_t i = 0; i < sizeof usb_readers / sizeof usb_readers[0]; i++)
			if (attribute_is(entry->d_name, "idVendor", usb_readers[i].vendor) &&
				attribute_is(entry->d_name, "idProduct", usb_readers[i].product))
				driver = usb_readers[i].driver;
	if (devices)
		closedir(devices);
	return driver;
}

/* auto asks sysfs, never the ports: a probe would write into whatever hangs there. */
void port_connection(const struct config_reader *reader, char *ret, size_t size)
{
	const char *driver =
		strcmp(reader->connection, "auto") == 0 ? usb_driver() : reader->connection;
	if (driver)
		utf8_clip(ret, size, driver);
	else
		snprintf(ret, size, "pn532_uart:%s:115200", reader->tty);
}

void port_path(const char *connection, char *ret, size_t size)
{
	const char *colon = strchr(connection, ':');
	snprintf(ret, size, "%s", colon && colon[1] == '/' ? colon + 1 : "");
	char *speed = strrchr(ret, ':');
	if (speed)
		*speed = '\0';
}
