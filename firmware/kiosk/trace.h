/** INCHECKPAAL_TRACE: one JSON line per stage of a tap, appended by single writes. Any thread. */
#ifndef KIOSK_TRACE_H
#define KIOSK_TRACE_H

#include <stdint.h>

#include "core/verdict.h"

enum trace_stage { TRACE_SEEN, TRACE_DECIDED, TRACE_DURABLE, TRACE_SHOWN, TRACE_STAGE_COUNT };

int trace_open(
	void); /* 0, also when the variable is not set; -errno when the file can not be written */
/* @verdict and @seq as far as known; a seq of 0 and VERDICT_COUNT are left out. */
void trace_stage(enum trace_stage stage, int64_t mono_ns, enum verdict verdict, int64_t seq);

#endif
