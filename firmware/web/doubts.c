#include "web/doubts.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/attendees_in.h"
#include "store/organisation.h"

#define RAW_SIZE 400
#define KINDS 7 /* of an organisation, to choose from */

/* An e-mail address, by its hash: of two that are alike in that, more is not to be told. */
struct met_mail {
	uint64_t hash; /* 0: a free seat */
	unsigned line;
};

void doubts_init(struct doubts *ret, struct store *store, const int *places,
	struct question_list *list, json_t *kinds)
{
	*ret = (struct doubts){ .store = store,
		.places = places,
		.list = list,
		.kinds = kinds ? json_incref(kinds) : json_object() };
}

void doubts_finish(struct doubts *doubts)
{
	json_decref(doubts->kinds);
	free(doubts->met);
	*doubts = (struct doubts){ 0 };
}

/* @organisation: what the question is about; NULL for the line. */
static void add(struct doubts *doubts, const struct attendee_line *line, unsigned number,
	const char *fault, int column, const char *value, unsigned other, const char *organisation)
{
	char raw[RAW_SIZE], clean[RAW_SIZE];
	const size_t length =
		line->original_length < sizeof raw - 1 ? line->original_length : sizeof raw - 1;
	memcpy(raw, line->original, length);
	raw[length] = '\0';
	utf8_clip(clean, sizeof clean, raw);
	const size_t bytes = questions_bytes(clean, value, organisation ? KINDS : 2);
	if (questions_meet(doubts->list, organisation, number, bytes))
		questions_show(doubts->list,
			json_pack("{s:I, s:[I], s:s, s:s, s:s, s:s, s:i, s:I}", "line",
				(json_int_t)number, "lines", (json_int_t)number, "raw", clean,
				"fault", fault, "column",
				attendee_column_name((enum attendee_column)column), "value", value,
				"place", doubts->places[column], "other", (json_int_t)other));
}

static uint64_t hash_of(const char *mail)
{
	uint64_t hash = 14695981039346656037U;
	for (; *mail; mail++)
		hash = (hash ^ (uint64_t)tolower((unsigned char)*mail)) * 1099511628211U;
	return hash ? hash : 1;
}

static struct met_mail *seat_of(struct met_mail *seats, size_t capacity, uint64_t hash)
{
	size_t at = (size_t)hash & (capacity - 1);
	while (seats[at].hash && seats[at].hash != hash)
		at = (at + 1) & (capacity - 1);
	return &seats[at];
}

static bool make_room(struct doubts *doubts)
{
	if (2 * doubts->met_count < doubts->met_capacity)
		return true;
	const size_t capacity = doubts->met_capacity ? 2 * doubts->met_capacity : 1024;
	struct met_mail *seats = calloc(capacity, sizeof *seats);
	if (!seats)
		return false;
	for (size_t i = 0; i < doubts->met_capacity; i++)
		if (doubts->met[i].hash)
			*seat_of(seats, capacity, doubts->met[i].hash) = doubts->met[i];
	free(doubts->met);
	doubts->met = seats;
	doubts->met_capacity = capacity;
	return true;
}

/* The line that had this address before, 0 for none, -ENOMEM. */
static int met_before(struct doubts *doubts, const char *mail, unsigned number)
{
	if (!mail[0])
		return 0;
	if (!make_room(doubts))
		return -ENOMEM;
	const uint64_t hash = hash_of(mail);
	struct met_mail *seat = seat_of(doubts->met, doubts->met_capacity, hash);
	if (seat->hash)
		return (int)seat->line;
	*seat = (struct met_mail){ hash, number };
	doubts->met_count++;
	return 0;
}

/* Whether the organisation of this name has a kind already. */
static bool has_kind(struct doubts *doubts, const char *name)
{
	char id[ID_TEXT_SIZE];
	bool alias;
	struct organisation organisation;
	json_t *known = json_object_get(doubts->kinds, name);

	if (!known) {
		const bool has = organisation_resolve(doubts->store, name, "", id, &alias) == 0 &&
				 organisation_find(doubts->store, id, &organisation) == 0 &&
				 organisation.kind[0];
		known = json_boolean(has);
		json_object_set_new(doubts->kinds, name, known);
	}
	return json_is_true(known);
}

/* The same organisation is one question. */
static void look_at_kind(struct doubts *doubts, const struct attendee_line *line, unsigned number)
{
	const char *name = line->values[COLUMN_ORGANISATION];

	if (name[0] && !line->values[COLUMN_ORGANISATION_KIND][0] &&
		doubts->places[COLUMN_ORGANISATION_KIND] >= 0 && !has_kind(doubts, name))
		add(doubts, line, number, "no-kind", COLUMN_ORGANISATION_KIND, "", 0, name);
}

static bool has_name(const struct attendee_line *line)
{
	return line->values[COLUMN_GIVEN_NAME][0] || line->values[COLUMN_FAMILY_NAME][0];
}

int doubts_look(struct doubts *doubts, const struct attendee_line *line, unsigned number)
{
	const int name =
		doubts->places[COLUMN_FULL_NAME] >= 0 ? COLUMN_FULL_NAME : COLUMN_GIVEN_NAME;
	const int before = met_before(doubts, line->values[COLUMN_EMAIL], number);

	if (before < 0)
		return before;
	if (line->values[COLUMN_ORGANISATION_KIND][0])
		json_object_set_new(doubts->kinds, line->values[COLUMN_ORGANISATION], json_true());
	if (!has_name(line) && doubts->places[name] >= 0)
		add(doubts, line, number, "no-name", name, "", 0, NULL);
	else if (before > 0)
		add(doubts, line, number, "same-mail", COLUMN_EMAIL, line->values[COLUMN_EMAIL],
			(unsigned)before, NULL);
	else if (line->no_mail[0])
		add(doubts, line, number, "no-mail", COLUMN_EMAIL, line->no_mail, 0, NULL);
	else
		look_at_kind(doubts, line, number);
	return 0;
}

void doubts_settle(struct doubts *doubts)
{
	const char *organisation;
	json_t *has;

	json_object_foreach(doubts->kinds, organisation, has)
	{
		if (json_is_true(has))
			questions_drop(doubts->list, organisation);
	}
}
