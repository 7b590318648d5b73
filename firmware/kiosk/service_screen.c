#include "kiosk/service_screen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/sync_state.h"
#include "core/text.h"
#include "kiosk/clerk.h"
#include "kiosk/network.h"
#include "kiosk/qr.h"
#include "kiosk/reread.h"
#include "store/organiser_badge.h"
#include "store/override.h"
#include "version.h"

#define LOOK_MS 1000
#define NETWORK_MS 10000
#define TEST_MS 15000
#define NEWS_MS 8000
#define MINUTE_MS 60000
#define VOLUME_STEP_PCT 20
#define FINGERPRINT_SHOWN 23 /* AB:CD:EF:01:23:45:67:89: what an eye can compare */

/* What a libnfc connection string begins with, as people say it. */
static void name_reader(char *ret, size_t size, const char *connection)
{
	static const struct {
		const char *prefix, *words;
	} chips[] = {
		{ "pn532_uart:", "PN532 · UART" },
		{ "pn532_i2c:", "PN532 · I²C" },
		{ "pn532_spi:", "PN532 · SPI" },
		{ "acr122", "ACR122 · USB" },
		{ "pn53x_usb", "PN53x · USB" },
		{ "auto", "NFC" },
	};
	for (size_t i = 0; i < sizeof chips / sizeof chips[0]; i++) {
		if (strncmp(connection, chips[i].prefix, strlen(chips[i].prefix)) == 0) {
			utf8_clip(ret, size, chips[i].words);
			return;
		}
	}
	utf8_clip(ret, size, connection);
	ret[strcspn(ret, ":")] = '\0';
}

static void look_at_readers(const struct clerk *clerk, struct service *ret, int64_t at_ms)
{
	name_reader(ret->reader, sizeof ret->reader, clerk->config->readers[0].connection);
	ret->reader_up = supervisor_is_up(&clerk->readers, at_ms);
	ret->readers = (int)clerk->readers.count;
	ret->readers_up = 0;
	for (size_t i = 0; i < clerk->readers.count; i++)
		ret->readers_up += clerk->readers.readers[i].state == READER_UP;
}

/* Where the page can be typed in: the address it listens on, or this machine's. */
static void write_url(const struct config *config, const char *address, char *ret, size_t size)
{
	const char *listen = config->web.listen;
	const bool everywhere = strcmp(listen, "::") == 0 || strcmp(listen, "0.0.0.0") == 0;
	const char *host = everywhere ? address : listen;
	const bool six = strchr(host, ':') != NULL;
	char port[16] = "";
	if (config->web.port != 443)
		snprintf(port, sizeof port, ":%d", config->web.port);
	ret[0] = '\0';
	if (host[0])
		snprintf(
			ret, size, "https://%s%s%s%s/", six ? "[" : "", host, six ? "]" : "", port);
}

static void look_at_network(struct clerk *clerk, struct service *ret, int64_t at_ms)
{
	struct network network;
	if (clerk->service.network_ms && at_ms - clerk->service.network_ms < NETWORK_MS)
		return;
	clerk->service.network_ms = at_ms;
	if (network_look(&network)) {
		utf8_clip(ret->interface, sizeof ret->interface, network.interface);
		ret->net_lost_ms = 0;
	} else if (ret->address[0]) {
		ret->net_lost_ms = clock_wall_ms();
	}
	utf8_clip(ret->address, sizeof ret->address, network.address);
	write_url(clerk->config, ret->address, ret->url, sizeof ret->url);
	ret->page_runs = network_listens(clerk->config->web.port);
}

/* The page writes it when it makes or takes a certificate. */
static void look_at_certificate(const struct clerk *clerk, struct service *ret)
{
	char path[CONFIG_PATH_SIZE + 32];
	struct bytes bytes = { 0 };
	ret->fingerprint[0] = '\0';
	if (!path_join(path, sizeof path, clerk->data, "web.fingerprint") ||
		file_read_all(&bytes, path, 256) < 0)
		return;
	utf8_clip(ret->fingerprint, FINGERPRINT_SHOWN + 1, (const char *)bytes.data);
	bytes_free(&bytes);
}

