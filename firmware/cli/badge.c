#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/person.h"
#include "cli/reply.h"
#include "cli/words.h"
#include "core/badge.h"
#include "store/attendee.h"
#include "store/badge.h"
#include "store/organiser_badge.h"

enum { SHOWN_DIGITS = 8, LINK_WAIT_MS = 2000 };

/* The number itself is neither kept nor repeated in a message. */
static int key_of(struct cli *cli, const char *text, struct badge_key *ret)
{
	static const struct words damaged = { "damaged", "beschadigd" };
	struct identity identity;
	struct venue_key key;

	if (!identity_from_text(&identity, text))
		return cli_usage(cli,
			"this is no badge number: write 4, 7 or 10 bytes in hexadecimal, such as "
			"04A1B2C3D4E5F6, or token:HEX",
			"dit is geen badgenummer: schrijf 4, 7 of 10 bytes hexadecimaal, zoals "
			"04A1B2C3D4E5F6, of token:HEX");
	const int result = venue_key_load(&key, cli->arguments->data, false);

	if (result == 0)
		seal_badge(ret, &key, &identity);
	explicit_bzero(&key, sizeof key);
	explicit_bzero(&identity, sizeof identity);
	if (result == -ENOENT)
		return cli_fail("%s has no venue key; run \"incheckpaal init\" first",
			"in %s staat geen locatiesleutel; voer eerst \"incheckpaal init\" uit",
			cli->arguments->data);
	if (result < 0)
		return cli_fail("%s/" VENUE_KEY_FILE ": %s", "%s/" VENUE_KEY_FILE ": %s",
			cli->arguments->data,
			result == -EINVAL ? cli_words(&damaged) : cli_strerror(-result));
	return EXIT_DONE;
}

static void short_key(char ret[BADGE_KEY_TEXT_SIZE], const struct badge_key *key)
{
	badge_key_text(key, ret);
	ret[SHOWN_DIGITS] = '\0';
}

/* Whom the words mean, out of a store that is closed again; the kiosk may write meanwhile. */
static int look_up(struct cli *cli, const char *who, struct attendee *ret)
{
	struct store *store;

	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	const int status = person_find(store, who, ret);

	store_close(store);
	return status;
}

static int link_next(struct cli *cli)
{
	struct attendee attendee;
	char request[sizeof "link " + ID_TEXT_SIZE];
	int status = look_up(cli, cli->words[2], &attendee);

	if (status != EXIT_DONE)
		return status;
	snprintf(request, sizeof request, "link %s", attendee.id);
	struct reply *reply = reply_ask(cli, request, LINK_WAIT_MS);

	if (!reply)
		return EXIT_FAILED;
	char name[PERSON_NAME_SIZE];

	person_name(name, sizeof name, &attendee);
	cli_say("the next badge tapped at the kiosk will be linked to %s\n",
		"de volgende badge die op de kiosk wordt getikt wordt gekoppeld aan %s\n", name);
	reply_free(reply);
	return EXIT_DONE;
}

static int link_failed(const struct store *store, int error, const char *key)
{
	if (error == -EEXIST)
		return cli_fail(
			"badge %s… is already linked to another attendee: see \"incheckpaal "
			"badge list\"",
			"badge %s… is al van een andere deelnemer: zie \"incheckpaal badge list\"",
			key);
	return cli_store_failed(store, error, "linking the badge", "het koppelen van de badge");
}

static int link_key(struct cli *cli, struct store *store, const struct badge_key *key)
{
	struct attendee attendee;
	char text[BADGE_KEY_TEXT_SIZE], name[PERSON_NAME_SIZE];
	const int status = person_find(store, cli->words[2], &attendee);

	if (status != EXIT_DONE)
		return status;
	short_key(text, key);
	const int result = badge_link(store, key, attendee.id, clock_wall_ms());

	if (result < 0)
		return link_failed(store, result, text);
	person_name(name, sizeof name, &attendee);
	cli_say("badge %s… now belongs to %s\n", "badge %s… is nu van %s\n", text, name);
	return EXIT_DONE;
}

