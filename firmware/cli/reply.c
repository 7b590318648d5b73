#include "cli/reply.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/control.h"
#include "base/scope.h"
#include "cli/cli.h"
#include "cli/words.h"

enum { PATH_STEP_SIZE = 64 };

struct reply {
	json_t *root;
	char line[CONTROL_LINE_SIZE];
};

int reply_get(struct reply **ret, const char *run_directory, const char *request, int wait_ms)
{
	struct reply *reply = calloc(1, sizeof *reply);

	if (!reply)
		return -ENOMEM;
	int result = control_ask(run_directory, request, wait_ms, reply->line, sizeof reply->line);

	if (result == 0) {
		reply->root = json_loads(reply->line, JSON_REJECT_DUPLICATES, NULL);
		result = json_is_object(reply->root) ? 0 : -EBADMSG;
	}
	if (result < 0)
		reply_free(reply);
	else
		*ret = reply;
	return result;
}

void reply_free(struct reply *reply)
{
	if (!reply)
		return;
	json_decref(reply->root);
	free(reply);
}

static const char *why(int error)
{
	static const struct {
		int error;
		struct words words;
	} rows[] = {
		{ ENOENT, { "no kiosk is running here; start it, or set INCHECKPAAL_RUN to its run "
			    "directory",
				  "er draait hier geen kiosk; start hem, of zet INCHECKPAAL_RUN op "
				  "zijn run-map" } },
		{ ECONNREFUSED,
			{ "no kiosk is running here; start it, or set INCHECKPAAL_RUN to its run "
			  "directory",
				"er draait hier geen kiosk; start hem, of zet INCHECKPAAL_RUN op "
				"zijn run-map" } },
		{ EACCES,
			{ "no permission to ask the kiosk; run this as its user or as root",
				"geen toegang tot de kiosk; voer dit uit als zijn gebruiker of als "
				"root" } },
		{ EPERM,
			{ "no permission to ask the kiosk; run this as its user or as root",
				"geen toegang tot de kiosk; voer dit uit als zijn gebruiker of als "
				"root" } },
		{ ETIMEDOUT, { "the kiosk does not answer", "de kiosk antwoordt niet" } },
		{ EBADMSG, { "the kiosk's reply can not be read",
				   "het antwoord van de kiosk is niet te lezen" } },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].error == -error)
			return cli_words(&rows[i].words);
	return cli_strerror(-error);
}

/* The kiosk speaks English to programs. */
static const char *as_said(const char *error)
{
	static const struct words rows[] = {
		{ "several attendees have that name", "meerdere deelnemers heten zo" },
		{ "a badge is being linked already", "er wordt al een badge gekoppeld" },
		{ "there is no such attendee", "er is geen deelnemer die zo heet" },
		{ "the screen does not answer", "het scherm antwoordt niet" },
		{ "nothing can be stored now", "er kan nu niets worden bewaard" },
		{ "a self-test is under way", "er loopt al een zelftest" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(rows[i].en, error) == 0)
			return cli_words(&rows[i]);
	return error;
}

struct reply *reply_ask(struct cli *cli, const char *request, int wait_ms)
{
	struct reply *reply;
	const int result = reply_get(&reply, cli->arguments->run, request, wait_ms);

	if (result < 0) {
		cli_fail("%s", "%s", why(result));
		return NULL;
	}
	if (!reply_truth(reply, "ok")) {
		const char *error = reply_text(reply, "error");

		cli_fail("the kiosk says: %s", "de kiosk zegt: %s", as_said(error ? error : "?"));
		reply_free(reply);
		return NULL;
	}
	return reply;
}

const char *reply_json(const struct reply *reply)
{
	return reply->line;
}

static const json_t *member(const struct reply *reply, const char *path)
{
	const json_t *at = reply->root;

	while (at && *path) {
		char step[PATH_STEP_SIZE];
		const size_t length = strcspn(path, ".");

		snprintf(step, sizeof step, "%.*s", (int)length, path);
		at = json_is_array(at) ? json_array_get(at, strtoul(step, NULL, 10))
				       : json_object_get(at, step);
		path += length + (path[length] == '.');
	}
	return at;
}

const char *reply_text(const struct reply *reply, const char *path)
{
	return json_string_value(member(reply, path));
}

bool reply_number(const struct reply *reply, const char *path, int64_t *ret)
{
	const json_t *value = member(reply, path);

	if (!json_is_number(value))
		return false;
	*ret = (int64_t)json_number_value(value);
	return true;
}

bool reply_truth(const struct reply *reply, const char *path)
{
	return json_is_true(member(reply, path));
}

bool reply_shown(const struct reply *reply, const char *path, char *ret, size_t size)
{
	const json_t *value = member(reply, path);

	if (json_is_string(value))
		snprintf(ret, size, "%s", json_string_value(value));
	else if (json_is_integer(value))
		snprintf(ret, size, "%lld", (long long)json_integer_value(value));
	else if (json_is_boolean(value))
		snprintf(ret, size, "%s", json_is_true(value) ? "yes" : "no");
	else
		return false;
	return true;
}

/* clang-format off */
static const struct {
	const char *state;
	struct words words;
} reader_words[] = {
	{ "starting", { "starting",                    "start op" } },
	{ "up",       { "ready for badges",            "klaar voor badges" } },
	{ "absent",   { "not connected",               "niet aangesloten" } },
	{ "silent",   { "connected, but not answering", "aangesloten, maar antwoordt niet" } },
	{ "refused",  { "not permitted, or in use",    "geen rechten, of in gebruik" } },
};
/* clang-format on */

const char *reply_reader_words(const char *state)
{
	for (size_t i = 0; i < sizeof reader_words / sizeof reader_words[0]; i++) {
		if (strcmp(state, reader_words[i].state) == 0)
			return cli_words(&reader_words[i].words);
	}
	return state;
}
