/**
 * Keeps the program alive when its display server dies: by itself Xlib ends the program then, also
 * while it is being asked in. A display that is lost answers nothing from then on, and SDL may be
 * told to close it. A Wayland compositor's end reaches us as a wish to quit (display_lose). The
 * owner's thread only.
 *
 * SDL opens two connections and names one, so this stands in for XOpenDisplay; libX11 before 1.7,
 * and an SDL that looks the function up by itself, still end the program.
 */
#ifndef SDL_DISPLAY_LOSS_H
#define SDL_DISPLAY_LOSS_H

#include <SDL.h>
#include <stdbool.h>

/* Before SDL opens its display. */
void display_begin(void);
/* Since then. */
bool display_is_lost(void);
void display_lose(void);
/* As SDL_ShowWindow and SDL_DestroyWindow, which wait for the server to say that it is done, and
 * for ever when it dies meanwhile; these do not wait. */
void display_show(SDL_Window *window);
void display_destroy(SDL_Window *window);

#endif
