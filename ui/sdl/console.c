#include "sdl/console.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#define CARDS_MAX 8
#define BUFFERS 2

struct buffer {
	uint32_t handle, pitch, id;
	uint64_t size;
	uint8_t *pixels;
};

struct console {
	int fd;
	uint32_t connector, crtc;
	drmModeModeInfo mode;
	struct buffer buffers[BUFFERS];
	int next; /* the one that is not on the display */
};

bool console_is_wanted(void)
{
	const char *driver = getenv("SDL_VIDEODRIVER");
	if (!driver || !driver[0])
		return !getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY");
	return strcmp(driver, "evdev") == 0 || strcmp(driver, "kmsdrm") == 0;
}

static int refuse(const char *what)
{
	SDL_SetError("%s (%s)", what, strerror(errno));
	return -ENODEV;
}

/* A CRTC that can drive @connector; 0 when there is none. */
static uint32_t crtc_for(int fd, const drmModeRes *resources, const drmModeConnector *connector)
{
	for (int i = 0; i < connector->count_encoders; i++) {
		drmModeEncoder *encoder = drmModeGetEncoder(fd, connector->encoders[i]);
		const uint32_t possible = encoder ? encoder->possible_crtcs : 0;
		drmModeFreeEncoder(encoder);
		for (int c = 0; c < resources->count_crtcs; c++)
			if (possible & 1U << c)
				return resources->crtcs[c];
	}
	return 0;
}

static const drmModeModeInfo *preferred_mode(const drmModeConnector *connector)
{
	for (int i = 0; i < connector->count_modes; i++)
		if (connector->modes[i].type & DRM_MODE_TYPE_PREFERRED)
			return &connector->modes[i];
	return connector->count_modes > 0 ? &connector->modes[0] : NULL;
}

static bool take_connector(struct console *console, const drmModeRes *resources, uint32_t id)
{
	drmModeConnector *connector = drmModeGetConnector(console->fd, id);
	const drmModeModeInfo *mode = connector ? preferred_mode(connector) : NULL;
	const bool connected = mode && connector->connection == DRM_MODE_CONNECTED;
	if (connected) {
		console->connector = id;
		console->mode = *mode;
		console->crtc = crtc_for(console->fd, resources, connector);
	}
	drmModeFreeConnector(connector);
	return connected && console->crtc;
}

static bool find_display(struct console *console)
{
	drmModeRes *resources = drmModeGetResources(console->fd);
	bool found = false;
	for (int i = 0; resources && i < resources->count_connectors && !found; i++)
		found = take_connector(console, resources, resources->connectors[i]);
	drmModeFreeResources(resources);
	return found;
}

/* A Raspberry Pi 4 has a card that only calculates beside the one with the plugs. */
static bool find_card(struct console *console)
{
	for (int i = 0; i < CARDS_MAX; i++) {
		char path[32];
		snprintf(path, sizeof path, "/dev/dri/card%d", i);
		console->fd = open(path, O_RDWR | O_CLOEXEC);
		if (console->fd < 0)
			continue;
		if (find_display(console))
			return true;
		close(console->fd);
		console->fd = -1;
	}
	errno = ENODEV;
	return false;
}

static bool make_buffer(const struct console *console, struct buffer *ret)
{
	struct buffer buffer = { 0 };
	uint64_t offset;
	if (drmModeCreateDumbBuffer(console->fd, console->mode.hdisplay, console->mode.vdisplay, 32,
		    0, &buffer.handle, &buffer.pitch, &buffer.size) < 0)
		return false;
	*ret = buffer;
	if (drmModeAddFB(console->fd, console->mode.hdisplay, console->mode.vdisplay, 24, 32,
		    buffer.pitch, buffer.handle, &ret->id) < 0 ||
		drmModeMapDumbBuffer(console->fd, buffer.handle, &offset) < 0)
		return false;
	void *pixels = mmap(
		NULL, buffer.size, PROT_READ | PROT_WRITE, MAP_SHARED, console->fd, (off_t)offset);
	if (pixels == MAP_FAILED)
		return false;
	ret->pixels = pixels;
	return true;
}

static void drop_buffer(const struct console *console, const struct buffer *buffer)
{
	if (buffer->pixels)
		munmap(buffer->pixels, buffer->size);
	if (buffer->id)
		drmModeRmFB(console->fd, buffer->id);
	if (buffer->handle)
		drmModeDestroyDumbBuffer(console->fd, buffer->handle);
}

int console_open(struct console **ret)
{
	struct console *console = calloc(1, sizeof *console);
	if (!console)
		return refuse("no memory for the display");
	console->fd = -1;
	if (!find_card(console)) {
		free(console);
		return refuse("no display is connected to any card of /dev/dri");
	}
	for (size_t i = 0; i < BUFFERS; i++)
		if (!make_buffer(console, &console->buffers[i])) {
			const int r = refuse("the display has no buffer");
			console_close(console);
			return r;
		}
	*ret = console;
	return 0;
}

void console_close(struct console *console)
{
	if (!console)
		return;
	for (size_t i = 0; i < BUFFERS; i++)
		drop_buffer(console, &console->buffers[i]);
	close(console->fd); /* the kernel shows its own console again */
	free(console);
}

void console_size(const struct console *console, int *ret_width, int *ret_height)
{
	*ret_width = console->mode.hdisplay;
	*ret_height = console->mode.vdisplay;
}

bool console_is_there(const struct console *console)
{
	drmModeConnector *connector = drmModeGetConnectorCurrent(console->fd, console->connector);
	const bool there = connector && connector->connection != DRM_MODE_DISCONNECTED;
	drmModeFreeConnector(connector);
	return there;
}

static void copy(struct buffer *buffer, const SDL_Surface *surface, int width, int height)
{
	const size_t bytes = (size_t)(surface->w < width ? surface->w : width) * 4;
	for (int y = 0; y < height && y < surface->h; y++)
		memcpy(buffer->pixels + (size_t)y * buffer->pitch,
			(const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch, bytes);
}

int console_show(struct console *console, const SDL_Surface *surface)
{
	struct buffer *buffer = &console->buffers[console->next];
	copy(buffer, surface, console->mode.hdisplay, console->mode.vdisplay);
	/* The mode stays, so this waits for the display's next turn and no longer. */
	if (drmModeSetCrtc(console->fd, console->crtc, buffer->id, 0, 0, &console->connector, 1,
		    &console->mode) < 0)
		return refuse("the display does not take a picture");
	console->next = (console->next + 1) % BUFFERS;
	return 0;
}
