/* /people/new and /people/{id}/edit: a person's details. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "web/guard.h"
#include "web/person_data.h"
#include "web/revision.h"
#include "web/routes.h"

#define SIMILAR_MAX 5

/* Where a form's field lives in a person. */
static const struct {
	const char *field;
	size_t offset, size;
} fields[] = {
	{ "given_name", offsetof(struct attendee, given_name), NAME_SIZE },
	{ "family_name", offsetof(struct attendee, family_name), NAME_SIZE },
	{ "email", offsetof(struct attendee, email), EMAIL_SIZE },
	{ "organisation", offsetof(struct attendee, organisation), ORGANISATION_SIZE },
	{ "language", offsetof(struct attendee, language), LANGUAGE_SIZE },
};
#define FIELD_COUNT (sizeof fields / sizeof fields[0])

static const char *value_of(const struct attendee *person, size_t field)
{
	return (const char *)person + fields[field].offset;
}

static void set_all(struct sheet *sheet, const struct attendee *person)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		sheet_set(sheet, fields[i].field, value_of(person, i));
}

static void take_all(struct sheet *sheet, struct attendee *person)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const char *text = sheet_take(sheet, fields[i].field);
		if (strlen(text) >= fields[i].size)
			sheet_fault(sheet, fields[i].field, "long");
		utf8_clip((char *)person + fields[i].offset, fields[i].size, text);
	}
	if (!person->given_name[0] && !person->family_name[0])
		sheet_fault(sheet, "given_name", "name");
	if (person->email[0] && !text_is_mail(person->email))
		sheet_fault(sheet, "email", "mail");
	if (person->language[0] && strcmp(person->language, "nl") != 0 &&
		strcmp(person->language, "en") != 0)
		person->language[0] = '\0';
}

static int take_organisation(void *context, const struct attendee *person)
{
	json_t *names = context;

	if (person->organisation[0] && json_object_size(names) < 300)
		json_object_set_new(names, person->organisation, json_true());
	return 0;
}

/* Names to choose from while typing. */
static json_t *organisations_json(struct store *store)
{
	json_t *set = json_object(), *list = json_array(), *value;
	const char *name;

	attendee_each(store, take_organisation, set);
	json_object_foreach(set, name, value) json_array_append_new(list, json_string(name));
	json_decref(set);
	return list;
}

static int show(struct request *request, struct response *response, const char *id,
	const struct attendee *stored, struct sheet *sheet, unsigned status, json_t *more)
{
	char rev[REVISION_SIZE], name[PERSON_NAME_SIZE];
	json_t *data = more ? more : json_object();
	struct sheet now;

	sheet_init(&now, request);
	set_all(&now, stored);
	revision_of(&now, rev);
	sheet_finish(&now);
	json_object_set_new(data, "id", json_string(id));
	json_object_set_new(data, "name",
		json_string(full_name(stored->given_name, stored->family_name, name)));
	json_object_set_new(data, "rev", json_string(rev));
	json_object_set_new(data, "organisations", organisations_json(request->stores.read));
	return respond_page(response, status, "person_edit", sheet_into(sheet, data));
}

int page_person_new(struct request *request, struct response *response)
{
	const struct attendee nobody = { .id = "" };
	struct sheet sheet;

	sheet_init(&sheet, request);
	set_all(&sheet, &nobody);
	return show(request, response, "", &nobody, &sheet, 200, NULL);
}

int page_person_edit(struct request *request, struct response *response)
{
	struct attendee person;
	struct sheet sheet;
	const int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	sheet_init(&sheet, request);
	set_all(&sheet, &person);
	return show(request, response, person.id, &person, &sheet, 200, NULL);
}

/* Whoever has the same name. NULL when nobody does. */
static json_t *similar_json(struct store *store, const struct attendee *person)
{
	struct found_person found[SIMILAR_MAX];
	char name[PERSON_NAME_SIZE];
	size_t count = 0;
	json_t *list = json_array();

	full_name(person->given_name, person->family_name, name);
	if (person_search(store, name, found, SIMILAR_MAX, &count) < 0)
		count = 0;
	for (size_t i = 0; i < count && i < SIMILAR_MAX; i++)
		if (text_equal_folded(found[i].name, name))
			json_array_append_new(
				list, json_pack("{s:s, s:s+++}", "id", found[i].id, "name",
					      found[i].name, found[i].organisation[0] ? ", " : "",
					      found[i].organisation, ""));
	if (json_array_size(list) > 0)
		return json_pack("{s:{s:o}}", "similar", "list", list);
	json_decref(list);
	return NULL;
}

static int save(struct request *request, struct response *response, struct attendee *person,
	const struct attendee *stored, struct sheet *sheet, const char *act)
{
	char id[ID_TEXT_SIZE];

	utf8_clip(id, sizeof id, person->id);
	int r = person_save(request->stores.write, person);
	if (r == -EEXIST) {
		sheet_fault(sheet, "email", "mail.used");
		return show(request, response, id, stored, sheet, 409, NULL);
	}
	sheet_finish(sheet);
	if (r == -ENOENT)
		return respond_fault(response, 410, "");
	if (r == 0)
		r = audit_note(request, act, person->id, "");
	return r < 0 ? r
		     : respond_see_other(response, "/people/%s?saved=%s", person->id,
			       id[0] ? "person" : "added");
}

int page_person_add(struct request *request, struct response *response)
{
	const struct attendee nobody = { .id = "" };
	struct attendee person = nobody;
	struct sheet sheet;

	sheet_init(&sheet, request);
	take_all(&sheet, &person);
	if (!sheet_is_good(&sheet))
		return show(request, response, "", &nobody, &sheet, 422, NULL);
	json_t *similar = request_field(request, "another")[0]
				  ? NULL
				  : similar_json(request->stores.read, &person);
	if (similar)
		return show(request, response, "", &nobody, &sheet, 409, similar);
	return save(request, response, &person, &nobody, &sheet, "person-added");
}

int page_person_change(struct request *request, struct response *response)
{
	struct attendee stored;
	struct sheet sheet, now;
	const int r = person_asked(request, response, &stored);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	struct attendee person = stored;
	sheet_init(&sheet, request);
	take_all(&sheet, &person);
	sheet_init(&now, request);
	set_all(&now, &stored);
	const bool holds = revision_check(&sheet, &now);
	if (!holds || !sheet_is_good(&sheet))
		return show(request, response, stored.id, &stored, &sheet,
			sheet_is_good(&sheet) ? 409 : 422, NULL);
	return save(request, response, &person, &stored, &sheet, "person-changed");
}
