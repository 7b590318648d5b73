#include "kiosk/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

int qr_make(struct qr *ret, const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!code)
		return errno == ERANGE ? -EMSGSIZE : -ENOMEM;
	const size_t side = (size_t)code->width;
	struct qr qr = { .side = (uint8_t)side };
	const int r = side > QR_SIDE_MAX ? -EMSGSIZE : 0;
	for (size_t at = 0; r == 0 && at < side * side; at++)
		qr.bits[at / 8] |= (uint8_t)((code->data[at] & 1) << at % 8);
	QRcode_free(code);
	if (r == 0)
		*ret = qr;
	return r;
}
