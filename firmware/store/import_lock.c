#include "store/import_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/text.h"

/* The directory's: a file of its own would belong to whoever came first, and closing the database
 * would give up SQLite's locks on it. */
int import_lock(const struct store *store, int *ret_fd)
{
	char directory[4096];
	const char *path = sqlite3_db_filename(store->db, "main");
	const char *slash = path ? strrchr(path, '/') : NULL;
	*ret_fd = -1;
	if (!slash || (size_t)(slash - path) >= sizeof directory)
		return 0; /* in memory: nobody else's */
	memcpy(directory, path, (size_t)(slash - path));
	directory[slash - path] = '\0';
	const int fd = open(directory[0] ? directory : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		const int trouble = errno == EWOULDBLOCK ? -EALREADY : -errno;
		close(fd);
		return trouble;
	}
	*ret_fd = fd;
	return 0;
}

void import_unlock(int fd)
{
	if (fd >= 0)
		close(fd);
}
