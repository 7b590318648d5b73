/* incheckpaal organisation list|pairs|merge|split|distinct|alias */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/words.h"
#include "store/organisation.h"

enum { NAME_COLUMN = 40, KIND_COLUMN = 12, CLUSTER_COLUMN = 16 };

static int print_organisation(void *context, const struct organisation *organisation)
{
	static const struct words part = { "  (part of %s)", "  (hoort bij %s)" };
	(void)context;
	printf("%s  ", organisation->id);
	cli_print_padded(organisation->name, NAME_COLUMN);
	printf("  %-*s  %-*s  %-8s  %4lld", KIND_COLUMN, organisation->kind, CLUSTER_COLUMN,
		organisation->cluster, organisation->kvk, (long long)organisation->people);
	if (organisation->same_as[0])
		printf(cli_words(&part), organisation->same_as);
	putchar('\n');
	return 0;
}

int command_organisation_list(struct cli *cli)
{
	struct store *store;
	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	const int r = organisation_each(store, print_organisation, NULL);
	const int status = r < 0 ? cli_store_failed(store, r, "reading the organisations",
					   "het lezen van de organisaties")
				 : EXIT_DONE;
	store_close(store);
	return status;
}

static int print_pair(void *context, const struct organisation_pair *pair)
{
	int *count = context;
	++*count;
	if (strcmp(pair->why, "mail") == 0)
		fputs("  @  ", stdout);
	else
		printf("%3d  ", pair->likeness);
	cli_print_padded(pair->one.name, NAME_COLUMN);
	printf("  %s\n", pair->other.name);
	return 0;
}

int command_organisation_pairs(struct cli *cli)
{
	static const struct words none = { "No two organisations look alike.\n",
		"Geen twee organisaties lijken op elkaar.\n" };
	static const struct words what = {
		"\n100: the same name; @: people write from the same e-mail domain.\n"
		"One organisation? incheckpaal organisation merge ONE OTHER\n"
		"Two? incheckpaal organisation distinct ONE OTHER\n",
		"\n100: dezelfde naam; @: mensen mailen vanuit hetzelfde domein.\n"
		"Eén organisatie? incheckpaal organisation merge DE-ENE DE-ANDERE\n"
		"Twee? incheckpaal organisation distinct DE-ENE DE-ANDERE\n"
	};
	struct store *store;
	int count = 0;
	if (!cli_expect(cli, 1, 1))
		return EXIT_USAGE;
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	const int r = organisation_pairs(store, print_pair, &count);
	const int status = r < 0 ? cli_store_failed(store, r, "comparing the organisations",
					   "het vergelijken van de organisaties")
				 : EXIT_DONE;
	if (r == 0)
		fputs(cli_words(count ? &what : &none), stdout);
	store_close(store);
	return status;
}

/* The organisation @who, or -ENOENT after that was said. */
static int find(struct store *store, const char *who, struct organisation *ret)
{
	const int r = organisation_find(store, who, ret);
	if (r == -ENOENT)
		cli_fail("there is no organisation \"%s\"; \"incheckpaal organisation list\" "
			 "lists them",
			"er is geen organisatie \"%s\"; \"incheckpaal organisation list\" noemt ze",
			who);
	else if (r < 0)
		cli_store_failed(
			store, r, "reading the organisations", "het lezen van de organisaties");
	return r;
}

