#include "cli/person.h"

#include <errno.h>
#include <stdio.h>

#include "cli/cli.h"
#include "core/text.h"

void person_name(char *ret, size_t size, const struct attendee *attendee)
{
	char name[PERSON_NAME_SIZE];

	snprintf(name, sizeof name, "%s %s", attendee->given_name, attendee->family_name);
	text_trim(name);
	utf8_clip(ret, size, *name ? name : attendee->id);
}

int person_find(struct store *store, const char *who, struct attendee *ret)
{
	const int result = attendee_find(store, who, ret);

	switch (result) {
	case 0:
		return EXIT_DONE;
	case -ENOENT:
		return cli_fail(
			"there is no attendee \"%s\": \"incheckpaal attendee list\" shows all",
			"er is geen deelnemer \"%s\": \"incheckpaal attendee list\" toont ze "
			"allemaal",
			who);
	case -EEXIST:
		return cli_fail(
			"several attendees are called \"%s\": use the id or e-mail address that "
			"\"incheckpaal attendee list\" shows",
			"meerdere deelnemers heten \"%s\": gebruik het id of e-mailadres dat "
			"\"incheckpaal attendee list\" toont",
			who);
	default:
		return cli_store_failed(
			store, result, "looking up the attendee", "het opzoeken van de deelnemer");
	}
}
