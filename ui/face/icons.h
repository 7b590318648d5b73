/** The icons of design.md 4 as data, on a 24 x 24 grid with y down. Pure; static. */
#ifndef FACE_ICONS_H
#define FACE_ICONS_H

#include <stdbool.h>
#include <stddef.h>

enum icon {
	ICON_ICT,
	ICON_HEALTH,
	ICON_MAAK,
	ICON_LOG,
	ICON_ALL,
	ICON_NONE,
	ICON_CHECK,
	ICON_CLOCK,
	ICON_AGAIN,
	ICON_BYE,
	ICON_FULL,
	ICON_UNKNOWN,
	ICON_HOLD,
	ICON_PHONE,
	ICON_STOP,
	ICON_PAUSE,
	ICON_BADGE,
	ICON_ARROW,
	ICON_BACK,
	ICON_CLOSE,
	ICON_PLUS,
	ICON_DESK,
	ICON_PEN,
	ICON_ERASE,
	ICON_USB,
	ICON_VOLUME,
	ICON_WARN,
	ICON_OKDOT,
	ICON_OFFLINE,
	ICON_MOVE,
	ICON_SEAT,
	ICON_READER,
	ICON_DISK,
	ICON_NET,
	ICON_SYNC,
	ICON_TAG,
	ICON_CALENDAR,
	ICON_POLE,
	ICON_COUNT
};

struct icon_part {
	char primitive;  /* 'P', 'B', 'O', 'C', 'R', 'A', 'L' as in design.md 4 */
	bool background; /* drawn in the background colour */
	size_t count;
	float numbers[16]; /* in the order of design.md 4 */
};

const struct icon_part *icon_parts(enum icon icon, size_t *ret_count);

#endif
