#include "sync/herald.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/replica.h"

#define BUCKETS_AT_ONCE 64 /* of one sheet, in memory and in one transaction */
#define LOOK_PERMILLE 20   /* of our time, at most, for looking whether a sheet changed */
#define LOOK_PAUSE_MS 2000
#define LIST_SIZE (5 * BUCKETS_AT_ONCE + 3)

typedef uint8_t digest[DIGEST_BYTES];

struct herald {
	struct hub *hub;
	const struct venue_key *key;
	struct store *store; /* of this round */
	bool told_known;     /* @told is what the hub says, */
	bool withdrawn;      /* and what our earlier logs told of badges is there no more */
	digest told[REPLICA_SHEETS][REPLICA_BUCKETS];
	digest now[REPLICA_BUCKETS];           /* of the sheet that is looked at */
	bool chosen[REPLICA_BUCKETS];          /* to be told */
	int64_t looked_version, look_again_ms; /* store_data_version; monotonic */
	int64_t look_ns; /* that looking takes, when there is nothing to tell */
};

int herald_create(struct herald **ret, struct hub *hub, const struct venue_key *key)
{
	struct herald *herald = calloc(1, sizeof *herald);
	if (!herald)
		return -ENOMEM;
	herald->hub = hub;
	herald->key = key;
	herald_forget(herald);
	*ret = herald;
	return 0;
}

void herald_destroy(struct herald *herald)
{
	free(herald);
}

void herald_forget(struct herald *herald)
{
	herald->told_known = herald->withdrawn = false;
	herald->looked_version = -1;
}

static int read_told(struct herald *herald, PGresult *rows)
{
	for (int row = 0; row < PQntuples(rows); row++) {
		const long bucket = strtol(PQgetvalue(rows, row, 1), NULL, 10);
		for (int sheet = 0; sheet < REPLICA_SHEETS; sheet++)
			if (strcmp(replica_sheet_name(sheet), PQgetvalue(rows, row, 0)) == 0 &&
				bucket >= 0 && bucket < REPLICA_BUCKETS &&
				!hub_read_bytes(
					rows, row, 2, herald->told[sheet][bucket], DIGEST_BYTES))
				return -EIO;
	}
	return 0;
}

static int ask_what_was_told(struct herald *herald)
{
	const char *const parameters[] = { store_log_id(herald->store) };
	PGresult *rows;
	if (herald->told_known)
		return 0;
	memset(herald->told, 0, sizeof herald->told);
	int r = hub_run(herald->hub,
		"SELECT sheet, bucket, encode(digest, 'hex') FROM incheckpaal.told"
		" WHERE told_by = $1",
		1, parameters, &rows);
	if (r < 0)
		return r;
	r = read_told(herald, rows);
	PQclear(rows);
	herald->told_known = r == 0;
	return r;
}

static int add_to_digest(void *context, int bucket, const struct copy_line *line)
{
	struct herald *herald = context;
	uint8_t *at = herald->now[bucket];
	seal_chain(at, at, line->text, line->length);
	return 0;
}

static int put_row(void *context, int bucket, const struct copy_line *line)
{
	struct herald *herald = context;
	if (!herald->chosen[bucket])
		return 0;
	add_to_digest(context, bucket, line);
	return hub_copy_line(herald->hub, line);
}

static int read_sheet(struct herald *herald, int sheet,
	int (*take)(void *context, int bucket, const struct copy_line *line))
{
	memset(herald->now, 0, sizeof herald->now);
	return replica_sheet(
		herald->store, herald->key, store_log_id(herald->store), sheet, take, herald);
}

/* Which buckets differ from what was told; @ret_list gets them as an array of PostgreSQL. */
static int choose(struct herald *herald, int sheet, char ret_list[LIST_SIZE])
{
	size_t length = 0;
	int count = 0;
	for (int i = 0; i < REPLICA_BUCKETS; i++) {
		herald->chosen[i] =
			count < BUCKETS_AT_ONCE &&
			memcmp(herald->told[sheet][i], herald->now[i], DIGEST_BYTES) != 0;
		if (herald->chosen[i])
			length += (size_t)snprintf(ret_list + length, LIST_SIZE - length, "%c%d",
				count++ ? ',' : '{', i);
	}
	snprintf(ret_list + length, LIST_SIZE - length, "}");
	return count;
}

static int replace_rows(struct herald *herald, int sheet, const char *list)
{
	const char *const parameters[] = { store_log_id(herald->store), list };
	char statement[160];
	snprintf(statement, sizeof statement,
		"DELETE FROM incheckpaal.%s WHERE told_by = $1 AND bucket = ANY ($2::integer[])",
		replica_sheet_name(sheet));
	int r = hub_run(herald->hub, statement, 2, parameters, NULL);
	snprintf(statement, sizeof statement, "COPY incheckpaal.%s FROM STDIN",
		replica_sheet_name(sheet));
	if (r == 0)
		r = hub_copy_begin(herald->hub, statement);
	return r == 0 ? hub_copy_end(herald->hub, read_sheet(herald, sheet, put_row)) : r;
}

