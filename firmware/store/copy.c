#include "store/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/scope.h"
#include "base/trouble.h"
#include "core/text.h"
#include "store/store_private.h"

#define STEP_PAGES 256
#define BUSY_MS 5000

static int trouble_of(sqlite3 *db, char *words, size_t size)
{
	struct store store = { .db = db };
	const int r = statement_trouble(&store);
	utf8_clip(words, size, store.words);
	return r;
}

/* An empty file that its owner alone may read, before a byte of anybody's name is in it. */
static int make_private(const char *path)
{
	unlink(path);
	CLEANUP(closep) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return fd < 0 ? -errno : 0;
}

static int step_through(sqlite3_backup *backup, bool (*goes_on)(void *context), void *context)
{
	int r;
	do {
		if (goes_on && !goes_on(context))
			return -ECANCELED;
		r = sqlite3_backup_step(backup, STEP_PAGES);
	} while (r == SQLITE_OK);
	return r == SQLITE_DONE ? 0 : -EIO;
}

/* The open read transaction keeps the copy at one moment, however much is written meanwhile. */
static int copy_pages(sqlite3 *from, sqlite3 *to, bool (*goes_on)(void *context), void *context,
	char *words, size_t size)
{
	if (sqlite3_exec(from, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) !=
		SQLITE_OK)
		return trouble_of(from, words, size);
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int r = backup ? step_through(backup, goes_on, context) : -EIO;
	if (backup && sqlite3_backup_finish(backup) != SQLITE_OK && r != -ECANCELED)
		r = trouble_of(to, words, size);
	sqlite3_exec(from, "COMMIT", NULL, NULL, NULL);
	/* A copy of a file in WAL mode says it is one; without this it could not be read from a
	 * stick that is write-protected. */
	if (r == 0 &&
		sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
		r = trouble_of(to, words, size);
	return r;
}

static int copy_between(const char *from_path, const char *to_path, bool (*goes_on)(void *context),
	void *context, char *words, size_t size)
{
	sqlite3 *from = NULL, *to = NULL;
	struct stat state;
	int r = 0;
	if (access(from_path, R_OK) < 0 || stat(from_path, &state) < 0)
		return -errno;
	if (state.st_size == 0) /* SQLite calls that a database, and a copy of it would be a log */
		return -EMEDIUMTYPE;
	if (store_connect_read(&from, from_path) != SQLITE_OK)
		r = trouble_of(from, words, size);
	else if (sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
		 SQLITE_OK)
		r = trouble_of(to, words, size);
	if (r == 0) {
		sqlite3_busy_timeout(from, BUSY_MS);
		r = copy_pages(from, to, goes_on, context, words, size);
	}
	sqlite3_close(to);
	sqlite3_close(from);
	return r;
}

static int sync_file(const char *path)
{
	CLEANUP(closep) int fd = open(path, O_RDWR | O_CLOEXEC);
	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

int store_copy(const char *from, const char *to, bool (*goes_on)(void *context), void *context,
	char *ret_words, size_t size)
{
	char temporary[PATH_MAX];
	if ((size_t)snprintf(temporary, sizeof temporary, "%s.new", to) >= sizeof temporary)
		return -ENAMETOOLONG;
	utf8_clip(ret_words, size, "");
	int r = make_private(temporary);
	if (r == 0)
		r = copy_between(from, temporary, goes_on, context, ret_words, size);
	if (r == 0)
		r = sync_file(temporary);
	if (r == 0)
		r = file_move(temporary, to);
	if (r < 0)
		unlink(temporary);
	return r;
}

void copy_trouble_say(struct said *ret, int trouble, const char *words)
{
	static const struct {
		int trouble;
		const char *en, *nl;
	} rows[] = {
		{ -EMEDIUMTYPE, "it is no log of Incheckpaal",
			"dit is geen logboek van Incheckpaal" },
		{ -EOVERFLOW, "a newer Incheckpaal made it; update this one first",
			"een nieuwere Incheckpaal heeft het gemaakt; werk deze eerst bij" },
		{ -EUCLEAN, "the file is damaged", "het bestand is beschadigd" },
		{ -ENOSPC, "there is no room for a copy here",
			"hier is geen ruimte voor een kopie" },
		{ -ENOENT, "there is no such file", "dat bestand is er niet" },
		{ -EACCES, "no permission to read it", "geen toegang om het te lezen" },
		{ -EKEYREJECTED,
			"it is of another venue: its badges were sealed with another venue key",
			"het is van een andere locatie: de badges zijn met een andere "
			"locatiesleutel vastgelegd" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].trouble == trouble) {
			said_words(ret, rows[i].en, rows[i].nl);
			return;
		}
	}
	if (words[0])
		said_words(ret, words, words);
	else
		trouble_say(ret, trouble);
}
