/* /people/{id}/erase: forgetting somebody, while the counts stay. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "store/privacy.h"
#include "web/confirm.h"
#include "web/guard.h"
#include "web/import_job.h"
#include "web/person_data.h"
#include "web/routes.h"

static const char *const reasons[] = { "request", "mistake" };

static int count_entries(const json_t *days)
{
	size_t i;
	json_t *day;
	int count = 0;

	json_array_foreach(days, i, day) count +=
		(int)json_array_size(json_object_get(day, "entries"));
	return count;
}

static int ask(struct request *request, struct response *response, const struct attendee *person,
	struct sheet *sheet, unsigned status)
{
	json_t *data = person_data(request, person);

	if (!data) {
		sheet_finish(sheet);
		return -EIO;
	}
	json_object_set_new(
		data, "entries", json_integer(count_entries(json_object_get(data, "days"))));
	return respond_page(response, status, "person_erase", sheet_into(sheet, data));
}

int page_person_erase_ask(struct request *request, struct response *response)
{
	struct attendee person;
	struct sheet sheet;
	const int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	sheet_init(&sheet, request);
	return ask(request, response, &person, &sheet, 200);
}

/* Of the two reasons there are: no place for a name. */
static const char *take_reason(struct sheet *sheet)
{
	const char *given = sheet_take(sheet, "reason");

	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (strcmp(reasons[i], given) == 0)
			return reasons[i];
	sheet_fault(sheet, "reason", "required");
	return "";
}

int page_person_erase(struct request *request, struct response *response)
{
	struct attendee person;
	struct sheet sheet;
	int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	sheet_init(&sheet, request);
	const char *reason = take_reason(&sheet);
	r = confirm_password(request, response, &sheet, "pw");
	if (r == 0 && !sheet_is_good(&sheet))
		return ask(request, response, &person, &sheet,
			json_object_get(sheet.faults, "pw") ? 403 : 422);
	sheet_finish(&sheet);
	if (r != 0)
		return r < 0 ? r : 0;
	/* The lines that wait first: of who is forgotten nobody knows any more what to look for. */
	r = import_jobs_forget(request, &person);
	if (r == 0)
		r = attendee_forget(request->stores.write, person.id, clock_wall_ms());
	/* That somebody was erased, not whom. */
	if (r == 0)
		r = audit_note(request, "person-erased", "", reason);
	return r < 0 ? r : respond_see_other(response, "/people?saved=erased");
}
