/* The doctor looks at what is kept: configuration, directory, log, key, programme. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config_file.h"
#include "base/file.h"
#include "base/seal.h"
#include "cli/chosen.h"
#include "cli/doctor.h"
#include "cli/words.h"
#include "store/attendee.h"
#include "store/programme.h"
#include "store/tap_log.h"
#include "store/walk_in.h"

enum {
	PATH_SIZE = 4096,
	CHAIN_ROWS_MAX = 100000, /* more would take longer than a person waits */
};

static const int64_t MIB = 1024 * 1024, FREE_LITTLE = 256 * MIB, FREE_NOTHING = 32 * MIB;

void doctor_configuration(const struct patient *patient, struct finding *ret)
{
	const char *given = patient->cli->arguments->config_path;
	const char *path = given ? given : CONFIG_DEFAULT_PATH;
	struct said fault;
	struct config config;

	if (config_file_read(&config, path, given, &fault) < 0) {
		finding_say(ret, FINDING_FAULT, "%s", "%s", fault.words[cli_language()]);
		finding_advise(ret,
			"correct it; \"incheckpaal config example\" shows what is allowed",
			"verbeter dit; \"incheckpaal config example\" laat zien wat mag");
		return;
	}
	if (access(path, F_OK) < 0)
		finding_say(ret, FINDING_OK, "there is no %s: every option has its default",
			"%s is er niet: alle opties staan op hun standaard", path);
	else
		finding_say(ret, FINDING_OK, "%s", "%s", path);
}

/* What was chosen over the file: no fault, but whoever reads the file must know. */
void doctor_options(const struct patient *patient, struct finding *ret)
{
	struct cli *cli = patient->cli;
	char all[FINDING_WORDS_SIZE] = "";
	size_t length = 0;

	chosen_look(cli);
	for (size_t i = 0; i < cli->chosen.count && length < sizeof all; i++) {
		char words[CHOSEN_WORDS_SIZE];

		if (chosen_words(cli, i, words))
			length += (size_t)snprintf(all + length, sizeof all - length, "%s%s",
				length ? "; " : "", words);
	}
	if (length == 0) {
		finding_say(ret, FINDING_OK, "all are as the file says",
			"alles is zoals het bestand zegt");
		return;
	}
	finding_say(ret, cli->unfit.words[0][0] ? FINDING_WARNING : FINDING_OK, "%s", "%s", all);
	if (cli->unfit.words[0][0])
		finding_advise(ret,
			"not all of these hold (%s): choose again on the organiser's page, Kiosks, "
			"Settings",
			"deze gelden niet allemaal (%s): kies opnieuw op de beheerpagina, Kiosks, "
			"Instellen",
			cli->unfit.words[cli_language()]);
}

static bool directory_is_sound(const char *path, struct finding *ret)
{
	struct stat status;

	if (stat(path, &status) < 0 && errno == ENOENT) {
		finding_say(ret, FINDING_FAULT, "there is no %s", "%s is er niet", path);
		finding_advise(ret,
			"run \"incheckpaal init\", or name the right directory with --data",
			"voer \"incheckpaal init\" uit, of noem de goede map met --data");
		return false;
	}
	if (access(path, R_OK | W_OK | X_OK) < 0) {
		finding_say(ret, FINDING_FAULT, "%s can not be used: %s",
			"%s is niet te gebruiken: %s", path, cli_strerror(errno));
		finding_advise(ret,
			"run as the kiosk's user: sudo -u incheckpaal incheckpaal doctor",
			"voer uit als de gebruiker van de kiosk: sudo -u incheckpaal incheckpaal "
			"doctor");
		return false;
	}
	return true;
}

void doctor_directory(const struct patient *patient, struct finding *ret)
{
	const char *path = patient->cli->arguments->data;

	if (!directory_is_sound(path, ret))
		return;
	const int64_t free_bytes = disk_free_bytes(path);

	if (free_bytes < 0) {
		finding_say(ret, FINDING_FAULT, "%s: %s", "%s: %s", path,
			cli_strerror((int)-free_bytes));
		return;
	}
	finding_say(ret,
		free_bytes < FREE_NOTHING  ? FINDING_FAULT
		: free_bytes < FREE_LITTLE ? FINDING_WARNING
					   : FINDING_OK,
		"%s, %lld MB free", "%s, %lld MB vrij", path, (long long)(free_bytes / MIB));
	if (ret->grade != FINDING_OK)
		finding_advise(ret, "make room on this medium: taps are refused when it is full",
			"maak ruimte op dit medium: is het vol, dan wordt niemand meer ingecheckt");
}

/* Opens quietly: what is wrong becomes a finding. */
static bool open_log(const struct patient *patient, struct store **ret_store, struct finding *ret)
{
	char path[PATH_SIZE];

	if (!path_join(path, sizeof path, patient->cli->arguments->data, STORE_FILE_NAME))
		path[0] = '\0';
	int result = access(path, R_OK) < 0 ? -errno : 0;

	if (result == 0)
		result = store_open(ret_store, path, STORE_READ);
	if (result == 0)
		return true;
	finding_say(ret, FINDING_FAULT, "%s: %s", "%s: %s", path, cli_strerror(-result));
	if (result == -ENOENT)
		finding_advise(ret, "run \"incheckpaal init\"", "voer \"incheckpaal init\" uit");
	else if (result == -EUCLEAN)
		finding_advise(ret,
			"the file is damaged: copy the whole directory before anything else",
			"het bestand is beschadigd: kopieer eerst de hele map");
	return false;
}

