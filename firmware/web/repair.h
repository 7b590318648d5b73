/** Single lines of a table mended before it is read again. Pure apart from memory. */
#ifndef WEB_REPAIR_H
#define WEB_REPAIR_H

#include <jansson.h>

#include "base/file.h"
#include "exchange/rejection.h"
#include "web/text_out.h"

/**
 * Writes the table at @file as UTF-8 with @repairs in it: each row on the line where it stood, and
 * as it stood but for its repair. A repair of line "12" is {"cells": {"3": "text"}}, by place from
 * 0, or {"merge": "text", "at": 1}: the cells that are too many, from place @at on, become this
 * one. With @only (an object by line) those lines alone, and the one of the header. 0 or -errno;
 * @ret_refusal as table_read.
 */
int table_repair(const struct bytes *file, unsigned header_line, const json_t *repairs,
	const json_t *only, struct text_out *ret, struct rejection *ret_refusal);

#endif
