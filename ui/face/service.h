/**
 * What the service screen knows: facts gathered by the clerk, put into words here in face, so that
 * the language switch changes them too. Pure; a plain value, copied through queues.
 */
#ifndef FACE_SERVICE_H
#define FACE_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/clock_repair.h"
#include "core/sync_health.h"
#include "face/qr.h"

enum stick_state {
	STICK_IDLE,
	STICK_COPYING,
	STICK_DONE,
	STICK_NONE,       /* no stick is plugged in */
	STICK_UNREADABLE, /* one is, but there is nothing to write on */
	STICK_READ_ONLY,
	STICK_FULL,
	STICK_GONE, /* pulled out while copying */
	STICK_FAILED,
	STICK_STATE_COUNT
};

enum test_state { TEST_IDLE, TEST_WAIT, TEST_OK, TEST_FAIL, TEST_STATE_COUNT };

/* What can be touched there. */
enum service_control {
	SERVICE_TEST,
	SERVICE_STICK,
	SERVICE_QUIETER,
	SERVICE_LOUDER,
	SERVICE_CONTROL_COUNT
};

enum { SERVICE_WORDS_SIZE = 64, SERVICE_URL_SIZE = 128 };

struct service {
	char reader[SERVICE_WORDS_SIZE]; /* "PN532 · UART" */
	bool reader_up;
	int readers, readers_up;
	int64_t last_badge_ms; /* wall; 0 for none since the start */

	int64_t taps, free_bytes;
	bool storage_ok;

	enum clock_grade grade;

	char interface[16], address[48]; /* "" without a network */
	int64_t net_lost_ms;             /* wall; 0 when there was none since the start */

	bool has_hub;
	enum sync_health sync;
	int64_t sync_ms;      /* wall: when the hub last had all taps; 0 never */
	int64_t sync_waiting; /* taps it does not have yet; -1 not known */

	char version[SERVICE_WORDS_SIZE], kiosk[SERVICE_WORDS_SIZE], room[SERVICE_WORDS_SIZE];

	char url[SERVICE_URL_SIZE]; /* of the organiser's page; "" when it can not be reached */
	bool page_runs;
	char code[12];                        /* the one-time code, "" for none */
	int code_left_min;                    /* rounded up */
	char fingerprint[SERVICE_WORDS_SIZE]; /* how the certificate's begins; "" for none */
	struct qr qr;                         /* url with the code */

	enum stick_state stick;
	enum test_state test;
	int volume_pct;
};

#endif
