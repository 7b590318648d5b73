/* Opening the log, and what to say when it will not open. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/seal.h"
#include "cli/chosen.h"

enum { PATH_SIZE = 4096 };

/* clang-format off */
static const struct {
	int error;
	const char *words;
} troubles[] = {
	{ ENOENT,      "there is no log yet; run \"incheckpaal init\", or name it with --data" },
	{ ENOTDIR,     "this is not a directory; name the right one with --data" },
	{ EACCES,      "no permission; run it as the kiosk's user: sudo -u incheckpaal …" },
	{ EPERM,       "no permission; run it as the kiosk's user: sudo -u incheckpaal …" },
	{ EROFS,       "the medium can only be read; is the card worn out or its lock switch on?" },
	{ EBUSY,       "another program is writing to it; try again in a moment" },
	{ ENOSPC,      "the medium is full; make room and try again" },
	{ EUCLEAN,     "the file is damaged; keep it as it is and copy it before anything else" },
	{ EMEDIUMTYPE, "this is not a log of Incheckpaal" },
	{ EOVERFLOW,   "the file was made by a newer Incheckpaal; update this one" },
};
/* clang-format on */

static const char *trouble(int error)
{
	for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
		if (troubles[i].error == -error)
			return troubles[i].words;
	}
	return strerror(-error);
}

int cli_store_at(const char *path, enum store_mode mode, struct store **ret)
{
	int result = access(path, mode == STORE_READ ? R_OK : R_OK | W_OK) < 0 ? -errno : 0;

	if (result == 0)
		result = store_open(ret, path, mode);
	if (result < 0)
		cli_fail("%s: %s", path, trouble(result));
	return result;
}

int cli_store(struct cli *cli, enum store_mode mode, struct store **ret)
{
	char path[PATH_SIZE];

	if (!path_join(path, sizeof path, cli->arguments->data, STORE_FILE_NAME)) {
		cli_fail("the name of the data directory is too long");
		return -ENAMETOOLONG;
	}
	const int result = cli_store_at(path, mode, ret);
	if (result == 0)
		chosen_take(cli, *ret);
	return result;
}

int cli_store_failed(const struct store *store, int error, const char *doing)
{
	const char *words = error == -EIO && store ? store_words(store) : trouble(error);

	return cli_fail("%s failed: %s", doing, words && *words ? words : trouble(error));
}

int cli_venue(struct cli *cli, struct store *store, struct venue_key *ret)
{
	char print[VENUE_PRINT_SIZE];
	int result = venue_key_load(ret, cli->arguments->data, true);

	if (result < 0) {
		cli_fail("%s/" VENUE_KEY_FILE ": %s", cli->arguments->data,
			result == -EINVAL ? "the venue key is damaged; put the copy of another "
					    "kiosk here"
					  : strerror(-result));
		return result;
	}
	venue_key_print(ret, print);
	result = store_claim_venue(store, print);
	if (result == -EKEYREJECTED)
		cli_fail("%s/" VENUE_KEY_FILE ": this is not the key by which the badges in the "
			 "log are known; put that one back",
			cli->arguments->data);
	else if (result < 0)
		cli_store_failed(store, result, "reading the log");
	return result;
}
