/* What people wrote in their own words may name whoever is forgotten. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/attendee.h"
#include "store/privacy.h"
#include "store/privacy_private.h"
#include "store/store_private.h"

#define BLANK "\xE2\x80\xA6" /* … */

static int run(struct store *store, const char *statements)
{
	return sqlite3_exec(store->db, statements, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

int privacy_lift_guards(struct store *store, char **ret)
{
	static const char drop[] =
		"DROP TRIGGER correction_kept; DROP TRIGGER correction_fixed;"
		"DROP TRIGGER peer_correction_kept; DROP TRIGGER peer_correction_fixed;"
		"DROP TRIGGER audit_kept; DROP TRIGGER audit_fixed";
	sqlite3_stmt *row = statement_use(store, ST_TEXT_GUARDS);
	int r = statement_step(store, row);
	*ret = r == 1 ? strdup(column_text(row, 0)) : NULL;
	sqlite3_reset(row);
	if (r == 1)
		r = *ret ? run(store, drop) : -ENOMEM;
	return r;
}

int privacy_put_guards(struct store *store, char *guards)
{
	const int r = guards ? run(store, guards) : 0;
	free(guards);
	return r;
}

static bool is_of_word(char letter)
{
	return isalnum((unsigned char)letter) || (unsigned char)letter >= 0x80;
}

/* In the name of a file something else may stand for a blank. */
static bool is_same(const char *text, const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (tolower((unsigned char)text[i]) != tolower((unsigned char)word[i]) &&
			!(word[i] == ' ' && text[i] && strchr("_-.+", text[i])))
			return false;
	return true;
}

/* Where @word stands as a word of its own, or NULL. */
static const char *find(const char *text, const char *word)
{
	const size_t length = strlen(word);
	for (const char *at = text; *at; at++)
		if (is_same(at, word, length) && !is_of_word(at[length]) &&
			(at == text || !is_of_word(at[-1])))
			return at;
	return NULL;
}

static void blank(char text[PRIVACY_TEXT_SIZE], const char *word)
{
	char rest[PRIVACY_TEXT_SIZE], *from = text;
	const char *at;
	while (word[0] && (at = find(from, word))) {
		const size_t before = (size_t)(at - text);
		snprintf(rest, sizeof rest, "%s", at + strlen(word));
		snprintf(text + before, PRIVACY_TEXT_SIZE - before, BLANK "%s", rest);
		/* Not once more: somebody may be called that. */
		from = text + before + strnlen(text + before, sizeof BLANK - 1);
	}
}

void privacy_unname(char text[PRIVACY_TEXT_SIZE], const struct attendee *person)
{
	char full[2 * NAME_SIZE];
	snprintf(full, sizeof full, "%s %s", person->given_name, person->family_name);
	if (person->given_name[0] && person->family_name[0])
		blank(text, full);
	blank(text, person->email);
}

/* unnamed(text, is it about the person?): a name alone may mean anybody, but for what is about
 * them. */
static void unnamed(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct attendee *person = sqlite3_user_data(context);
	const char *given = (const char *)sqlite3_value_text(values[0]);
	char text[PRIVACY_TEXT_SIZE];
	(void)count;
	snprintf(text, sizeof text, "%s", given ? given : "");
	privacy_unname(text, person);
	if (sqlite3_value_int(values[1])) {
		blank(text, person->given_name);
		blank(text, person->family_name);
	}
	sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

#define OWN_TAPS                                                                        \
	"(t.attendee = ?1 OR t.badge_key IN (SELECT badge_key FROM link WHERE attendee" \
	" = ?1))"
/* clang-format off */
static const struct {
	const char *table, *column, *own;
} texts[] = {
	{ "correction", "reason", "EXISTS (SELECT 1 FROM tap t WHERE t.seq = correction.seq AND " OWN_TAPS ")" },
	{ "peer_correction", "reason", "EXISTS (SELECT 1 FROM every_tap t WHERE t.log_id = peer_correction.log_id"
	  " AND t.seq = peer_correction.seq AND " OWN_TAPS ")" },
	{ "hand_note", "reason", "EXISTS (SELECT 1 FROM every_tap t WHERE t.log_id = hand_note.log_id"
	  " AND t.seq = hand_note.seq AND " OWN_TAPS ")" },
	{ "audit", "reason", "object = ?1" },
	{ "download", "reason", "?1 IS NULL" },
	{ "generation", "source", "?1 IS NULL" },
};
/* clang-format on */

/* The names of files that people came from, each found by the index: of a long list every row says
 * the same, and one by one they would keep a tap waiting. */
#define FILES                                                                                     \
	"(WITH RECURSIVE file (name) AS (SELECT min(origin_file) FROM attendee WHERE origin_file" \
	" > '' UNION ALL SELECT (SELECT min(origin_file) FROM attendee WHERE origin_file >"       \
	" file.name) FROM file WHERE file.name IS NOT NULL) SELECT name FROM file"                \
	" WHERE unnamed(name, ?1 IS NULL) <> name)"

/* 1 when it gave a row. */
static int run_for(struct store *store, const char *statement, const char *attendee)
{
	sqlite3_stmt *row = NULL;
	if (sqlite3_prepare_v2(store->db, statement, -1, &row, NULL) != SQLITE_OK)
		return statement_trouble(store);
	bind_text(row, 1, attendee);
	const int r = statement_step(store, row);
	sqlite3_finalize(row);
	return r;
}

/* Runs @format, whose %1$s is the table, %2$s what tells of a row that it is about the person, and
 * %3$s where the text is. As run_for. */
static int run_on(struct store *store, size_t table, const char *format, const char *attendee)
{
	char statement[640];
	snprintf(statement, sizeof statement, format, texts[table].table, texts[table].own,
		texts[table].column);
	return run_for(store, statement, attendee);
}

static int blank_all(struct store *store, const char *attendee)
{
	static const char format[] = "UPDATE OR REPLACE %1$s SET %3$s = unnamed(%3$s, %2$s)"
				     " WHERE %3$s <> '' AND unnamed(%3$s, %2$s) <> %3$s";
	char *guards;
	int r = privacy_lift_guards(store, &guards);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && r >= 0; i++)
		r = run_on(store, i, format, attendee);
	if (r >= 0)
		r = run_for(store,
			"UPDATE attendee SET origin_file = unnamed(origin_file, ?1 IS NULL)"
			" WHERE origin_file IN " FILES,
			attendee);
	const int put = privacy_put_guards(store, guards);
	return r < 0 ? r : put;
}

int privacy_blank_texts(struct store *store, const char *attendee)
{
	static const char format[] = "SELECT 1 FROM %1$s WHERE %3$s <> '' AND"
				     " unnamed(%3$s, %2$s) <> %3$s LIMIT 1";
	struct attendee person;
	int r = attendee_by_id(store, attendee, &person);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (sqlite3_create_function_v2(store->db, "unnamed", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY,
		    &person, unnamed, NULL, NULL, NULL) != SQLITE_OK)
		return statement_trouble(store);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && r == 0; i++)
		r = run_on(store, i, format, attendee);
	if (r == 0)
		r = run_for(store, "SELECT 1 FROM " FILES " LIMIT 1", attendee);
	if (r == 1)
		r = blank_all(store, attendee);
	sqlite3_create_function_v2(store->db, "unnamed", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
		NULL, NULL, NULL, NULL);
	return r;
}
