/* /settings/update: hands a signed update to the card's own installer, which alone judges it. The
 * page has no right to. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "core/text.h"
#include "web/guard.h"
#include "web/hub.h"
#include "web/parts.h"
#include "web/routes.h"
#include "web/settings.h"

#define DROP "update" /* a directory in DATA; only our cards have it and watch it */
#define DROPPED "update/page.raucb"
#define TOLD "update.txt" /* what became of the last one, in one line */
#define TOLD_MAX 4096

static bool path_of(const struct request *request, const char *name, char ret[PATH_MAX])
{
	return path_join(ret, PATH_MAX, request->site->arguments->data, name);
}

bool update_is_possible(const struct request *request)
{
	char path[PATH_MAX];

	return path_of(request, DROP, path) && access(path, W_OK) == 0;
}

void update_told(const struct request *request, struct bytes *ret)
{
	char path[PATH_MAX];

	if (!path_of(request, TOLD, path) || file_read_all(ret, path, TOLD_MAX) < 0 ||
		!utf8_is_valid((const char *)ret->data, ret->length))
		bytes_free(ret);
}

int64_t update_told_at(const struct site *site)
{
	char path[PATH_MAX];
	struct stat state;

	if (!path_join(path, sizeof path, site->arguments->data, TOLD) || stat(path, &state) < 0)
		return 0;
	return state.st_mtim.tv_sec * 1000000LL + state.st_mtim.tv_nsec / 1000;
}

/* A bundle begins as the file system that it is. */
static bool looks_like_one(const struct upload *upload)
{
	char magic[4];

	return pread(upload->fd, magic, sizeof magic, 0) == sizeof magic &&
	       memcmp(magic, "hsqs", sizeof magic) == 0;
}

/* The unnamed file gets its name: it is there whole or not at all. */
static int drop(const struct request *request, const struct upload *upload)
{
	char from[32], to[PATH_MAX];

	snprintf(from, sizeof from, "/proc/self/fd/%d", upload->fd);
	if (!path_of(request, DROPPED, to))
		return -ENAMETOOLONG;
	if (unlink(to) < 0 && errno != ENOENT)
		return -errno;
	return fsync(upload->fd) < 0 || linkat(AT_FDCWD, from, AT_FDCWD, to, AT_SYMLINK_FOLLOW) < 0
		       ? -errno
		       : 0;
}

int page_update(struct request *request, struct response *response)
{
	const struct upload *upload = request_upload(request, "bundle");
	struct sheet sheet;

	if (!update_is_possible(request))
		return respond_fault(response, 404, "");
	sheet_init(&sheet, request);
	if (!upload)
		sheet_fault(&sheet, "bundle", "file.none");
	else if (!looks_like_one(upload))
		sheet_fault(&sheet, "bundle", "update.foreign");
	if (!upload || !sheet_is_good(&sheet))
		return settings_show(request, response, &sheet, 422);
	sheet_finish(&sheet);
	int r = drop(request, upload);
	if (r == 0)
		r = audit_note(request, "update-brought", upload->filename, "");
	return r < 0 ? r
		     : respond_see_other(response, "/settings?saved=update&update=%lld#update",
			       (long long)update_told_at(request->site));
}

/* Whoever brought one is led on at each word of what becomes of it. */
int page_update_stream(struct request *request, struct response *response)
{
	const struct interest interest = { .what = WATCHED_UPDATE,
		.since = strtoll(request_query(request, "since"), NULL, 10) };

	return hub_join(request->site->hub, response, &interest, clock_mono_ns() / 1000000);
}
