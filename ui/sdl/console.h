/**
 * The bare console: the kernel's display (KMS) without a GPU, a window system or Mesa, so that a
 * frame costs a copy. Two plain buffers are shown in turn. Input is SDL's, from its driver "evdev".
 * Belongs to the thread that opened it.
 */
#ifndef SDL_CONSOLE_H
#define SDL_CONSOLE_H

#include <SDL.h>
#include <stdbool.h>

struct console;

/* When SDL_VIDEODRIVER says so (evdev, or kmsdrm, in whose place this is), or when it says nothing
 * and there is no window system. */
bool console_is_wanted(void);

/* Takes the first display that is connected, in the size it prefers. 0, or -ENODEV with SDL's error
 * set. */
int console_open(struct console **ret);
void console_close(struct console *console); /* NULL is fine */

void console_size(const struct console *console, int *ret_width, int *ret_height);
/* False when the display was pulled out, as the kernel last heard. */
bool console_is_there(const struct console *console);
/* Shows @surface: 32 bits a pixel, of the console's size. Returns when the display has it. 0 or
 * -ENODEV. */
int console_show(struct console *console, const SDL_Surface *surface);

#endif
