#include "exchange/schedule_out.h"

#include <errno.h>
#include <libical/ical.h>
#include <stdlib.h>

static struct icaltimetype utc_of(int64_t wall_ms)
{
	return icaltime_from_timet_with_zone(
		(time_t)(wall_ms / 1000), 0, icaltimezone_get_utc_timezone());
}

static icalcomponent *event_of(const struct session *session, const char *cluster, int64_t made_ms)
{
	const bool gone = session->state == SESSION_CANCELLED;
	icalcomponent *event = icalcomponent_vanew(ICAL_VEVENT_COMPONENT,
		icalproperty_new_uid(session->code), icalproperty_new_dtstamp(utc_of(made_ms)),
		icalproperty_new_dtstart(utc_of(session->start_ms)),
		icalproperty_new_dtend(utc_of(session->end_ms)),
		icalproperty_new_summary(session->title),
		icalproperty_new_status(gone ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED),
		NULL);

	if (event && session->room[0])
		icalcomponent_add_property(event, icalproperty_new_location(session->room));
	if (event && session->host[0])
		icalcomponent_add_property(event, icalproperty_new_description(session->host));
	if (event && cluster[0])
		icalcomponent_add_property(event, icalproperty_new_categories(cluster));
	return event;
}

char *icalendar_write(const struct schedule_out *from)
{
	icalproperty *name = icalproperty_new_x(from->title);
	icalcomponent *calendar =
		icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
			icalproperty_new_prodid("-//Incheckpaal//NL"), name, NULL);

	icalproperty_set_x_name(name, "X-WR-CALNAME");
	for (size_t i = 0; calendar && i < from->count; i++) {
		icalcomponent *event = event_of(&from->sessions[i],
			from->cluster_name(from->context, from->sessions[i].cluster),
			from->made_ms);
		if (event)
			icalcomponent_add_component(calendar, event);
	}
	char *text = calendar ? icalcomponent_as_ical_string_r(calendar) : NULL;
	icalcomponent_free(calendar);
	return text;
}
