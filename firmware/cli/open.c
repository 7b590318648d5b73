/* Opening the log, and what to say when it will not open. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/seal.h"
#include "cli/chosen.h"
#include "cli/words.h"

enum { PATH_SIZE = 4096 };

/* clang-format off */
static const struct {
	int error;
	struct words words;
} troubles[] = {
	{ ENOENT,      { "there is no log yet; run \"incheckpaal init\", or name it with --data",
			 "er is nog geen logboek; voer \"incheckpaal init\" uit, of noem het met --data" } },
	{ ENOTDIR,     { "this is not a directory; name the right one with --data",
			 "dit is geen map; noem de goede met --data" } },
	{ EACCES,      { "no permission; run it as the kiosk's user: sudo -u incheckpaal …",
			 "geen toegang; voer het uit als de gebruiker van de kiosk: sudo -u incheckpaal …" } },
	{ EPERM,       { "no permission; run it as the kiosk's user: sudo -u incheckpaal …",
			 "geen toegang; voer het uit als de gebruiker van de kiosk: sudo -u incheckpaal …" } },
	{ EROFS,       { "the medium can only be read; is the card worn out or its lock switch on?",
			 "het medium is alleen te lezen; is de kaart versleten of staat zijn schuifje op slot?" } },
	{ EBUSY,       { "another program is writing to it; try again in a moment",
			 "een ander programma schrijft erin; probeer het zo nog eens" } },
	{ ENOSPC,      { "the medium is full; make room and try again",
			 "het medium is vol; maak ruimte en probeer het nog eens" } },
	{ EUCLEAN,     { "the file is damaged; keep it as it is and copy it before anything else",
			 "het bestand is beschadigd; laat het zo en maak eerst een kopie" } },
	{ EMEDIUMTYPE, { "this is not a log of Incheckpaal", "dit is geen logboek van Incheckpaal" } },
	{ EOVERFLOW,   { "the file was made by a newer Incheckpaal; update this one",
			 "het bestand is van een nieuwere Incheckpaal; werk deze bij" } },
};
/* clang-format on */

static const char *trouble(int error)
{
	for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
		if (troubles[i].error == -error)
			return cli_words(&troubles[i].words);
	}
	return cli_strerror(-error);
}

int cli_store_at(const char *path, enum store_mode mode, struct store **ret)
{
	int result = access(path, mode == STORE_READ ? R_OK : R_OK | W_OK) < 0 ? -errno : 0;

	if (result == 0)
		result = store_open(ret, path, mode);
	if (result < 0)
		cli_fail("%s: %s", "%s: %s", path, trouble(result));
	return result;
}

int cli_store(struct cli *cli, enum store_mode mode, struct store **ret)
{
	char path[PATH_SIZE];

	if (!path_join(path, sizeof path, cli->arguments->data, STORE_FILE_NAME)) {
		cli_fail("the name of the data directory is too long",
			"de naam van de gegevensmap is te lang");
		return -ENAMETOOLONG;
	}
	const int result = cli_store_at(path, mode, ret);
	if (result == 0)
		chosen_take(cli, *ret);
	return result;
}

int cli_store_failed(const struct store *store, int error, const char *en, const char *nl)
{
	const char *words = error == -EIO && store ? store_words(store) : trouble(error);

	return cli_fail("%s failed: %s", "%s is mislukt: %s",
		cli_language() == LANGUAGE_NL ? nl : en, words && *words ? words : trouble(error));
}

int cli_venue(struct cli *cli, struct store *store, struct venue_key *ret)
{
	static const struct words damaged = {
		"the venue key is damaged; put the copy of another kiosk here",
		"de locatiesleutel is beschadigd; zet hier de kopie van een andere kiosk"
	};
	char print[VENUE_PRINT_SIZE];
	int result = venue_key_load(ret, cli->arguments->data, true);

	if (result < 0) {
		cli_fail("%s/" VENUE_KEY_FILE ": %s", "%s/" VENUE_KEY_FILE ": %s",
			cli->arguments->data,
			result == -EINVAL ? cli_words(&damaged) : cli_strerror(-result));
		return result;
	}
	venue_key_print(ret, print);
	result = store_claim_venue(store, print);
	if (result == -EKEYREJECTED)
		cli_fail("%s/" VENUE_KEY_FILE ": this is not the key by which the badges in the "
			 "log are known; put that one back",
			"%s/" VENUE_KEY_FILE ": dit is niet de sleutel waarmee de badges in het "
			"logboek worden herkend; zet die terug",
			cli->arguments->data);
	else if (result < 0)
		cli_store_failed(store, result, "reading the log", "het lezen van het logboek");
	return result;
}
