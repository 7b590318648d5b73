#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/seal.h"
#include "base/sign.h"
#include "cli/cli.h"
#include "cli/keep_names.h"
#include "cli/words.h"
#include "core/text.h"

enum { DIRECTORY_MODE = 0750, PATH_SIZE = 4096 };

static const char *made_or_kept(bool existed)
{
	static const struct words there = { "already there", "was er al" },
				  made = { "made", "gemaakt" };
	return cli_words(existed ? &there : &made);
}

/* Only what no badge is known by yet may be replaced. */
static int keep_key(const struct venue_key *key, const char *directory)
{
	static const struct words other = {
		"%s/" VENUE_KEY_FILE ": the badges in the log are known by another key than these "
		"words stand for; it stays",
		"%s/" VENUE_KEY_FILE ": de badges in het logboek worden herkend met een andere "
		"sleutel dan deze woorden geven; die blijft"
	};
	struct venue_key there;
	char log[PATH_SIZE];
	const int known = venue_key_load(&there, directory, false);
	const bool same = known == 0 && memcmp(&there, key, sizeof there) == 0;

	explicit_bzero(&there, sizeof there);
	if (same)
		return EXIT_DONE;
	if (!path_join(log, sizeof log, directory, STORE_FILE_NAME))
		return cli_fail("the name of the data directory is too long",
			"de naam van de gegevensmap is te lang");
	if (known != -ENOENT && access(log, F_OK) == 0)
		return cli_fail(other.en, other.nl, directory);
	const int result = venue_key_keep(key, directory);

	return result < 0 ? cli_fail("%s/" VENUE_KEY_FILE ": %s", "%s/" VENUE_KEY_FILE ": %s",
				    directory, cli_strerror(-result))
			  : EXIT_DONE;
}

/* Kiosks that never meet know the same badges when the same words were given to them. */
static int take_words(const char *directory)
{
	static const struct words length = {
		"key words have %d to %d characters; four ordinary words in a row work well",
		"sleutelwoorden zijn %d tot %d tekens lang; vier gewone woorden op een rij werken "
		"goed"
	};
	struct venue_key key;
	char line[VENUE_WORDS_MAX + 2] = "";

	if (!fgets(line, sizeof line, stdin))
		line[0] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	text_trim(line);
	const int result = venue_key_of_words(&key, line);

	explicit_bzero(line, sizeof line);
	if (result == -EINVAL)
		return cli_fail(length.en, length.nl, VENUE_WORDS_MIN, VENUE_WORDS_MAX);
	if (result < 0)
		return cli_fail("%s", "%s", cli_strerror(-result));
	const int status = keep_key(&key, directory);

	explicit_bzero(&key, sizeof key);
	return status;
}

static int make_key(const char *directory)
{
	static const struct words keep = {
		"               Badges are known by this key: keep a copy in a safe place, and "
		"copy it to\n"
		"               other kiosks of this venue before they are used.\n",
		"               Badges worden met deze sleutel herkend: bewaar een kopie op een "
		"veilige\n"
		"               plek, en zet die op andere kiosks van deze locatie voor ze "
		"gebruikt "
		"worden.\n"
	};
	struct venue_key key;
	char path[PATH_SIZE];

	if (!path_join(path, sizeof path, directory, VENUE_KEY_FILE))
		return cli_fail("the name of the data directory is too long",
			"de naam van de gegevensmap is te lang");
	const bool existed = access(path, F_OK) == 0;
	const int result = venue_key_load(&key, directory, true);

	explicit_bzero(&key, sizeof key);
	if (result == -EINVAL)
		return cli_fail("%s: the venue key is damaged; put the copy of another kiosk here",
			"%s: de locatiesleutel is beschadigd; zet hier de kopie van een andere "
			"kiosk",
			path);
	if (result < 0)
		return cli_fail("%s: %s", "%s: %s", path, cli_strerror(-result));
	printf("%-14s %s\n", made_or_kept(existed), path);
	if (!existed)
		fputs(cli_words(&keep), stdout);
	return EXIT_DONE;
}

static int make_sign_key(const char *directory)
{
	static const struct words damaged = {
		"the signing key is damaged; move it away and a new one is made",
		"de ondertekensleutel is beschadigd; zet hem weg en er wordt een nieuwe gemaakt"
	};
	struct sign_key key;
	char path[PATH_SIZE], public[SIGN_PUBLIC_TEXT_SIZE];

	if (!path_join(path, sizeof path, directory, SIGN_KEY_FILE))
		return cli_fail("the name of the data directory is too long",
			"de naam van de gegevensmap is te lang");
	const bool existed = access(path, F_OK) == 0;
	const int result = sign_key_load(&key, directory, true);

	if (result < 0)
		return cli_fail("%s: %s", "%s: %s", path,
			result == -EINVAL ? cli_words(&damaged) : cli_strerror(-result));
	sign_public_text(&key.public, public);
	explicit_bzero(&key, sizeof key);
	cli_say("%-14s %s (public key %s)\n", "%-14s %s (publieke sleutel %s)\n",
		made_or_kept(existed), path, public);
	return EXIT_DONE;
}

static int make_log(struct cli *cli, const char *directory)
{
	struct store *store;
	struct venue_key key;
	char path[PATH_SIZE];

	if (!path_join(path, sizeof path, directory, STORE_FILE_NAME))
		return cli_fail("the name of the data directory is too long",
			"de naam van de gegevensmap is te lang");
	const bool existed = access(path, F_OK) == 0;
	const int result = existed ? cli_store_at(path, STORE_WRITE, &store)
				   : store_open(&store, path, STORE_WRITE);

	if (result < 0)
		return existed ? EXIT_FAILED
			       : cli_fail("%s can not be made: %s",
					 "%s kan niet worden gemaakt: %s", path,
					 cli_strerror(-result));
	cli_say("%-14s %s (log %s)\n", "%-14s %s (logboek %s)\n", made_or_kept(existed), path,
		store_log_id(store));
	const int claimed = cli_venue(cli, store, &key);

	explicit_bzero(&key, sizeof key);
	store_close(store);
	return claimed < 0 ? EXIT_FAILED : EXIT_DONE;
}

int command_init(struct cli *cli)
{
	const char *directory = cli->arguments->data;
	const bool of_words = cli_flag(cli, "key-words");
	const int settled = keep_names_settle(cli);

	if (settled != EXIT_DONE)
		return settled;
	const int result = directory_make(directory, DIRECTORY_MODE);

	if (result < 0)
		return cli_fail("%s can not be made: %s; use sudo, or name another with --data",
			"%s kan niet worden gemaakt: %s; gebruik sudo, of noem een andere map met "
			"--data",
			directory, cli_strerror(-result));
	if (of_words && take_words(directory) != EXIT_DONE)
		return EXIT_FAILED;
	if (make_key(directory) != EXIT_DONE || make_sign_key(directory) != EXIT_DONE)
		return EXIT_FAILED;
	return make_log(cli, directory);
}