static int note_told(struct herald *herald, int sheet)
{
	struct copy_line line;
	const char *log_id = store_log_id(herald->store);
	int r = hub_copy_begin(herald->hub, "COPY incheckpaal.told FROM STDIN");
	for (int i = 0; i < REPLICA_BUCKETS && r == 0; i++) {
		if (!herald->chosen[i])
			continue;
		copy_line_begin(&line);
		copy_line_text(&line, log_id);
		copy_line_text(&line, replica_sheet_name(sheet));
		copy_line_number(&line, i);
		copy_line_bytes(&line, herald->now[i], DIGEST_BYTES);
		copy_line_end(&line);
		r = hub_copy_line(herald->hub, &line);
	}
	return r < 0 ? r : hub_copy_end(herald->hub, 0);
}

/* The chosen buckets, and that they were told, in one transaction. */
static int tell(struct herald *herald, int sheet, const char *list)
{
	const char *const parameters[] = { store_log_id(herald->store), replica_sheet_name(sheet),
		list };
	int r = hub_run(herald->hub, "BEGIN", 0, NULL, NULL);
	if (r == 0)
		r = replace_rows(herald, sheet, list);
	if (r == 0)
		r = hub_run(herald->hub,
			"DELETE FROM incheckpaal.told WHERE told_by = $1 AND sheet = $2"
			" AND bucket = ANY ($3::integer[])",
			3, parameters, NULL);
	if (r == 0)
		r = note_told(herald, sheet);
	if (r == 0)
		r = hub_run(herald->hub, "COMMIT", 0, NULL, NULL);
	for (int i = 0; i < REPLICA_BUCKETS && r == 0; i++)
		if (herald->chosen[i])
			memcpy(herald->told[sheet][i], herald->now[i], DIGEST_BYTES);
	return r;
}

static int tell_sheet(struct herald *herald, int sheet)
{
	char list[LIST_SIZE];
	for (;;) {
		const int64_t begun_ns = clock_mono_ns();
		int r = read_sheet(herald, sheet, add_to_digest);
		if (r == 0 && choose(herald, sheet, list) == 0) {
			herald->look_ns += clock_mono_ns() - begun_ns;
			return 0;
		}
		if (r == 0)
			r = tell(herald, sheet, list);
		if (r < 0)
			return r;
	}
}

/* Once for each log: where another kiosk goes on with it, a backup of which was put back here, what
 * that tells anew stays. */
static int was_withdrawn(struct herald *herald, const char *log_id, bool *ret)
{
	PGresult *rows;
	const int r = hub_run(herald->hub,
		"SELECT FROM incheckpaal.told WHERE told_by = $1 AND sheet = 'withdrawn'", 1,
		&log_id, &rows);
	if (r < 0)
		return r;
	*ret = PQntuples(rows) > 0;
	PQclear(rows);
	return 0;
}

/* Whose a badge is, and was, only our log of now tells: who is forgotten in it may still be told of
 * by an earlier one. What that told of people and the programme stays; what is newer holds. */
static int withdraw(struct herald *herald, const char *log_id)
{
	static const char *const statements[] = {
		"DELETE FROM incheckpaal.badge WHERE told_by = $1",
		"DELETE FROM incheckpaal.credit WHERE told_by = $1",
		"DELETE FROM incheckpaal.told WHERE told_by = $1 AND sheet IN ('badge', 'credit')",
		"INSERT INTO incheckpaal.told VALUES ($1, 'withdrawn', 0, '')",
	};
	bool done = false;
	int r = was_withdrawn(herald, log_id, &done);
	if (r < 0 || done)
		return r;
	r = hub_run(herald->hub, "BEGIN", 0, NULL, NULL);
	for (size_t i = 0; i < sizeof statements / sizeof statements[0] && r == 0; i++)
		r = hub_run(herald->hub, statements[i], 1, &log_id, NULL);
	return r == 0 ? hub_run(herald->hub, "COMMIT", 0, NULL, NULL) : r;
}

static int withdraw_earlier(struct herald *herald)
{
	char log_id[ID_TEXT_SIZE] = "";
	int r = 0;
	while (!herald->withdrawn && (r = replica_earlier(herald->store, log_id)) == 1) {
		r = withdraw(herald, log_id);
		if (r < 0)
			return r;
	}
	herald->withdrawn = r == 0;
	return r;
}

static int tell_sheets(struct herald *herald)
{
	int r = ask_what_was_told(herald);
	for (int sheet = 0; sheet < REPLICA_SHEETS && r == 0; sheet++)
		r = tell_sheet(herald, sheet);
	return r == 0 ? withdraw_earlier(herald) : r;
}

/* Looking takes as long as there are people, so it is done the less often the longer it takes. */
int herald_round(struct herald *herald, struct store *store, int64_t *ret_again_ms)
{
	const int64_t version = store_data_version(store);
	herald->store = store;
	*ret_again_ms = herald->look_again_ms;
	if (version == herald->looked_version)
		return 0;
	if (herald->told_known && clock_mono_ns() / 1000000 < herald->look_again_ms)
		return 1;
	herald->look_ns = 0;
	const int r = tell_sheets(herald);
	herald->look_again_ms =
		clock_mono_ns() / 1000000 + LOOK_PAUSE_MS + herald->look_ns / 1000 / LOOK_PERMILLE;
	if (r == 0)
		herald->looked_version = version;
	return r;
}
