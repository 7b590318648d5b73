/** The clocks of this machine. Any thread. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "core/clock_repair.h"

int64_t clock_mono_ns(void); /* CLOCK_MONOTONIC: for traces and time-outs */
int64_t clock_boot_ms(void); /* CLOCK_BOOTTIME: since boot, through suspend; for the log */
int64_t clock_wall_ms(void); /* CLOCK_REALTIME */

/* Reads all three at once. The grade is ntp when the kernel says the clock is synchronised
 * (adjtimex), rtc when a hardware clock set it at boot (/sys/class/rtc/rtc0/hctosys), else none.
 * INCHECKPAAL_CLOCK_GRADE overrides it: a person who sets the clock by hand says "human". */
void clock_read(struct moment *ret);

int32_t clock_utc_offset_min(int64_t wall_ms); /* of the machine's time zone */

/* A timerfd that becomes readable when somebody sets the wall clock; re-arm by clock_watch_rearm.
 * -errno. */
int clock_watch_open(void);
void clock_watch_rearm(int fd);

#endif
