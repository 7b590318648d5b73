#include "base/clock.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "base/scope.h"

#define QUARTER_MS (15 * 60 * 1000LL)

static int64_t read_ns(clockid_t id)
{
	struct timespec now;
	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t clock_mono_ns(void)
{
	return read_ns(CLOCK_MONOTONIC);
}

int64_t clock_boot_ms(void)
{
	return read_ns(CLOCK_BOOTTIME) / 1000000;
}

/*
 * Tests can not set the machine's clock, so INCHECKPAAL_CLOCK may name a file with "OFFSET_MS
 * GRADE": how far the wall clock is off, and how far it is to be trusted. It is read anew each
 * time, so a story can let NTP arrive.
 */
static bool read_rehearsal(int64_t *ret_offset_ms, enum clock_grade *ret_grade)
{
	char text[64] = "", grade[16] = "";
	long long offset_ms;
	const char *path = getenv("INCHECKPAAL_CLOCK");
	if (!path)
		return false;
	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, text, sizeof text - 1) <= 0 ||
		sscanf(text, "%lld %15s", &offset_ms, grade) != 2)
		return false;
	*ret_offset_ms = offset_ms;
	return clock_grade_from_name(ret_grade, grade);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Tests give a boot of their own, since a test can not restart the machine. */
static void read_boot_id(struct boot_id *ret)
{
	char text[64] = "";
	const char *given = getenv("INCHECKPAAL_BOOT_ID");
	if (given) {
		strncpy(text, given, sizeof text - 1);
	} else {
		CLEANUP(closep)
		int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
		if (fd >= 0 && read(fd, text, sizeof text - 1) < 0)
			text[0] = '\0';
	}

	struct boot_id id = { { 0 } };
	size_t digits = 0;
	for (const char *c = text; *c && digits < 2 * BOOT_ID_BYTES; c++) {
		const int value = hex_digit(*c);
		if (value < 0)
			continue;
		id.bytes[digits / 2] = (uint8_t)(id.bytes[digits / 2] << 4 | value);
		digits++;
	}
	*ret = id;
}

static bool hardware_clock_set_the_time(void)
{
	char text[4] = "";
	CLEANUP(closep) int fd = open("/sys/class/rtc/rtc0/hctosys", O_RDONLY | O_CLOEXEC);
	return fd >= 0 && read(fd, text, sizeof text - 1) > 0 && text[0] == '1';
}

/* How far the machine's own clock can be trusted. */
static enum clock_grade machine_grade(void)
{
	int64_t offset_ms;
	enum clock_grade grade;
	if (read_rehearsal(&offset_ms, &grade))
		return grade;

	struct timex state = { 0 };
	const int kernel = adjtimex(&state); /* below zero: we may not even ask */
	if (kernel >= 0 && kernel != TIME_ERROR && !(state.status & STA_UNSYNC))
		return CLOCK_NTP;
	return hardware_clock_set_the_time() ? CLOCK_RTC : CLOCK_NONE;
}

/* How far the wall clock was ahead of the boot's when told, by who told it; 0: nobody did. */
static _Atomic int64_t told_ahead_ms[CLOCK_GRADE_COUNT];

void clock_take(enum clock_grade grade, int64_t ahead_ms)
{
	atomic_store(&told_ahead_ms[grade], ahead_ms);
}

static int64_t machine_wall_ms(void)
{
	int64_t offset_ms = 0;
	enum clock_grade grade;
	read_rehearsal(&offset_ms, &grade);
	return read_ns(CLOCK_REALTIME) / 1000000 + offset_ms;
}

/* The machine's clock, or what was told since the boot if that is better: the kernel forgets after
 * nine hours without a network that it was right, and it still is. */
static enum clock_grade read_wall(int64_t mono_ms, int64_t *ret_wall_ms)
{
	const enum clock_grade machine = machine_grade();
	*ret_wall_ms = machine_wall_ms();
	if (machine == CLOCK_NTP)
		clock_take(CLOCK_NTP, *ret_wall_ms - mono_ms);
	for (enum clock_grade grade = CLOCK_NTP; grade >= CLOCK_HUMAN && grade > machine; grade--) {
		const int64_t ahead_ms = atomic_load(&told_ahead_ms[grade]);
		if (!ahead_ms)
			continue;
		*ret_wall_ms = mono_ms + ahead_ms;
		return grade;
	}
	return machine;
}

static bool is_told(void)
{
	return atomic_load(&told_ahead_ms[CLOCK_HUMAN]) || atomic_load(&told_ahead_ms[CLOCK_NTP]);
}

/* Asked at every turn of every loop: the kernel's opinion is wanted only where there is another. */
int64_t clock_wall_ms(void)
{
	int64_t wall_ms;
	if (!is_told())
		return machine_wall_ms();
	read_wall(clock_boot_ms(), &wall_ms);
	return wall_ms;
}

int64_t clock_trusted_ms(void)
{
	struct moment now;
	clock_read(&now);
	return clock_is_trusted(now.grade) ? now.wall_ms : 0;
}

int64_t clock_network_ms(void)
{
	struct moment now;
	clock_read(&now);
	return now.grade == CLOCK_NTP ? now.wall_ms : 0;
}

void clock_read(struct moment *ret)
{
	*ret = (struct moment){ .mono_ms = clock_boot_ms() };
	ret->grade = read_wall(ret->mono_ms, &ret->wall_ms);
	read_boot_id(&ret->boot);
}

int32_t clock_utc_offset_min(int64_t wall_ms)
{
	const time_t seconds = (time_t)(wall_ms / 1000);
	struct tm local;
	return localtime_r(&seconds, &local) ? (int32_t)(local.tm_gmtoff / 60) : 0;
}

/* Zones change their offset on a whole quarter of an hour only. */
int32_t clock_zone_offset_min(struct clock_zone *zone, int64_t wall_ms)
{
	const int64_t quarter = wall_ms / QUARTER_MS + (wall_ms >= 0);
	if (quarter == 0 || quarter != zone->quarter) {
		zone->offset_min = clock_utc_offset_min(wall_ms);
		zone->quarter = quarter;
	}
	return zone->offset_min;
}

int clock_watch_open(void)
{
	const int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	if (fd < 0)
		return -errno;
	clock_watch_rearm(fd);
	return fd;
}

void clock_watch_rearm(int fd)
{
	uint64_t expirations;
	ssize_t ignored = read(fd, &expirations, sizeof expirations);
	(void)ignored;

	/* A moment that never comes: only the cancellation by a clock step makes the fd readable.
	 */
	struct itimerspec never = { .it_value = { .tv_sec = INT32_MAX } };
	timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
}
