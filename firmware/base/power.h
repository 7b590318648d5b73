/**
 * The board's sensors of supply and heat, as the kernel has them under /sys. One thread.
 *
 * Supply: the hwmon device rpi_volt. Its alarm is on when the Pi's firmware saw less than it needs
 * in the two seconds before; the driver asks for those alone, and then forgets them. Heat: the
 * thermal zone of the processor. Tests give a tree of their own in INCHECKPAAL_SYS.
 */
#ifndef BASE_POWER_H
#define BASE_POWER_H

#include "core/power.h"

#define POWER_PATH_SIZE 256

struct power_sensors {
	char supply[POWER_PATH_SIZE], heat[POWER_PATH_SIZE]; /* files; "" for none */
};

/* Looks where they are; a driver may be loaded later. */
void power_sensors_find(struct power_sensors *ret);
void power_read(const struct power_sensors *sensors, struct power_reading *ret);

#endif
