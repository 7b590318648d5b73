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

enum look {
	LOOK_FULL, /* for ISO 14443 A: an empty field lasts about 450 ms, a badge answers at once */
	LOOK_BRIEF,  /* the same, an empty field about 50 ms */
	LOOK_FELICA, /* about 10 ms */
	LOOK_COUNT
};

/* One look for a card: 1 and @ret, 0 for an empty field, -ETIMEDOUT when the chip said nothing,
 * -EIO when what it said makes no sense. */
int device_look(struct device *device, enum look look, struct sighting *ret);

/* Asks the chip for a sign of life; at most 100 ms. */
bool device_answers(struct device *device);

/* Exchanges with the card just found: the answer's length, or -EIO. @capacity at most 262. */
int device_exchange(struct device *device, const uint8_t *in, size_t length, uint8_t *ret,
	size_t capacity, int wait_ms);

/* Pulses the reset line given by reset_gpio, if any. */
void device_pulse_reset(const struct config_reader *reader);

#endif
