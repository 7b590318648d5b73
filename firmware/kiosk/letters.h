/**
 * What the two threads tell each other: values in bounded queues, nothing shared.
 *
 * The clerk (database, readers, control socket) sends orders; the screen (SDL, main thread) sends
 * notes back. A full order queue means the screen is stuck: the clerk drops the picture, never the
 * tap.
 */
#ifndef KIOSK_LETTERS_H
#define KIOSK_LETTERS_H

#include "base/queue.h"
#include "face/flow.h"

#define ORDER_PATH_SIZE 1024
#define ORDER_SLOTS 16
#define NOTE_SLOTS 64

enum order_kind {
	ORDER_START_STEP, /* @step of the start-up is done, or failed */
	ORDER_READY,      /* start-up is over */
	ORDER_BOARD,
	ORDER_LOOK, /* other options */
	ORDER_ANSWER,
	ORDER_FAULTS,
	ORDER_SUGGESTIONS,
	ORDER_CHOICES,    /* places changed while somebody chooses */
	ORDER_SERVICE,    /* the facts of the service screen */
	ORDER_LEAVE,      /* @screen is over, if it is shown */
	ORDER_SCREENSHOT, /* to @path; answered by NOTE_SCREENSHOT with the same @ticket */
	ORDER_STOP,
};

struct order {
	enum order_kind kind;
	union {
		struct {
			int step;
			bool failed;
		};
		struct board board;
		struct look look;
		struct answer answer;
		struct suggestions suggestions;
		struct {
			int64_t seq; /* of the answer they belong to */
			size_t choice_count;
			struct choice choices[CHOICES_MAX];
		};
		struct {
			struct service service;
			bool opens; /* it is to be shown now */
		};
		enum screen screen; /* ORDER_LEAVE */
		struct {
			unsigned faults; /* enum fault */
			int64_t since_wall_ms;
		};
		struct {
			char path[ORDER_PATH_SIZE];
			int64_t ticket;
			bool covered; /* without names */
		};
	};
};

enum note_kind { NOTE_PULSE, NOTE_SCREENSHOT, NOTE_WISH, NOTE_STOP };

struct note {
	enum note_kind kind;
	int64_t ticket;     /* NOTE_SCREENSHOT */
	int result;         /* NOTE_SCREENSHOT: 0 or -errno */
	enum screen screen; /* NOTE_PULSE: what is shown, and how */
	enum language language;
	bool has_display;
	enum reader_side side; /* where it says the reader is */
	uint64_t frames;
	struct wish wish; /* NOTE_WISH */
};

struct post {
	struct queue *orders; /* clerk to screen */
	struct queue *notes;  /* screen to clerk */
};

#endif
