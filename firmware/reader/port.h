/**
 * Where a reader is to be found: what libnfc is told to open, and which file that is. Looks into
 * sysfs, opens no port. Any thread.
 */
#ifndef READER_PORT_H
#define READER_PORT_H

#include <stddef.h>

#include "core/config.h"

/* libnfc's connection string for @reader: what the configuration says, or for auto the USB reader
 * that is plugged in, else the configured tty. */
void port_connection(const struct config_reader *reader, char *ret, size_t size);

/* The path in "driver:PATH[:speed]", or "" when the driver finds its device itself. */
void port_path(const char *connection, char *ret, size_t size);

#endif
