#include "kiosk/light.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/scope.h"

#define LED_CLASS "/sys/class/leds"
#define VALUE_SIZE 64

static int open_value(const struct light *light, const char *value, int flags)
{
	char path[LIGHT_PATH_SIZE + 32];
	snprintf(path, sizeof path, "%s/%s", light->directory, value);
	const int fd = open(path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int write_value(struct light *light, const char *value, const char *text)
{
	CLEANUP(closep) int fd = open_value(light, value, O_WRONLY | O_TRUNC);
	const int r = fd < 0 ? fd : write(fd, text, strlen(text)) < 0 ? -errno : 0;
	if (r < 0 && !light->said)
		log_warn("light: %s/%s: %s", light->directory, value, strerror(-r));
	light->said = r < 0;
	return r;
}

/* False when there is none. */
static bool read_value(const struct light *light, const char *value, char ret[VALUE_SIZE])
{
	CLEANUP(closep) int fd = open_value(light, value, O_RDONLY);
	const ssize_t length = fd < 0 ? -1 : read(fd, ret, VALUE_SIZE - 1);
	if (length < 0)
		return false;
	ret[length] = '\0';
	return true;
}

/* "red green blue", in the order this LED has them. */
static bool read_order(struct light *light)
{
	char words[VALUE_SIZE];
	if (!read_value(light, "multi_index", words))
		return false;
	char *rest = words;
	for (size_t i = 0; i < sizeof light->order; i++) {
		const char *word = strtok_r(rest, " \n", &rest);
		if (!word)
			return false;
		light->order[i] = word[0];
	}
	return true;
}

static void write_colour(struct light *light, uint32_t rgb)
{
	char text[VALUE_SIZE] = "";
	size_t length = 0;
	for (size_t i = 0; i < sizeof light->order; i++) {
		const int shift = light->order[i] == 'r' ? 16 : light->order[i] == 'g' ? 8 : 0;
		const int part = (int)(rgb >> shift & 0xFF) * light->brightest / 255;
		length += (size_t)snprintf(
			text + length, sizeof text - length, "%s%d", i ? " " : "", part);
	}
	write_value(light, "multi_intensity", text);
}

static void set(struct light *light, bool lit)
{
	char text[16];
	snprintf(text, sizeof text, "%d", lit ? light->brightest : 0);
	light->lit = lit;
	write_value(light, "brightness", text);
}

void light_init(struct light *ret, const char *name)
{
	char text[VALUE_SIZE];
	*ret = (struct light){ .brightest = 255 };
	if (!name[0])
		return;
	snprintf(ret->directory, sizeof ret->directory, "%s%s",
		strchr(name, '/') ? "" : LED_CLASS "/", name);
	if (!read_value(ret, "brightness", text)) {
		log_warn("light: there is no LED at %s", ret->directory);
		ret->directory[0] = '\0';
		return;
	}
	if (read_value(ret, "max_brightness", text) && strtol(text, NULL, 10) > 0)
		ret->brightest = (int)strtol(text, NULL, 10);
	if (read_value(ret, "trigger", text))
		write_value(ret, "trigger",
			"none"); /* or the kernel blinks it for the card or the CPU */
	ret->colours = read_order(ret);
	set(ret, false);
}

void light_finish(struct light *light)
{
	if (light->directory[0])
		set(light, false);
	light->directory[0] = '\0';
}

void light_show(struct light *light, const struct glow *glow, int64_t at_ms)
{
	if (!light->directory[0] || glow->times == 0)
		return;
	light->glow = glow;
	light->flashes_left = glow->times;
	if (light->colours)
		write_colour(light, glow->rgb);
	set(light, true);
	light->next_ms = at_ms + glow->on_ms;
}

void light_tick(struct light *light, int64_t at_ms)
{
	if (!light->next_ms || at_ms < light->next_ms)
		return;
	if (light->lit)
		light->flashes_left--;
	set(light, !light->lit && light->flashes_left > 0);
	light->next_ms = light->lit            ? at_ms + light->glow->on_ms
			 : light->flashes_left ? at_ms + light->glow->off_ms
					       : 0;
}
