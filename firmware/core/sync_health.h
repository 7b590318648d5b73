/** How the copying of taps to the hub is doing. */
#ifndef CORE_SYNC_HEALTH_H
#define CORE_SYNC_HEALTH_H

enum sync_health {
	SYNC_SILENT,  /* nobody says anything: it does not run */
	SYNC_CURRENT, /* the hub answers; what waits is under way */
	SYNC_AWAY,    /* the hub can not be reached */
	SYNC_REFUSED, /* the hub and this log do not fit: somebody must look at it */
	SYNC_HEALTH_COUNT
};

#endif