/* The badge whose number is the command's second word, with the store open for @act. */
static int with_badge(struct cli *cli,
	int (*act)(struct cli *cli, struct store *store, const struct badge_key *key))
{
	struct badge_key key;
	struct store *store;
	int status = key_of(cli, cli->words[1], &key);

	if (status != EXIT_DONE)
		return status;
	if (cli_store(cli, STORE_WRITE, &store) < 0)
		return EXIT_FAILED;
	status = act(cli, store, &key);
	store_close(store);
	return status;
}

int command_badge_link(struct cli *cli)
{
	if (!cli_expect(cli, 3, 3))
		return EXIT_USAGE;
	return strcmp(cli->words[1], "next") == 0 ? link_next(cli) : with_badge(cli, link_key);
}

static int block_key(struct cli *cli, struct store *store, const struct badge_key *key)
{
	char text[BADGE_KEY_TEXT_SIZE];
	const int result = badge_block(store, key, clock_wall_ms());

	(void)cli;
	if (result < 0)
		return cli_store_failed(
			store, result, "blocking the badge", "het blokkeren van de badge");
	short_key(text, key);
	cli_say("badge %s… is blocked from now on\n", "badge %s… is vanaf nu geblokkeerd\n", text);
	return EXIT_DONE;
}

int command_badge_block(struct cli *cli)
{
	return cli_expect(cli, 2, 2) ? with_badge(cli, block_key) : EXIT_USAGE;
}

static int make_organisers(struct cli *cli, struct store *store, const struct badge_key *key)
{
	char text[BADGE_KEY_TEXT_SIZE];
	const int result = organiser_badge_add(store, key, clock_wall_ms());

	(void)cli;
	short_key(text, key);
	if (result == -EEXIST)
		return cli_fail(
			"badge %s… is an attendee's; an organiser's badge opens the service "
			"screen and checks nobody in, so take another one",
			"badge %s… is van een deelnemer; een badge van de organisatie opent het "
			"servicescherm en checkt niemand in, dus neem een andere",
			text);
	if (result < 0)
		return cli_store_failed(
			store, result, "marking the badge", "het aanmerken van de badge");
	cli_say("badge %s… opens the service screen from now on; \"incheckpaal badge block\" ends "
		"that\n",
		"badge %s… opent vanaf nu het servicescherm; \"incheckpaal badge block\" maakt "
		"daar een eind aan\n",
		text);
	return EXIT_DONE;
}

int command_badge_organiser(struct cli *cli)
{
	return cli_expect(cli, 2, 2) ? with_badge(cli, make_organisers) : EXIT_USAGE;
}

static int print_organiser(void *context, const struct badge_key *key)
{
	char text[BADGE_KEY_TEXT_SIZE];

	(void)context;
	short_key(text, key);
	cli_say("%s…  organiser: opens the service screen\n",
		"%s…  organisatie: opent het servicescherm\n", text);
	return 0;
}

static int print_badge(void *context, const struct badge_key *key, const char *attendee,
	const char *name, bool blocked)
{
	char text[BADGE_KEY_TEXT_SIZE];

	(void)context;
	short_key(text, key);
	printf("%s…  %-36s  ", text, attendee ? attendee : "");
	cli_print_padded(name ? name : "", 32);
	static const struct words lost = { "  blocked", "  geblokkeerd" };
	puts(blocked ? cli_words(&lost) : "");
	return 0;
}

int command_badge_list(struct cli *cli)
{
	struct store *store;

	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	int result = organiser_badge_each(store, print_organiser, NULL);

	if (result == 0)
		result = badge_each(store, print_badge, NULL);
	const int status = result < 0 ? cli_store_failed(store, result, "reading the badges",
						"het lezen van de badges")
				      : EXIT_DONE;

	store_close(store);
	return status;
}
