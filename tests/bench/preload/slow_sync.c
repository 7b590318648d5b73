/* Preloaded before the kiosk: every fdatasync takes SLOW_SYNC_US longer, as on an SD card. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int fdatasync(int fd);

int fdatasync(int fd)
{
	const char *delay = getenv("SLOW_SYNC_US");
	if (delay)
		usleep((useconds_t)atoi(delay));
	return (int)syscall(SYS_fdatasync, fd);
}
