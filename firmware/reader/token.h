/** Reads the NDEF token of the card in the field, Type 2 or Type 4, within a time budget. */
#ifndef READER_TOKEN_H
#define READER_TOKEN_H

#include "reader/device.h"
#include "reader/ndef.h"

enum token_outcome {
	TOKEN_FOUND,
	TOKEN_NONE, /* the card has no NDEF, or no record of ours */
	TOKEN_TORN, /* it has NDEF, and it could not be read to the end */
};

/* Until CLOCK_MONOTONIC @deadline_ns. @ret only for TOKEN_FOUND. */
enum token_outcome token_read(struct device *device, const struct sighting *sighting,
	int64_t deadline_ns, struct ndef_token *ret);

#endif
