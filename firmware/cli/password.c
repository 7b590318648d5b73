/* incheckpaal password: what the organiser's page is opened with. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/secret_line.h"
#include "cli/words.h"
#include "core/text.h"
#include "store/account.h"
#include "store/audit.h"

static int letters_of(const char *text)
{
	int letters = 0;
	for (; *text; text++)
		letters += ((unsigned char)*text & 0xc0) != 0x80;
	return letters;
}

static bool ask(char ret[SECRET_LINE_SIZE])
{
	static const struct words first = { "New password: ", "Nieuw wachtwoord: " },
				  again = { "Once more: ", "Nog een keer: " },
				  differ = { "the two passwords differ",
					  "de twee wachtwoorden zijn niet gelijk" };
	char second[SECRET_LINE_SIZE] = "";
	if (!secret_line_read(cli_words(&first), ret))
		ret[0] = '\0';
	if (!utf8_is_valid(ret, strlen(ret)) || letters_of(ret) < SECRET_PASSWORD_MIN ||
		letters_of(ret) > SECRET_PASSWORD_MAX) {
		cli_fail("a password has %d to %d characters; four ordinary words in a row work "
			 "well",
			"een wachtwoord is %d tot %d tekens lang; vier gewone woorden op een rij "
			"werken goed",
			SECRET_PASSWORD_MIN, SECRET_PASSWORD_MAX);
		return false;
	}
	if (isatty(STDIN_FILENO) &&
		(!secret_line_read(cli_words(&again), second) || strcmp(ret, second) != 0)) {
		cli_fail("%s", "%s", cli_words(&differ));
		return false;
	}
	secret_forget(second, sizeof second);
	return true;
}

static int store_it(struct store *store, enum role role, const char *hash)
{
	struct moment now;
	clock_read(&now);
	const struct audit_entry entry = { .wall_ms = now.wall_ms,
		.grade = now.grade,
		.who = "incheckpaal password",
		.role = ROLE_ORGANISER,
		.act = "password-set" };
	struct audit_entry line = entry;
	snprintf(line.object, sizeof line.object, "%s", role_name(role));
	const int r = account_set_password(store, role, hash, now.wall_ms);
	return r < 0 ? r : audit_add(store, &line);
}

static int set(struct cli *cli, enum role role, const char *password)
{
	static const struct words done = {
		"The password is set. Whoever was signed in with the old "
		"one signs in again.",
		"Het wachtwoord is ingesteld. Wie met het oude was ingelogd, logt opnieuw in."
	};
	char hash[SECRET_HASH_SIZE];
	struct store *store;
	if (cli_store(cli, STORE_WRITE, &store) < 0)
		return EXIT_FAILED;
	int r = seal_start();
	if (r == 0)
		r = secret_hash_password(hash, password);
	if (r == 0)
		r = store_it(store, role, hash);
	const int status = r < 0 ? cli_store_failed(store, r, "setting the password",
					   "het instellen van het wachtwoord")
				 : EXIT_DONE;
	store_close(store);
	if (status == EXIT_DONE)
		puts(cli_words(&done));
	return status;
}

int command_password(struct cli *cli)
{
	char password[SECRET_LINE_SIZE] = "";
	const enum role role = cli_flag(cli, "viewer") ? ROLE_VIEWER : ROLE_ORGANISER;
	if (!cli_expect(cli, 0, 0))
		return EXIT_USAGE;
	const int status = ask(password) ? set(cli, role, password) : EXIT_FAILED;
	secret_forget(password, sizeof password);
	return status;
}
