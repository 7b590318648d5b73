#include "reader/device.h"

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
#include "reader/port.h"

/*
 * One look is one InListPassiveTarget with as many attempts as fill LOOK_MS: a badge is answered
 * from inside the running command, and an idle reader wakes twice a look instead of at every
 * attempt. nfc_initiator_select_passive_target gives up after 300 ms, so this look is sent raw with
 * a time-out of its own. LOOK_MS leaves room for a pulse every second.
 */
#define LOOK_MS 450
#define LOOK_PATIENCE_MS 300 /* beyond LOOK_MS: then the chip is in trouble */
#define ATTEMPTS_MAX 0xFE    /* 0xFF is for ever */
#define TRIAL_ATTEMPTS 8     /* to time one attempt by; about 5 ms each */
#define ATTEMPT_MS 5
#define BRIEF_ATTEMPTS 10
#define FELICA_ATTEMPTS 1 /* while the chip looks for FeliCa it is blind for everything else */
#define ANSWER_MS 100
#define LIST_ANSWER_MAX 64 /* one target with its ATS */

struct device {
	nfc_context *context;
	nfc_device *handle;
	int lock_fd;
	uint8_t full_attempts; /* that fill LOOK_MS on this chip */
	uint8_t attempts;      /* as last set; 0 unknown */
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

/* RFConfiguration, MxRtyPassiveActivation: so many attempts a look from now on. */
static int set_attempts(struct device *device, uint8_t attempts)
{
	const uint8_t command[] = { 0x32, 0x05, 0xFF, 0x01, attempts };
	uint8_t answer[16];
	if (attempts == device->attempts)
		return 0;
	device->attempts = 0;
	if (pn53x_transceive(
		    device->handle, command, sizeof command, answer, sizeof answer, ANSWER_MS) < 0)
		return -EIO;
	device->attempts = attempts;
	return 0;
}

/* InListPassiveTarget, one card, 106 kbit/s type A. The answer's length or libnfc's error. */
static int list_iso14443a(struct device *device, uint8_t *ret, size_t size)
{
	static const uint8_t command[] = { 0x4A, 0x01, 0x00 };
	return pn53x_transceive(
		device->handle, command, sizeof command, ret, size, LOOK_MS + LOOK_PATIENCE_MS);
}

/*
 * How many attempts fill LOOK_MS, learned from an empty look. Whatever held this process up makes a
 * look seem longer than it was and never shorter, so only one that shows room for an eighth more
 * is believed.
 */
static void learn_attempts(struct device *device, int attempts, int64_t took_us)
{
	const int64_t fit = LOOK_MS * 1000LL * attempts / (took_us > 0 ? took_us : 1);
	if (fit > device->full_attempts + device->full_attempts / 8)
		device->full_attempts = (uint8_t)(fit > ATTEMPTS_MAX ? ATTEMPTS_MAX : fit);
}

/* One look of type A with as many attempts as are set. The answer's length or libnfc's error. */
static int list_and_learn(struct device *device, uint8_t *ret, size_t size)
{
	const int64_t before_ns = clock_mono_ns();
	const int got = list_iso14443a(device, ret, size);
	if (got > 0 && ret[0] == 0)
		learn_attempts(device, device->attempts, (clock_mono_ns() - before_ns) / 1000);
	return got;
}

/* A first, short look; with a card in the field the usual duration of an attempt is taken. */
static int calibrate(struct device *device)
{
	uint8_t answer[LIST_ANSWER_MAX];
	device->attempts = 0;
	device->full_attempts = 1;
	if (set_attempts(device, TRIAL_ATTEMPTS) < 0)
		return -EIO;
	const int got = list_and_learn(device, answer, sizeof answer);
	if (got < 1)
		return -EIO;
	if (answer[0] != 0)
		device->full_attempts = LOOK_MS / ATTEMPT_MS;
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
	port_connection(reader, connection, sizeof connection);
	port_path(connection, path, sizeof path);

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

/* NbTg, Tg, SENS_RES (2), SEL_RES, length, UID (PN532 user manual, 7.3.5). */
static int sight_iso14443a(const uint8_t *answer, size_t length, struct sighting *ret)
{
	enum { SEL_RES = 4, UID_LENGTH = 5, UID = 6 };
	if (length > 0 && answer[0] == 0)
		return 0;
	if (length < UID || answer[UID_LENGTH] > sizeof ret->uid ||
		UID + (size_t)answer[UID_LENGTH] > length)
		return -EIO;
	*ret = (struct sighting){ .uid_length = answer[UID_LENGTH] };
	memcpy(ret->uid, answer + UID, ret->uid_length);
	ret->is_type4 = answer[SEL_RES] & 0x20;
	ret->is_type2 = !(answer[SEL_RES] & 0x28);
	ret->technology = ret->is_type4   ? TECHNOLOGY_ISO_DEP
			  : ret->is_type2 ? TECHNOLOGY_TYPE2
					  : TECHNOLOGY_CLASSIC;
	return 1;
}

static int look_for_iso14443a(struct device *device, struct sighting *ret)
{
	uint8_t answer[LIST_ANSWER_MAX];
	const int got = list_and_learn(device, answer, sizeof answer);
	if (got < 0)
		return got == NFC_ETIMEOUT ? -ETIMEDOUT : -EIO;
	return sight_iso14443a(answer, (size_t)got, ret);
}

static int look_for_felica(struct device *device, struct sighting *ret)
{
	static const nfc_modulation felica_212 = { .nmt = NMT_FELICA, .nbr = NBR_212 };
	static const uint8_t poll[] = { 0x00, 0xFF, 0xFF, 0x01, 0x00 };
	nfc_target target;
	nfc_felica_info info;
	memset(&target, 0, sizeof target);
	const int found = nfc_initiator_select_passive_target(
		device->handle, felica_212, poll, sizeof poll, &target);
	if (found <= 0)
		return found == NFC_ETIMEOUT ? -ETIMEDOUT : found < 0 ? -EIO : 0;
	/* nfc_target is packed: copied whole, never pointed into. */
	memcpy(&info, &target.nti.nfi, sizeof info);
	*ret = (struct sighting){ .technology = TECHNOLOGY_FELICA,
		.uid_length = sizeof info.abtId };
	memcpy(ret->uid, info.abtId, sizeof info.abtId);
	return 1;
}

int device_look(struct device *device, enum look look, struct sighting *ret)
{
	const uint8_t attempts[LOOK_COUNT] = { [LOOK_FULL] = device->full_attempts,
		[LOOK_BRIEF] = BRIEF_ATTEMPTS,
		[LOOK_FELICA] = FELICA_ATTEMPTS };
	if (set_attempts(device, attempts[look]) < 0)
		return -EIO;
	return look == LOOK_FELICA ? look_for_felica(device, ret) : look_for_iso14443a(device, ret);
}

bool device_answers(struct device *device)
{
	const uint8_t attempts = device->attempts ? device->attempts : device->full_attempts;
	device->attempts = 0;
	return set_attempts(device, attempts) == 0;
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
