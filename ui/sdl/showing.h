/**
 * Whether what is painted reaches the display. On the bare console SDL shows a window's surface
 * through a renderer, and one that lacks a library (OpenGL without libGL) draws nothing and reports
 * success, so a pixel is drawn and read back. Owner's thread only.
 */
#ifndef SDL_SHOWING_H
#define SDL_SHOWING_H

#include <SDL.h>
#include <stdbool.h>

/* How a console's renderer is to be made, for the video driver that SDL chose; before the window's
 * surface is asked for. What SDL_FRAMEBUFFER_ACCELERATION says goes first. */
void showing_choose(void);
/* After the window's surface is there and before it is shown. False sets SDL's error. */
bool showing_works(SDL_Window *window);

#endif
