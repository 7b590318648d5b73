/** QR codes by libqrencode. */
#ifndef KIOSK_QR_H
#define KIOSK_QR_H

#include "face/qr.h"

/* 0; -EMSGSIZE when @text is longer than the largest code we draw (213 bytes); -ENOMEM. */
int qr_make(struct qr *ret, const char *text);

#endif
