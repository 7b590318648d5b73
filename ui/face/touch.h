/**
 * What a finger does: which control it went down on, whether it still lies there, and what counts.
 *
 * A touch counts when the finger is lifted inside the control it went down on; a held erase key
 * acts again and again. Which controls there are, and where, is part of the picture. Pure; one
 * thread; time is a parameter in any monotonic milliseconds.
 */
#ifndef FACE_TOUCH_H
#define FACE_TOUCH_H

#include <stdbool.h>
#include <stdint.h>

/* What a control is for; @index of struct touch says which of several. */
enum touch_kind {
	TOUCH_NONE,
	TOUCH_NO_BADGE,
	TOUCH_LANGUAGE, /* enum language */
	TOUCH_REGISTER,
	TOUCH_CLOSE, /* also cancel, and "go to the desk" */
	TOUCH_LATER,
	TOUCH_OTHER,      /* choose (another) session */
	TOUCH_CHOICE,     /* which of the answer's choices */
	TOUCH_PAGE,       /* the next one */
	TOUCH_CLUSTER,    /* which of the board's; as many as there are for none of them */
	TOUCH_SUGGESTION, /* which */
	TOUCH_ADD,
	TOUCH_ALONE,
	TOUCH_KEY,   /* row times KEYBOARD_ROW_KEYS plus column */
	TOUCH_LAYER, /* enum key_layer */
	TOUCH_SPACE,
	TOUCH_ERASE,
	TOUCH_BACK,
	TOUCH_NEXT,
	TOUCH_SERVICE, /* enum service_control */
	TOUCH_KIND_COUNT
};

struct touch {
	uint8_t kind, index;
};
bool touch_equal(struct touch a, struct touch b);

enum pointer_kind { POINTER_DOWN, POINTER_MOVE, POINTER_UP };
struct pointer {
	enum pointer_kind kind;
	float x_px, y_px; /* device pixels of the picture as it was laid out */
};

struct finger {
	struct touch held; /* the control it went down on; TOUCH_NONE when it is up or missed all */
	bool inside;       /* it lies on it now, so the control is drawn pressed */
	int64_t repeat_ms; /* when a held erase key acts next; 0 never */
	bool repeated;     /* it did, so lifting the finger does nothing more */
};

struct picture;

/* The control at a device pixel; the one drawn last wins. */
struct touch picture_touch_at(const struct picture *picture, float x_px, float y_px);

/* True when a control must be drawn otherwise. *@ret is what was touched, TOUCH_NONE mostly. */
bool finger_take(struct finger *finger, const struct picture *picture,
	const struct pointer *pointer, int64_t at_ms, struct touch *ret);

/* Whether a held erase key acts (again) now. */
bool finger_repeats(struct finger *finger, int64_t at_ms);

/* What the finger is to be drawn pressing. */
struct touch finger_pressed(const struct finger *finger);

#endif
