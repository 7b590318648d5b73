/** What this machine's network looks like from inside; opens no connection. Any thread. */
#ifndef KIOSK_NETWORK_H
#define KIOSK_NETWORK_H

#include <stdbool.h>

#include "face/service.h"

struct network {
	char interface[16], address[48]; /* the first that is up and reaches beyond this machine */
};
/* False, and @ret empty, without a network. IPv4 goes before IPv6: it can be typed. */
bool network_look(struct network *ret);

/* True when some program listens on this TCP port. */
bool network_listens(int port);

#endif
