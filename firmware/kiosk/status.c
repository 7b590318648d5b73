/* What the kiosk says of itself over the control socket, as one JSON object on one line. */
#include <jansson.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/sync_state.h"
#include "kiosk/clerk.h"
#include "kiosk/network.h"

static json_t *readers_json(const struct supervisor *supervisor)
{
	json_t *list = json_array();
	for (size_t i = 0; i < supervisor->count; i++) {
		const struct supervised *reader = &supervisor->readers[i];
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:I, s:I, s:I, s:I}", "name", reader->name,
				      "state", reader_state_name(reader->state), "opens",
				      (json_int_t)reader->opens, "errors",
				      (json_int_t)reader->errors, "hits", (json_int_t)reader->hits,
				      "restarts", (json_int_t)reader->restarts));
	}
	return list;
}

static json_t *faults_json(unsigned faults)
{
	json_t *list = json_array();
	if (faults & FAULT_READER)
		json_array_append_new(list, json_string("reader"));
	if (faults & FAULT_STORAGE)
		json_array_append_new(list, json_string("storage"));
	return list;
}

static json_t *link_json(const struct link *link)
{
	const int64_t left_ms = link->until_ms - clock_mono_ns() / 1000000;
	char badge[BADGE_KEY_TEXT_SIZE] = "";
	if (link->state == LINK_DONE || link->state == LINK_TAKEN)
		badge_key_text(&link->key, badge);
	return json_pack("{s:s, s:s, s:s, s:s, s:i, s:I}", "state", link_state_name(link->state),
		"attendee", link->attendee, "by", link->by, "badge", badge, "phones", link->phones,
		"seconds",
		(json_int_t)(link->state == LINK_WAITING && left_ms > 0 ? left_ms / 1000 : 0));
}

/* What the keeper does in the background. */
static json_t *keeping_json(const struct clerk *clerk)
{
	struct keeper_status keeping;
	keeper_status(clerk->keeper, &keeping);
	return json_pack("{s:s, s:I, s:b, s:b, s:s, s:s}", "journal_copy",
		copy_state_name(keeping.copy), "backup_ms", (json_int_t)keeping.backup_wall_ms,
		"purge_due", keeping.purge_due, "damaged", keeping.damaged, "rescued",
		clerk->rescued ? clerk->rescued->words[LANGUAGE_EN] : "", "rescued_nl",
		clerk->rescued ? clerk->rescued->words[LANGUAGE_NL] : "");
}

/* Options that are not as the file says. */
static json_t *chosen_json(const struct overrides *chosen)
{
	json_t *all = json_object();
	for (size_t i = 0; i < chosen->count; i++) {
		char name[2 * OVERRIDE_WORD_SIZE + 1];
		snprintf(name, sizeof name, "%s.%s", chosen->rows[i].section, chosen->rows[i].name);
		json_object_set_new(all, name, json_string(chosen->rows[i].value));
	}
	return all;
}

/* What incheckpaal-sync says of itself. */
static json_t *sync_json(const struct clerk *clerk)
{
	struct sync_state sync;
	sync_state_read(clerk->run, &sync);
	return json_pack("{s:b, s:s, s:I, s:I, s:s}", "hub", clerk->config->sync.hub[0] != '\0',
		"state", sync_health_name(sync.health), "waiting", (json_int_t)sync.waiting,
		"last_ms", (json_int_t)sync.last_ms, "words", sync.words);
}

/* By the name that the kernel gives it. */
static json_t *network_json(void)
{
	struct network network;
	const bool up = network_look(&network);
	const char *kind = !up ? "none" : network.interface[0] == 'w' ? "wifi" : "cable";
	return json_pack("{s:s, s:s}", "kind", kind, "address", network.address);
}

/* since_ms: when it was last set, or found to be so. */
static json_t *clock_json(const struct clerk *clerk)
{
	struct moment now;
	clock_read(&now);
	const bool same = clerk->anchor.mono_ms && clerk->anchor.grade == now.grade;
	return json_pack("{s:s, s:b, s:I}", "grade", clock_grade_name(now.grade), "trusted",
		clock_is_trusted(now.grade), "since_ms",
		(json_int_t)(same ? clerk->anchor.wall_ms : 0));
}

/* kept_ms: when a row last came to the medium; nothing is written only to see whether it could be.
 */
static json_t *storage_json(const struct clerk *clerk)
{
	return json_pack("{s:I, s:I, s:I, s:i, s:I, s:I}", "free_bytes",
		(json_int_t)disk_free_bytes(clerk->data), "pending",
		(json_int_t)clerk->pending_count, "dropped", (json_int_t)clerk->dropped,
		"used_percent", disk_used_percent(clerk->data), "kept_ms",
		(json_int_t)store_kept_ms(clerk->store), "failed_since_ms",
		(json_int_t)(clerk->storage_failed ? clerk->storage_since_wall_ms : 0));
}

/* How warm it is, where that is known, goes along. */
static json_t *power_json(const struct power_watch *power)
{
	return json_pack("{s:s, s:o}", "state", power_state_name(power->state), "celsius",
		power->reading.knows_heat ? json_integer(power->reading.celsius) : json_null());
}

char *clerk_status_json(const struct clerk *clerk)
{
	json_t *status = json_pack(
		"{s:b, s:s, s:I, s:s, s:s, s:s, s:b, s:s, s:I, s:I, s:I, s:s, s:I, "
		"s:o, s:I, s:o, s:o, s:o, "
		"s:o, s:o, s:o, s:o, s:o, s:o}",
		"ok", 1, "kiosk", clerk->config->kiosk.name, "started_ms",
		(json_int_t)clerk->started_ms, "log_id", store_log_id(clerk->store), "screen",
		screen_name(clerk->screen.screen), "language",
		clerk->screen.language == LANGUAGE_EN ? "en" : "nl", "display",
		clerk->screen.has_display, "side", reader_side_name(clerk->screen.side), "frames",
		(json_int_t)clerk->screen.frames, "last_seq", (json_int_t)clerk->last_seq, "taps",
		(json_int_t)clerk->taps, "event", clerk->programme.event.title, "sessions",
		(json_int_t)clerk->programme.count, "faults", faults_json(clerk->faults),
		"faults_since_ms", (json_int_t)(clerk->faults ? clerk->fault_since_wall_ms : 0),
		"readers", readers_json(&clerk->readers), "clock", clock_json(clerk), "storage",
		storage_json(clerk), "link", link_json(&clerk->link), "keeping",
		keeping_json(clerk), "chosen", chosen_json(&clerk->options.chosen), "sync",
		sync_json(clerk), "power", power_json(&clerk->power), "network", network_json());
	char *line = status ? json_dumps(status, JSON_COMPACT) : NULL;
	json_decref(status);
	return line;
}
