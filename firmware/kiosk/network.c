#include "kiosk/network.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "base/scope.h"
#include "core/text.h"

#define LISTENING 0x0A /* in the kernel's table of TCP sockets */

static bool is_useful(const struct ifaddrs *entry, int family)
{
	if (!entry->ifa_addr || entry->ifa_addr->sa_family != family ||
		entry->ifa_flags & IFF_LOOPBACK || !(entry->ifa_flags & IFF_RUNNING))
		return false;
	const struct sockaddr_in6 *six = (const void *)entry->ifa_addr;
	return family == AF_INET || !IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr);
}

static void fill(const struct ifaddrs *entry, struct network *ret)
{
	const struct sockaddr_in *four = (const void *)entry->ifa_addr;
	const struct sockaddr_in6 *six = (const void *)entry->ifa_addr;
	const bool is_four = entry->ifa_addr->sa_family == AF_INET;
	inet_ntop(entry->ifa_addr->sa_family,
		is_four ? (const void *)&four->sin_addr : (const void *)&six->sin6_addr,
		ret->address, sizeof ret->address);
	utf8_clip(ret->interface, sizeof ret->interface, entry->ifa_name);
}

bool network_look(struct network *ret)
{
	static const int families[] = { AF_INET, AF_INET6 };
	struct ifaddrs *all;
	*ret = (struct network){ .interface = "" };
	if (getifaddrs(&all) < 0)
		return false;
	for (size_t i = 0; i < sizeof families / sizeof families[0] && !ret->address[0]; i++)
		for (const struct ifaddrs *entry = all; entry && !ret->address[0];
			entry = entry->ifa_next)
			if (is_useful(entry, families[i]))
				fill(entry, ret);
	freeifaddrs(all);
	return ret->address[0] != '\0';
}

static bool table_listens(const char *path, unsigned port)
{
	CLEANUP(fclosep) FILE *table = fopen(path, "re");
	char line[256];
	while (table && fgets(line, sizeof line, table)) {
		unsigned here, state;
		if (sscanf(line, " %*d: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x", &here, &state) ==
				2 &&
			here == port && state == LISTENING)
			return true;
	}
	return false;
}

bool network_listens(int port)
{
	return table_listens("/proc/net/tcp", (unsigned)port) ||
	       table_listens("/proc/net/tcp6", (unsigned)port);
}
