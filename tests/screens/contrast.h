/**
 * Proofs read from the pixels of every scene: that what is written and drawn stands out, that
 * verdicts can be told apart without colour, and that letters are as high as the design says. Each
 * returns how many failures it printed.
 */
#ifndef SCREENS_CONTRAST_H
#define SCREENS_CONTRAST_H

#include "screens/easel.h"

int contrast_check(struct easel *easel, const char *unused);
int apart_check(struct easel *easel, const char *unused);
int caps_check(struct easel *easel, const char *unused);
/* Every control is large enough for a finger, and apart from the next. */
int touches_check(struct easel *easel, const char *unused);
/* Lays out random screens, of which the number is the seed: nothing overlaps or leaves its box.
 * @range is "COUNT" or "FROM-TO". */
int layouts_check(struct easel *easel, const char *range);

#endif