static void look_at_chain(struct store *store, struct finding *ret)
{
	struct log_summary summary = { 0 };
	struct chain_fault fault = { 0 };
	char taps[COUNTED_SIZE];
	const int result = tap_log_summary(store, &summary);

	if (result < 0) {
		finding_say(ret, FINDING_FAULT, "the log can not be read: %s",
			"het logboek is niet te lezen: %s", store_words(store));
		return;
	}
	if (summary.count > CHAIN_ROWS_MAX) {
		finding_say(ret, FINDING_OK, "%s", "%s",
			cli_counted(taps, summary.count, &counted_taps));
		finding_advise(ret, "\"incheckpaal verify\" checks every one; it takes a while",
			"\"incheckpaal verify\" controleert ze allemaal; dat duurt even");
		return;
	}
	if (tap_log_verify(store, NULL, NULL, &fault) == 0) {
		finding_say(ret, FINDING_OK, "%s, unchanged", "%s, ongewijzigd",
			cli_counted(taps, summary.count, &counted_taps));
		return;
	}
	finding_say(ret, FINDING_FAULT, "the log was changed: tap %lld does not hold (%s)",
		"het logboek is veranderd: tik %lld klopt niet (%s)", (long long)fault.seq,
		fault.why.words[cli_language()]);
	finding_advise(ret, "keep a copy, and compare it with the journal copy or another kiosk",
		"bewaar een kopie, en vergelijk die met de journaalkopie of een andere kiosk");
}

void doctor_log(const struct patient *patient, struct finding *ret)
{
	struct store *store;

	if (!open_log(patient, &store, ret))
		return;
	if (store_check(store) < 0) {
		finding_say(ret, FINDING_FAULT, "the file is damaged", "het bestand is beschadigd");
		finding_advise(ret,
			"stop the kiosk and copy the whole directory before anything else",
			"stop de kiosk en kopieer eerst de hele map");
	} else {
		look_at_chain(store, ret);
	}
	store_close(store);
}

void doctor_key(const struct patient *patient, struct finding *ret)
{
	static const struct words damaged = { "damaged", "beschadigd" };
	const char *directory = patient->cli->arguments->data;
	char path[PATH_SIZE];
	struct venue_key key;
	struct stat status;
	const int result = venue_key_load(&key, directory, false);

	explicit_bzero(&key, sizeof key);
	if (!path_join(path, sizeof path, directory, VENUE_KEY_FILE))
		path[0] = '\0';
	if (result < 0) {
		finding_say(ret, FINDING_FAULT, "%s: %s", "%s: %s", path,
			result == -EINVAL ? cli_words(&damaged) : cli_strerror(-result));
		finding_advise(ret,
			"copy the key of another kiosk here; on a new kiosk, run \"incheckpaal "
			"init\"",
			"zet hier de sleutel van een andere kiosk; op een nieuwe kiosk: "
			"\"incheckpaal init\"");
		return;
	}
	if (stat(path, &status) == 0 && (status.st_mode & (S_IWGRP | S_IRWXO))) {
		finding_say(ret, FINDING_WARNING, "%s can be read by others",
			"%s is leesbaar voor anderen", path);
		finding_advise(ret, "chmod 640 %s", "chmod 640 %s", path);
		return;
	}
	finding_say(ret, FINDING_OK, "%s, readable by this kiosk's programs only",
		"%s, alleen leesbaar voor de programma's van deze kiosk", path);
}

void doctor_programme(const struct patient *patient, struct finding *ret)
{
	struct event event = { 0 };
	struct store *store;
	int64_t attendees = 0;
	char people[COUNTED_SIZE];

	if (!open_log(patient, &store, ret))
		return;
	const int found =
		event_find(store, patient->cli->config.kiosk.event, clock_wall_ms(), &event);
	const int counted = attendee_count(store, &attendees);

	store_close(store);
	if (found < 0)
		finding_say(
			ret, FINDING_WARNING, "no event is known", "er is geen evenement bekend");
	else
		finding_say(ret, counted < 0 || attendees == 0 ? FINDING_WARNING : FINDING_OK,
			"%s; %s", "%s; %s", event.title,
			cli_counted(people, attendees, &counted_people));
	if (ret->grade != FINDING_OK)
		finding_advise(ret,
			"import them: \"incheckpaal import schedule FILE\" and \"incheckpaal "
			"import attendees FILE\"",
			"lees ze in: \"incheckpaal import schedule BESTAND\" en \"incheckpaal "
			"import attendees BESTAND\"");
}

void doctor_walk_ins(const struct patient *patient, struct finding *ret)
{
	struct store *store;
	int64_t count = 0;

	if (!open_log(patient, &store, ret))
		return;
	walk_in_count_to_check(store, &count);
	store_close(store);
	if (count == 0) {
		finding_say(ret, FINDING_OK, "no organisation of a walk-in waits to be checked",
			"er wacht geen organisatie van een walk-in op controle");
		return;
	}
	finding_say(ret, FINDING_WARNING, "organisations that walk-ins added, to be checked: %lld",
		"organisaties die walk-ins toevoegden, te controleren: %lld", (long long)count);
	finding_advise(ret,
		"import attendees who name them with their kind, or correct them on the page",
		"lees deelnemers in die ze met hun soort noemen, of verbeter ze op de "
		"beheerpagina");
}
