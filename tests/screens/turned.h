/**
 * Proof that a display which hangs turned shows the same picture, turned, pixel by pixel, and that
 * a finger on it is meant for what it touches.
 */
#ifndef SCREENS_TURNED_H
#define SCREENS_TURNED_H

#include "screens/easel.h"

/* How many failures it printed. Opens windows; SDL_VIDEODRIVER=dummy will do. */
int turned_check(struct easel *easel, const char *unused);

#endif
