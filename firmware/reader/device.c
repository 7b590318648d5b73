#include "reader/device.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <nfc/nfc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/scope.h"
#include "core/text.h"

/*
 * 31 attempts in one InListPassiveTarget: the same latency at a sixth of the wake-ups. libnfc gives
 * up waiting for the chip's answer after 300 ms, so it is only kept when an empty look stays below
 * 200 ms.
 */
#define ATTEMPTS 0x1E
#define FELICA_ATTEMPTS 0x01 /* while the chip looks for FeliCa it is blind for everything else */
#define CALIBRATED_BELOW_MS 200

struct device {
	nfc_context *context;
	nfc_device *handle;
	int lock_fd;
	bool calibrated; /* empty looks last ATTEMPTS */
};

/* Exported by libnfc 1.8.0, in no header: one raw command to the chip. */
int pn53x_transceive(struct nfc_device *pnd, const uint8_t *pbtTx, const size_t szTx,
	uint8_t *pbtRx, const size_t szRxLen, int timeout);

int device_create(struct device **ret)
{
	struct device *device = calloc(1, sizeof *device);
	if (!device)
		return -ENOMEM;
	device->lock_fd = -1;
	/* Its default level prints every error: 200,000 lines a second once a tty is gone. */
	setenv("LIBNFC_LOG_LEVEL", "0", 1);
	nfc_init(&device->context);
	if (!device->context) {
		free(device);
		return -ENOMEM;
	}
	*ret = device;
	return 0;
}

void device_destroy(struct device *device)
{
	if (!device)
		return;
	device_close(device);
	nfc_exit(device->context);
	free(device);
}

/* USB readers that libnfc drives, by vendor and product, and the driver that takes them. */
static const struct {
	const char *vendor, *product, *driver;
} usb_readers[] = {
	{ "072f", "2200", "acr122_usb" },
	{ "072f", "90cc", "acr122_usb" },
	{ "04cc", "2533", "pn53x_usb" },
	{ "04e6", "5591", "pn53x_usb" },
	{ "04e6", "5594", "pn53x_usb" },
	{ "054c", "0193", "pn53x_usb" },
	{ "1fd3", "0608", "pn53x_usb" },
};

static bool attribute_is(const char *directory, const char *name, const char *value)
{
	char path[512], text[16] = "";
	snprintf(path, sizeof path, "/sys/bus/usb/devices/%.255s/%s", directory, name);
	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd >= 0 && read(fd, text, sizeof text - 1) > 0 &&
	       strncmp(text, value, strlen(value)) == 0;
}

static const char *usb_driver(void)
{
	DIR *devices = opendir("/sys/bus/usb/devices");
	const char *driver = NULL;
	const struct dirent *entry;
	while (devices && !driver && (entry = readdir(devices)))
		for (size_t i = 0; i < sizeof usb_readers / sizeof usb_readers[0]; i++)
			if (attribute_is(entry->d_name, "idVendor", usb_readers[i].vendor) &&
				attribute_is(entry->d_name, "idProduct", usb_readers[i].product))
				driver = usb_readers[i].driver;
	if (devices)
		closedir(devices);
	return driver;
}

/* auto asks sysfs, never the ports: a probe would write into whatever hangs there. */
static void connection_of(const struct config_reader *reader, char *ret, size_t size)
{
	const char *driver =
		strcmp(reader->connection, "auto") == 0 ? usb_driver() : reader->connection;
	if (driver)
		utf8_clip(ret, size, driver);
	else
		snprintf(ret, size, "pn532_uart:%s:115200", reader->tty);
}

/* The path in "driver:PATH[:speed]", or "" when the driver finds its device itself. */
static void path_of(const char *connection, char *ret, size_t size)
{
	const char *colon = strchr(connection, ':');
	snprintf(ret, size, "%s", colon && colon[1] == '/' ? colon + 1 : "");
	char *speed = strrchr(ret, ':');
	if (speed)
		*speed = '\0';
}

/* libnfc does not lock: two programs on one tty would eat each other's bytes. */
static enum reader_state lock_path(struct device *device, const char *path)
{
	if (!path[0])
		return READER_UP;
	device->lock_fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (device->lock_fd < 0)
		return errno == EACCES || errno == EPERM || errno == EBUSY ? READER_REFUSED
									   : READER_ABSENT;
	return flock(device->lock_fd, LOCK_EX | LOCK_NB) < 0 ? READER_REFUSED : READER_UP;
}

static int look_at(struct device *device, nfc_modulation modulation, nfc_target *ret)
{
	static const uint8_t felica_poll[] = { 0x00, 0xFF, 0xFF, 0x01, 0x00 };
	memset(ret, 0, sizeof *ret);
	const bool felica = modulation.nmt == NMT_FELICA;
	return nfc_initiator_select_passive_target(device->handle, modulation,
		felica ? felica_poll : NULL, felica ? sizeof felica_poll : 0, ret);
}

