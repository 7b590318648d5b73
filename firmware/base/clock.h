/** The clocks of this machine. Any thread. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "core/clock_repair.h"

int64_t clock_mono_ns(void); /* CLOCK_MONOTONIC: for traces and time-outs */
int64_t clock_boot_ms(void); /* CLOCK_BOOTTIME: since boot, through suspend; for the log */
/* CLOCK_REALTIME, or what was told since the boot, if that is better. */
int64_t clock_wall_ms(void);
/* The same, for what can not be taken back; 0 while nobody can trust it. */
int64_t clock_trusted_ms(void);
/* The same, and 0 also where nobody but a person or a chip said so: for what is judged by the age
 * of a file, which the machine's own clock wrote. */
int64_t clock_network_ms(void);

/* Reads all three at once. The grade is ntp when the kernel says the clock is synchronised
 * (adjtimex), rtc when a hardware clock set it at boot (/sys/class/rtc/rtc0/hctosys), else none.
 * Where somebody knew better since the boot, it is their time and grade. */
void clock_read(struct moment *ret);

/* For this process: whoever @grade stands for, a person or the network, says that the wall clock is
 * @ahead_ms ahead of clock_boot_ms. Setting the machine's own clock takes a right that no program
 * of ours has; this holds as long as the boot, and until somebody knows better. 0: nobody said so.
 * What the network told the machine is remembered by itself. */
void clock_take(enum clock_grade grade, int64_t ahead_ms);

int32_t clock_utc_offset_min(int64_t wall_ms); /* of the machine's time zone */
/* The same for many moments near each other, each caller with a memory of its own, zero at first.
 */
struct clock_zone {
	int64_t quarter; /* which quarter of an hour is remembered, from 1 */
	int32_t offset_min;
};
int32_t clock_zone_offset_min(struct clock_zone *zone, int64_t wall_ms);

/* A timerfd that becomes readable when somebody sets the wall clock; re-arm by clock_watch_rearm.
 * -errno. */
int clock_watch_open(void);
void clock_watch_rearm(int fd);

#endif
