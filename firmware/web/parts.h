/** Pieces of data that several pages show. Any lane's thread. */
#ifndef WEB_PARTS_H
#define WEB_PARTS_H

#include <jansson.h>

#include "store/attendee.h"
#include "store/person.h"
#include "store/programme.h"
#include "web/request.h"
#include "web/response.h"

#define CLUSTERS_SHOWN_MAX 32
#define BADGE_NAME_SIZE 5
#define PERSON_NAME_SIZE (2 * NAME_SIZE)

/* The clusters there are, in the organiser's order. */
struct cluster_list {
	struct cluster all[CLUSTERS_SHOWN_MAX];
	size_t count;
};
int cluster_list_load(struct cluster_list *ret, struct store *store);
/* {code, name, mark}: mark 1 to 4 as on the kiosk, 0 for later ones; null without a cluster. */
json_t *cluster_json(const struct cluster_list *list, const char *code, enum language language);
/* [{code, name, chosen}] for a choice. */
json_t *cluster_choices(
	const struct cluster_list *list, const char *chosen, enum language language);

/* A badge has no number that may be shown: the first four digits of its key tell it apart. */
const char *badge_name(const struct badge_key *key, char ret[BADGE_NAME_SIZE]);
json_t *badge_json(const struct badge_key *key); /* the key as text, for paths */

const char *full_name(const char *given_name, const char *family_name, char ret[PERSON_NAME_SIZE]);
/* The name to speak of somebody: the given name, else the whole. */
const char *person_first(const struct attendee *person);

/* {kind, file, line, at} as attendee_origin has it; null when it was not kept. */
json_t *origin_json(struct store *store, const char *id);

/* Adds id, name, first and organisation. */
void person_into(json_t *data, const struct attendee *person);

const char *presence_name(enum direction direction); /* "in", "out", "" */

/* The event that is on and the local day of @at_ms. */
struct today {
	struct event event; /* id "" without one */
	int64_t from_ms, to_ms;
	int32_t utc_offset_min;
};
int today_find(struct today *ret, const struct request *request, int64_t at_ms);

/* "2026-11-24" and "13:42", local time; false when it is none. @clock NULL: midnight. */
bool local_time_parse(int64_t *ret_wall_ms, const char *day, const char *clock);
/* The contrary. */
void local_time_text(int64_t wall_ms, char ret_day[11], char ret_clock[6]);

/* What _pages.html shows: adds pages (0 when there is one), page_no, previous, next, and first and
 * last of the rows shown. @base is the list's own path with a query, to which &page=N is added. */
void paging_into(json_t *data, const char *base, int64_t found, int rows, int number);

/* The page with that @data, taken; to the last one of the list when there is none of that number.
 */
int paging_respond(struct response *response, const char *page, json_t *data);

/* Asks the kiosk; its answer (to be freed) or NULL when it did not answer. */
json_t *kiosk_ask(const struct request *request, const char *line);
bool kiosk_said_yes(const json_t *answer);

/* Everybody who fits what was typed: an id, an e-mail address, or parts of name and organisation in
 * any case and without accents. At most @capacity, how many there are at all. */
struct found_person {
	char id[ID_TEXT_SIZE], name[PERSON_NAME_SIZE], organisation[ORGANISATION_SIZE];
};
int person_search(struct store *store, const char *words, struct found_person *ret, size_t capacity,
	size_t *ret_count);
/* Whether every word of the folded @words stands somewhere in @text. */
bool words_match(const char *text, const char *words);

#endif
