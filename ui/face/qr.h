/** A QR code as dark and light modules; made by whoever has the library (kiosk/qr.h). Plain value.
 */
#ifndef FACE_QR_H
#define FACE_QR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QR_SIDE_MAX = 57, QR_BYTES = (QR_SIDE_MAX * QR_SIDE_MAX + 7) / 8 };

struct qr {
	uint8_t side; /* modules; 0 for none */
	uint8_t bits[QR_BYTES];
};

static inline bool qr_is_dark(const uint8_t *bits, size_t side, size_t x, size_t y)
{
	const size_t at = y * side + x;
	return bits[at / 8] >> at % 8 & 1;
}

#endif