/* There is one code, and it lives: a used, expired or guessed-at one is drawn anew. */
static void keep_code(struct clerk *clerk, struct service *ret)
{
	struct service_screen *screen = &clerk->service;
	struct access_status status = { .state = ACCESS_NONE };
	struct moment now;
	char link[SERVICE_URL_SIZE + 32];
	clock_read(&now);
	int r = access_code_status(clerk->store, &now, &status);
	if (r == 0 && (status.state != ACCESS_LIVE || !screen->code[0])) {
		screen->code[0] = '\0';
		r = access_code_draw(clerk->store, &now, screen->code);
		if (r == 0)
			r = access_code_status(clerk->store, &now, &status);
	}
	if (r < 0)
		log_warn("store: no code can be drawn: %s", store_words(clerk->store));
	ret->code_left_min = (int)((status.left_ms + MINUTE_MS - 1) / MINUTE_MS);
	utf8_clip(ret->code, sizeof ret->code, screen->code);
	snprintf(link, sizeof link, "%sstart?code=%s", ret->url, ret->code);
	if (!ret->url[0] || !ret->code[0] || qr_make(&ret->qr, link) < 0)
		ret->qr.side = 0;
}

static void look_at_sync(const struct clerk *clerk, struct service *ret)
{
	struct sync_state sync;
	sync_state_read(clerk->run, &sync);
	ret->has_hub = clerk->config->sync.hub[0] != '\0';
	ret->sync = sync.health;
	ret->sync_ms = sync.last_ms;
	ret->sync_waiting = sync.waiting;
}

static void gather(struct clerk *clerk, struct service *ret, int64_t at_ms)
{
	struct moment now;
	clock_read(&now);
	*ret = clerk->service.facts;
	look_at_readers(clerk, ret, at_ms);
	look_at_network(clerk, ret, at_ms);
	look_at_certificate(clerk, ret);
	keep_code(clerk, ret);
	ret->taps = clerk->last_seq;
	ret->free_bytes = disk_free_bytes(clerk->data);
	ret->storage_ok = !clerk->storage_failed;
	ret->grade = now.grade;
	look_at_sync(clerk, ret);
	ret->stick = clerk->service.stick.state;
	utf8_clip(ret->version, sizeof ret->version, INCHECKPAAL_VERSION);
	utf8_clip(ret->kiosk, sizeof ret->kiosk, clerk->config->kiosk.name);
	utf8_clip(ret->room, sizeof ret->room, clerk->config->kiosk.room);
}

static void send(struct clerk *clerk, bool open)
{
	struct order order = { .kind = ORDER_SERVICE };
	order.service = clerk->service.facts;
	order.opens = open;
	clerk_send(clerk, &order);
}

