#include "base/power.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/scope.h"

#define VALUE_SIZE 64

/* A sensor is found by what one of its files says, and read from another. */
static const struct kind {
	const char *class, *prefix, *which, *says, *value;
} supply_kind = { "class/hwmon", "hwmon", "name", "rpi_volt", "in0_lcrit_alarm" },
  heat_kind = { "class/thermal", "thermal_zone", "type", "cpu-thermal", "temp" };

static const char *root(void)
{
	const char *given = getenv("INCHECKPAAL_SYS");
	return given ? given : "/sys";
}

/* False when it can not be read, or is longer than any value. */
static bool read_value(const char *path, char ret[VALUE_SIZE])
{
	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const ssize_t length = fd < 0 ? -1 : read(fd, ret, VALUE_SIZE);
	if (length < 0 || length == VALUE_SIZE)
		return false;
	ret[length] = '\0';
	return true;
}

static bool is_the_one(const char *directory, const struct kind *kind)
{
	char path[POWER_PATH_SIZE], says[VALUE_SIZE];
	if ((size_t)snprintf(path, sizeof path, "%s/%s", directory, kind->which) >= sizeof path ||
		!read_value(path, says))
		return false;
	says[strcspn(says, "\n")] = '\0';
	return strcmp(says, kind->says) == 0;
}

static void find(const struct kind *kind, char ret[POWER_PATH_SIZE])
{
	char class[POWER_PATH_SIZE], directory[POWER_PATH_SIZE];
	ret[0] = '\0';
	if ((size_t)snprintf(class, sizeof class, "%s/%s", root(), kind->class) >= sizeof class)
		return;
	DIR *listing = opendir(class);
	if (!listing)
		return;
	for (const struct dirent *entry; !ret[0] && (entry = readdir(listing));)
		if (strncmp(entry->d_name, kind->prefix, strlen(kind->prefix)) == 0 &&
			(size_t)snprintf(directory, sizeof directory, "%s/%s", class,
				entry->d_name) < sizeof directory &&
			is_the_one(directory, kind) &&
			(size_t)snprintf(ret, POWER_PATH_SIZE, "%s/%s", directory, kind->value) >=
				POWER_PATH_SIZE)
			ret[0] = '\0';
	closedir(listing);
}

void power_sensors_find(struct power_sensors *ret)
{
	find(&supply_kind, ret->supply);
	find(&heat_kind, ret->heat);
}

void power_read(const struct power_sensors *sensors, struct power_reading *ret)
{
	char text[VALUE_SIZE];
	*ret = (struct power_reading){ .knows_supply = false };
	ret->knows_supply = sensors->supply[0] && read_value(sensors->supply, text) &&
			    power_parse_alarm(text, &ret->is_low);
	ret->knows_heat = sensors->heat[0] && read_value(sensors->heat, text) &&
			  power_parse_heat(text, &ret->celsius);
}