static const nfc_modulation iso14443a = { .nmt = NMT_ISO14443A, .nbr = NBR_106 };
static const nfc_modulation felica_212 = { .nmt = NMT_FELICA, .nbr = NBR_212 };

static void set_attempts(struct device *device, uint8_t attempts)
{
	const uint8_t command[] = { 0x32, 0x05, 0xFF, 0x01, attempts };
	uint8_t answer[16];
	(void)pn53x_transceive(device->handle, command, sizeof command, answer, sizeof answer, 500);
}

static int calibrate(struct device *device)
{
	nfc_target target;
	set_attempts(device, ATTEMPTS);
	const int64_t before_ns = clock_mono_ns();
	const int found = look_at(device, iso14443a, &target);
	device->calibrated =
		found >= 0 && (clock_mono_ns() - before_ns) / 1000000 <= CALIBRATED_BELOW_MS;
	if (!device->calibrated)
		return nfc_device_set_property_bool(device->handle, NP_INFINITE_SELECT, false);
	return 0;
}

enum reader_state device_open(struct device *device, const struct config_reader *reader,
	char ret_words[REPORT_WORDS_SIZE])
{
	static const char *const words[READER_STATE_COUNT] = { [READER_UP] = "taking badges",
		[READER_ABSENT] = "no such device",
		[READER_SILENT] = "the chip does not answer",
		[READER_REFUSED] = "no permission, or in use" };
	nfc_connstring connection = "";
	char path[CONFIG_PATH_SIZE];
	connection_of(reader, connection, sizeof connection);
	path_of(connection, path, sizeof path);

	enum reader_state state = lock_path(device, path);
	if (state == READER_UP) {
		device->handle = nfc_open(device->context, connection);
		if (!device->handle || nfc_initiator_init(device->handle) < 0 ||
			nfc_device_set_property_bool(device->handle, NP_INFINITE_SELECT, false) <
				0 ||
			calibrate(device) < 0)
			state = path[0] || device->handle ? READER_SILENT : READER_ABSENT;
	}
	if (state != READER_UP)
		device_close(device);
	utf8_clip(ret_words, REPORT_WORDS_SIZE, words[state]);
	return state;
}

void device_close(struct device *device)
{
	if (device->handle)
		nfc_close(device->handle);
	if (device->lock_fd >= 0)
		close(device->lock_fd);
	device->handle = NULL;
	device->lock_fd = -1;
}

static bool sight_iso14443a(const nfc_target *target, struct sighting *ret)
{
	nfc_iso14443a_info info; /* nfc_target is packed: copied whole, never pointed into */
	memcpy(&info, &target->nti.nai, sizeof info);
	if (info.szUidLen > sizeof ret->uid)
		return false;
	*ret = (struct sighting){ .uid_length = info.szUidLen };
	memcpy(ret->uid, info.abtUid, info.szUidLen);
	if (info.btSak & 0x20) {
		ret->technology = TECHNOLOGY_ISO_DEP;
		ret->is_type4 = true;
	} else if (info.btSak & 0x08) {
		ret->technology = TECHNOLOGY_CLASSIC;
	} else {
		ret->technology = TECHNOLOGY_TYPE2;
		ret->is_type2 = true;
	}
	return true;
}

int device_look(struct device *device, bool felica, struct sighting *ret)
{
	nfc_target target;
	const bool shorter = felica && device->calibrated;
	if (shorter)
		set_attempts(device, FELICA_ATTEMPTS);
	const int found = look_at(device, felica ? felica_212 : iso14443a, &target);
	if (shorter)
		set_attempts(device, ATTEMPTS);
	if (found <= 0)
		return found < 0 ? -EIO : 0;
	if (!felica)
		return sight_iso14443a(&target, ret) ? 1 : -EIO;

	nfc_felica_info info;
	memcpy(&info, &target.nti.nfi, sizeof info);
	*ret = (struct sighting){ .technology = TECHNOLOGY_FELICA,
		.uid_length = sizeof info.abtId };
	memcpy(ret->uid, info.abtId, sizeof info.abtId);
	return 1;
}

int device_exchange(struct device *device, const uint8_t *in, size_t length, uint8_t *ret,
	size_t capacity, int wait_ms)
{
	const int got =
		nfc_initiator_transceive_bytes(device->handle, in, length, ret, capacity, wait_ms);
	return got < 0 ? -EIO : got;
}

static void write_line(const char *path, const char *value)
{
	CLEANUP(closep) int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		ssize_t ignored = write(fd, value, 1);
		(void)ignored;
	}
}

void device_pulse_reset(const struct config_reader *reader)
{
	if (!reader->reset_gpio[0])
		return;
	write_line(reader->reset_gpio, "0");
	nanosleep(&(struct timespec){ .tv_nsec = 100 * 1000 * 1000 }, NULL);
	write_line(reader->reset_gpio, "1");
	nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000 * 1000 }, NULL);
}