static int merge(struct store *store, const struct organisation *one,
	const struct organisation *other, const char *name)
{
	(void)name;
	const int r = organisation_merge(store, one->id, other->id, clock_wall_ms());
	if (r == -EEXIST)
		return cli_fail("%s is part of %s already; \"incheckpaal organisation split\" "
				"undoes that",
			"%s telt al als %s; \"incheckpaal organisation split\" maakt dat ongedaan",
			one->name, one->same_as);
	if (r == -ELOOP)
		return strcmp(one->id, other->id) == 0
			       ? cli_fail("\"%s\" and \"%s\" are the same organisation already",
					 "\"%s\" en \"%s\" zijn al dezelfde organisatie", one->name,
					 other->name)
			       : cli_fail("%s is part of %s: merge it the other way round",
					 "%s telt als %s: voeg ze andersom samen", other->name,
					 one->name);
	if (r < 0)
		return cli_store_failed(store, r, "merging the organisations",
			"het samenvoegen van de organisaties");
	static const struct words words = { "%s counts as part of %s from now on\n",
		"%s telt vanaf nu als %s\n" };
	printf(cli_words(&words), one->name, other->name);
	return EXIT_DONE;
}

static int split(struct store *store, const struct organisation *one,
	const struct organisation *other, const char *name)
{
	(void)other;
	(void)name;
	const int r = organisation_split(store, one->id, clock_wall_ms());
	if (r == -ENOENT)
		return cli_fail("%s was not merged", "%s was niet samengevoegd", one->name);
	if (r < 0)
		return cli_store_failed(
			store, r, "splitting the organisation", "het splitsen van de organisatie");
	static const struct words words = { "%s counts by itself again\n", "%s telt weer apart\n" };
	printf(cli_words(&words), one->name);
	return EXIT_DONE;
}

static int distinct(struct store *store, const struct organisation *one,
	const struct organisation *other, const char *name)
{
	(void)name;
	const int r = organisation_distinct(store, one->id, other->id, clock_wall_ms());
	if (r < 0 && r != -EEXIST) /* decided before is decided */
		return cli_store_failed(
			store, r, "keeping the decision", "het bewaren van de beslissing");
	static const struct words words = { "%s and %s are two organisations\n",
		"%s en %s zijn twee organisaties\n" };
	printf(cli_words(&words), one->name, other->name);
	return EXIT_DONE;
}

static int alias(struct store *store, const struct organisation *one,
	const struct organisation *other, const char *name)
{
	(void)other;
	const int r = organisation_alias(store, one->id, name);
	if (r == -EEXIST)
		return cli_fail("\"%s\" is an organisation of its own; use \"incheckpaal "
				"organisation merge\"",
			"\"%s\" is zelf een organisatie; gebruik \"incheckpaal organisation "
			"merge\"",
			name);
	if (r == -EINVAL)
		return cli_fail("\"%s\" has no letter or digit",
			"\"%s\" bevat geen letter of cijfer", name);
	if (r < 0)
		return cli_store_failed(store, r, "keeping the name", "het bewaren van de naam");
	static const struct words words = { "%s is known as %s too\n", "%s heet ook %s\n" };
	printf(cli_words(&words), one->name, name);
	return EXIT_DONE;
}

/* Commands about one organisation (@count 2), and another (3) or a name. */
static int decide(struct cli *cli, int count, bool other_is_organisation,
	int (*decision)(struct store *store, const struct organisation *one,
		const struct organisation *other, const char *name))
{
	struct store *store;
	struct organisation one, other = { .id = "" };
	if (!cli_expect(cli, count, count))
		return EXIT_USAGE;
	if (seal_start() < 0 || cli_store(cli, STORE_WRITE, &store) < 0)
		return EXIT_FAILED;
	int r = find(store, cli->words[1], &one);
	if (r == 0 && other_is_organisation)
		r = find(store, cli->words[2], &other);
	const int status =
		r < 0 ? EXIT_FAILED : decision(store, &one, &other, count > 2 ? cli->words[2] : "");
	store_close(store);
	return status;
}

int command_organisation_merge(struct cli *cli)
{
	return decide(cli, 3, true, merge);
}

int command_organisation_split(struct cli *cli)
{
	return decide(cli, 2, false, split);
}

int command_organisation_distinct(struct cli *cli)
{
	return decide(cli, 3, true, distinct);
}

int command_organisation_alias(struct cli *cli)
{
	return decide(cli, 3, false, alias);
}