static void look(struct clerk *clerk, int64_t at_ms)
{
	struct service facts;
	clerk->service.looked_ms = at_ms;
	gather(clerk, &facts, at_ms);
	/* One is a copy of the other, padding included.
	 * NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	if (memcmp(&facts, &clerk->service.facts, sizeof facts) == 0)
		return;
	clerk->service.facts = facts;
	send(clerk, false);
}

static void change_volume(struct clerk *clerk, int by)
{
	const int before = clerk->service.facts.volume_pct;
	const int steps = by > 0 ? before / VOLUME_STEP_PCT + 1
				 : (before + VOLUME_STEP_PCT - 1) / VOLUME_STEP_PCT - 1;
	const int wanted = steps * VOLUME_STEP_PCT;
	char text[16];
	clerk->service.facts.volume_pct = wanted < 0 ? 0 : wanted > 100 ? 100 : wanted;
	snprintf(text, sizeof text, "%d", clerk->service.facts.volume_pct);
	if (override_put(
		    clerk->store, "screen", "volume", text, OVERRIDE_BY_KIOSK, clock_wall_ms()) < 0)
		log_warn("store: the volume is not kept: %s", store_words(clerk->store));
	else
		reread_options(clerk);
}

void service_screen_options(struct clerk *clerk)
{
	const int volume_pct = clerk->config->screen.volume;
	if (volume_pct == clerk->service.facts.volume_pct)
		return;
	clerk->service.facts.volume_pct = volume_pct;
	send(clerk, false);
}

void service_screen_start(struct clerk *clerk)
{
	clerk->service.facts.volume_pct = clerk->config->screen.volume;
	send(clerk, false);
}

void service_screen_finish(struct service_screen *screen)
{
	stick_finish(&screen->stick);
}

void service_screen_open(struct clerk *clerk, int64_t at_ms)
{
	struct service_screen *screen = &clerk->service;
	screen->open = true;
	screen->opened_ms = screen->looked_ms = at_ms;
	gather(clerk, &screen->facts, at_ms);
	send(clerk, true);
}

bool service_screen_take(
	struct clerk *clerk, const struct badge_key *keys, size_t count, int64_t at_ms)
{
	struct service *facts = &clerk->service.facts;
	facts->last_badge_ms = clock_wall_ms();
	if (facts->test == TEST_WAIT) {
		facts->test = TEST_OK;
		clerk->service.test_until_ms = at_ms + NEWS_MS;
	}
	for (size_t i = 0; i < count; i++) {
		if (organiser_badge_opens(clerk->store, &keys[i]) == 1) {
			service_screen_open(clerk, at_ms);
			return true;
		}
	}
	return false;
}

static void start_copy(struct clerk *clerk, int64_t at_ms)
{
	char program[CONFIG_PATH_SIZE];
	const struct stick_command command = { .program = program,
		.config_path = clerk->readers.config_path[0] ? clerk->readers.config_path : NULL,
		.data = clerk->data,
		.wanted = clerk->config->storage.stick,
		.journal_copy = clerk->config->storage.journal_copy };
	if (!program_beside(program, sizeof program, "incheckpaal"))
		return;
	stick_copy(&clerk->service.stick, &command, at_ms);
	clerk->service.stick_until_ms = at_ms + NEWS_MS;
}

void service_screen_touched(struct clerk *clerk, const struct wish *wish)
{
	const enum service_control control = wish->control;
	const int64_t at_ms = clock_mono_ns() / 1000000;
	struct service *facts = &clerk->service.facts;
	switch (control) {
	case SERVICE_TEST:
		facts->test = TEST_WAIT;
		clerk->service.test_until_ms = at_ms + TEST_MS;
		break;
	case SERVICE_STICK:
		facts->test = TEST_IDLE;
		start_copy(clerk, at_ms);
		facts->stick = clerk->service.stick.state;
		break;
	case SERVICE_QUIETER:
	case SERVICE_LOUDER:
		change_volume(clerk, control == SERVICE_LOUDER ? 1 : -1);
		break;
	case SERVICE_CONTROL_COUNT:
		return;
	}
	send(clerk, false);
}

/* What was said long enough goes; a test nobody came for has failed. */
static void age_news(struct clerk *clerk, int64_t at_ms)
{
	struct service_screen *screen = &clerk->service;
	if (screen->facts.test != TEST_IDLE && at_ms >= screen->test_until_ms) {
		const bool failed = screen->facts.test == TEST_WAIT;
		screen->facts.test = failed ? TEST_FAIL : TEST_IDLE;
		screen->test_until_ms = at_ms + NEWS_MS;
		send(clerk, false);
	}
	if (screen->stick.state != STICK_COPYING && screen->stick.state != STICK_IDLE &&
		at_ms >= screen->stick_until_ms)
		screen->stick.state = STICK_IDLE;
}

void service_screen_tick(struct clerk *clerk, int64_t at_ms)
{
	struct service_screen *screen = &clerk->service;
	const bool changed = stick_tick(&screen->stick, at_ms);
	if (changed)
		screen->stick_until_ms = at_ms + 2 * NEWS_MS;
	if (!screen->open) {
		look_at_network(clerk, &screen->facts, at_ms);
		return;
	}
	if (clerk->screen.screen != SCREEN_SERVICE &&
		at_ms - screen->opened_ms > 2 * CLERK_PULSE_MS) {
		screen->open = false;
		screen->facts.test = TEST_IDLE;
		return;
	}
	age_news(clerk, at_ms);
	if (changed || at_ms - screen->looked_ms >= LOOK_MS)
		look(clerk, at_ms);
}
