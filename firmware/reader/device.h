/**
 * The NFC device through libnfc: open, look, read, close. The only file that includes nfc.h.
 *
 * One device and one libnfc context per process, one thread. Never an endless libnfc call: each is
 * bounded by libnfc's own 300 ms or by a time-out given here (reference facts:
 * nfc_initiator_poll_target can hang for ever, so it is not used; nfc_abort_command leaks, so it is
 * not either).
 */
#ifndef READER_DEVICE_H
#define READER_DEVICE_H

#include "core/config.h"
#include "core/report.h"

struct device;

/* What one look found. */
struct sighting {
	enum technology technology;
	uint8_t uid[10];
	size_t uid_length;
	bool is_type2, is_type4; /* may hold NDEF */
};

int device_create(struct device **ret); /* libnfc context; -ENOMEM */
void device_destroy(struct device *device);

/**
 * Opens what @reader names. READER_UP, or why not: _ABSENT (no such device), _REFUSED (no
 * permission, or locked by another program), _SILENT (the chip does not answer). @ret_words: for
 * the journal.
 */
enum reader_state device_open(struct device *device, const struct config_reader *reader,
	char ret_words[REPORT_WORDS_SIZE]);
void device_close(struct device *device);

/* One look for a card: 1 and @ret, 0 for an empty field, -EIO when the line is in trouble. At most
 * about 200 ms. */
int device_look(struct device *device, bool felica, struct sighting *ret);

/* Exchanges with the card just found: the answer's length, or -EIO. @capacity at most 262. */
int device_exchange(struct device *device, const uint8_t *in, size_t length, uint8_t *ret,
	size_t capacity, int wait_ms);

/* Pulses the reset line given by reset_gpio, if any. */
void device_pulse_reset(const struct config_reader *reader);

#endif
