#include "sdl/display_loss.h"

#include <dlfcn.h>
#include <SDL_syswm.h>
#include <setjmp.h>
#include <unistd.h>

static bool lost;

void display_begin(void)
{
	lost = false;
}

bool display_is_lost(void)
{
	return lost;
}

void display_lose(void)
{
	lost = true;
}

#ifdef SDL_VIDEO_DRIVER_X11
#include <X11/Xlib.h>

/* Where a server that dies while it is being asked in leads: before the display is open nothing
 * else keeps Xlib from ending the program. What it held by then is lost, a connection's worth. */
static jmp_buf *opening;

/* In place of ending the program. */
static void note_loss(Display *display, void *context)
{
	(void)display;
	(void)context;
	display_lose();
}

/* In place of words on stderr: who hears of the loss says it. */
static int say_nothing(Display *display)
{
	if (opening) {
		close(ConnectionNumber(display));
		longjmp(*opening, 1);
	}
	return 0;
}

/* Looked up, so that a machine without X11 needs none of it. */
static void survive(Display *display)
{
	void (*set_exit_handler)(Display *, XIOErrorExitHandler, void *);
	*(void **)&set_exit_handler = dlsym(RTLD_NEXT, "XSetIOErrorExitHandler");
	if (set_exit_handler)
		set_exit_handler(display, note_loss, NULL);
}

Display *XOpenDisplay(const char *name)
{
	Display *(*open_display)(const char *);
	XIOErrorHandler (*set_handler)(XIOErrorHandler);
	jmp_buf back;
	*(void **)&open_display = dlsym(RTLD_NEXT, "XOpenDisplay");
	*(void **)&set_handler = dlsym(RTLD_NEXT, "XSetIOErrorHandler");
	if (!open_display || !set_handler)
		return NULL;
	set_handler(say_nothing);
	opening = &back;
	Display *display = setjmp(back) ? NULL : open_display(name);
	opening = NULL;
	if (display)
		survive(display);
	return display;
}

/* What SDL waits for: that the window was mapped, or unmapped. */
static void put_back(SDL_Window *window, int type)
{
	int (*put_back_event)(Display *, XEvent *);
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	*(void **)&put_back_event = dlsym(RTLD_NEXT, "XPutBackEvent");
	if (!put_back_event || !SDL_GetWindowWMInfo(window, &info) ||
		info.subsystem != SDL_SYSWM_X11)
		return;
	XEvent event = { .xany = { .type = type, .display = info.info.x11.display } };
	if (type == MapNotify)
		event.xmap.event = event.xmap.window = info.info.x11.window;
	else
		event.xunmap.event = event.xunmap.window = info.info.x11.window;
	put_back_event(info.info.x11.display, &event);
}

void display_show(SDL_Window *window)
{
	put_back(window, MapNotify);
	SDL_ShowWindow(window);
}

void display_destroy(SDL_Window *window)
{
	put_back(window, UnmapNotify);
	SDL_DestroyWindow(window);
}
#else
void display_show(SDL_Window *window)
{
	SDL_ShowWindow(window);
}

void display_destroy(SDL_Window *window)
{
	SDL_DestroyWindow(window);
}
#endif
