#include "sync/courier.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/replica.h"

#define BUCKETS_AT_ONCE 64 /* of one sheet, in memory and in one transaction */
#define LOOK_PERMILLE 20   /* of our time, at most, for looking whether a sheet changed */
#define LOOK_PAUSE_MS 2000
#define LIST_SIZE (5 * BUCKETS_AT_ONCE + 3)

#define COPY_TAPS                                                                                \
	"COPY incheckpaal.tap (log_id, seq, id, bearer, known, boot_id, mono_ms, wall_ms,"       \
	" grade, utc_offset_min, technology, verdict, direction, counts, kiosk, event, session," \
	" note, chain) FROM STDIN"

typedef uint8_t digest[DIGEST_BYTES];

struct courier {
	struct hub *hub;
	const struct venue_key *key;
	struct store *store; /* of this round */
	struct sync_state *state;
	char own[ID_TEXT_SIZE]; /* the log that is ours, */
	int64_t own_sent;       /* and how far the hub held it when it last said so */
	struct log_head *sent;  /* as far as the hub holds each log */
	size_t sent_count;
	bool told_known; /* @told is what the hub says */
	digest told[REPLICA_SHEETS][REPLICA_BUCKETS];
	digest now[REPLICA_BUCKETS];           /* of the sheet that is looked at */
	bool chosen[REPLICA_BUCKETS];          /* to be told */
	int64_t looked_version, look_again_ms; /* store_data_version; monotonic */
	int64_t look_ns; /* that looking takes, when there is nothing to tell */
};

int courier_create(struct courier **ret, struct hub *hub, const struct venue_key *key)
{
	struct courier *courier = calloc(1, sizeof *courier);
	if (!courier)
		return -ENOMEM;
	courier->hub = hub;
	courier->key = key;
	*ret = courier;
	courier_forget(courier);
	return 0;
}

void courier_destroy(struct courier *courier)
{
	if (courier)
		free(courier->sent);
	free(courier);
}

void courier_forget(struct courier *courier)
{
	free(courier->sent);
	courier->sent = NULL;
	courier->sent_count = 0;
	courier->told_known = false;
	courier->looked_version = -1;
}

__attribute__((format(printf, 2, 3))) static int refuse(
	struct courier *courier, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(courier->state->words, sizeof courier->state->words, format, arguments);
	va_end(arguments);
	return -EPERM;
}

static bool read_hex(uint8_t *ret, size_t length, const char *text)
{
	for (size_t i = 0; i < length; i++)
		if (sscanf(text + 2 * i, "%2hhx", &ret[i]) != 1)
			return false;
	return text[2 * length] == '\0';
}

/* How far the hub holds the log; 0 taps when it does not know it. */
static int ask_how_far(struct courier *courier, struct log_head *ret)
{
	const char *const parameters[] = { ret->log_id };
	PGresult *rows;
	const int r = hub_run(courier->hub,
		"SELECT seq, encode(chain, 'hex') FROM incheckpaal.tap WHERE log_id = $1"
		" ORDER BY seq DESC LIMIT 1",
		1, parameters, &rows);
	if (r < 0)
		return r;
	ret->count = 0;
	memset(ret->head, 0, sizeof ret->head);
	bool sound = true;
	if (PQntuples(rows) == 1) {
		ret->count = strtoll(PQgetvalue(rows, 0, 0), NULL, 10);
		sound = read_hex(ret->head, sizeof ret->head, PQgetvalue(rows, 0, 1));
	}
	PQclear(rows);
	return sound ? 0 : -EIO;
}

/* Only where the hub's last tap of the log is our own may it go on. */
static int check_chain(struct courier *courier, const struct log_head *at_hub, int64_t last_seq)
{
	uint8_t own[CHAIN_BYTES];
	if (at_hub->count > last_seq)
		return refuse(courier,
			"the hub holds %" PRId64 " taps of log %s, this kiosk only %" PRId64
			"; nothing was sent",
			at_hub->count, at_hub->log_id, last_seq);
	const int r = replica_chain(courier->store, at_hub->log_id, at_hub->count, own);
	if (r < 0)
		return r;
	if (memcmp(own, at_hub->head, sizeof own) == 0)
		return 0;
	return refuse(courier,
		"the hub holds another tap %" PRId64 " of log %s than this kiosk; nothing was sent",
		at_hub->count, at_hub->log_id);
}

static int find_sent(struct courier *courier, const struct log_head *log, struct log_head **ret)
{
	for (size_t i = 0; i < courier->sent_count; i++)
		if (strcmp(courier->sent[i].log_id, log->log_id) == 0) {
			*ret = &courier->sent[i];
			return 0;
		}
	struct log_head at_hub = *log;
	int r = ask_how_far(courier, &at_hub);
	if (r == 0)
		r = check_chain(courier, &at_hub, log->count);
	if (r < 0)
		return r;
	struct log_head *grown = realloc(courier->sent, (courier->sent_count + 1) * sizeof *grown);
	if (!grown)
		return -ENOMEM;
	courier->sent = grown;
	*ret = &grown[courier->sent_count++];
	**ret = at_hub;
	return 0;
}

static int put_tap(void *context, const struct copy_line *line)
{
	struct courier *courier = context;
	return hub_copy_line(courier->hub, line);
}

/* A page of taps in one COPY, which is one transaction: all of it is there, or nothing. */
static int send_page(struct courier *courier, struct log_head *sent)
{
	struct log_head head = *sent;
	int r = hub_copy_begin(courier->hub, COPY_TAPS);
	if (r < 0)
		return r;
	int read = replica_taps(courier->store, courier->key, &head, put_tap, courier);
	if (read == -EUCLEAN)
		refuse(courier, "tap %" PRId64 " of log %s does not hold: see incheckpaal verify",
			head.count + 1, head.log_id);
	r = hub_copy_end(courier->hub, read < 0 ? read : 0);
	if (r == 0)
		*sent = head;
	return r < 0 ? r : read;
}

static int send_log(struct courier *courier, const struct log_head *log)
{
	struct log_head *sent;
	int r = find_sent(courier, log, &sent);
	if (r < 0)
		return r;
	r = sent->count < log->count;
	while (r > 0)
		r = send_page(courier, sent);
	if (log->own) {
		memcpy(courier->own, sent->log_id, sizeof courier->own);
		courier->own_sent = sent->count;
	}
	return r;
}

struct heads {
	struct log_head *list;
	size_t count;
};

static int keep_head(void *context, const struct log_head *log)
{
	struct heads *heads = context;
	struct log_head *grown = realloc(heads->list, (heads->count + 1) * sizeof *grown);
	if (!grown)
		return -ENOMEM;
	heads->list = grown;
	grown[heads->count++] = *log;
	return 0;
}

/* Our own log first: it is the one nobody else can send. */
static int send_logs(struct courier *courier)
{
	struct heads heads = { NULL, 0 };
	int r = tap_log_heads(courier->store, keep_head, &heads);
	for (int own = 1; own >= 0; own--)
		for (size_t i = 0; i < heads.count && r == 0; i++)
			if (heads.list[i].own == (own == 1))
				r = send_log(courier, &heads.list[i]);
	free(heads.list);
	return r;
}

static int read_told(struct courier *courier, PGresult *rows)
{
	for (int row = 0; row < PQntuples(rows); row++) {
		const long bucket = strtol(PQgetvalue(rows, row, 1), NULL, 10);
		for (int sheet = 0; sheet < REPLICA_SHEETS; sheet++)
			if (strcmp(replica_sheet_name(sheet), PQgetvalue(rows, row, 0)) == 0 &&
				bucket >= 0 && bucket < REPLICA_BUCKETS &&
				!read_hex(courier->told[sheet][bucket], DIGEST_BYTES,
					PQgetvalue(rows, row, 2)))
				return -EIO;
	}
	return 0;
}

static int ask_what_was_told(struct courier *courier)
{
	const char *const parameters[] = { store_log_id(courier->store) };
	PGresult *rows;
	if (courier->told_known)
		return 0;
	memset(courier->told, 0, sizeof courier->told);
	int r = hub_run(courier->hub,
		"SELECT sheet, bucket, encode(digest, 'hex') FROM incheckpaal.told"
		" WHERE told_by = $1",
		1, parameters, &rows);
	if (r < 0)
		return r;
	r = read_told(courier, rows);
	PQclear(rows);
	courier->told_known = r == 0;
	return r;
}

static int add_to_digest(void *context, int bucket, const struct copy_line *line)
{
	struct courier *courier = context;
	uint8_t *at = courier->now[bucket];
	seal_chain(at, at, line->text, line->length);
	return 0;
}

static int put_row(void *context, int bucket, const struct copy_line *line)
{
	struct courier *courier = context;
	if (!courier->chosen[bucket])
		return 0;
	add_to_digest(context, bucket, line);
	return hub_copy_line(courier->hub, line);
}

static int read_sheet(struct courier *courier, int sheet,
	int (*take)(void *context, int bucket, const struct copy_line *line))
{
	memset(courier->now, 0, sizeof courier->now);
	return replica_sheet(
		courier->store, courier->key, store_log_id(courier->store), sheet, take, courier);
}

/* Which buckets differ from what was told; @ret_list gets them as an array of PostgreSQL. */
static int choose(struct courier *courier, int sheet, char ret_list[LIST_SIZE])
{
	size_t length = 0;
	int count = 0;
	for (int i = 0; i < REPLICA_BUCKETS; i++) {
		courier->chosen[i] =
			count < BUCKETS_AT_ONCE &&
			memcmp(courier->told[sheet][i], courier->now[i], DIGEST_BYTES) != 0;
		if (courier->chosen[i])
			length += (size_t)snprintf(ret_list + length, LIST_SIZE - length, "%c%d",
				count++ ? ',' : '{', i);
	}
	snprintf(ret_list + length, LIST_SIZE - length, "}");
	return count;
}

static int replace_rows(struct courier *courier, int sheet, const char *list)
{
	const char *const parameters[] = { store_log_id(courier->store), list };
	char statement[160];
	snprintf(statement, sizeof statement,
		"DELETE FROM incheckpaal.%s WHERE told_by = $1 AND bucket = ANY ($2::integer[])",
		replica_sheet_name(sheet));
	int r = hub_run(courier->hub, statement, 2, parameters, NULL);
	snprintf(statement, sizeof statement, "COPY incheckpaal.%s FROM STDIN",
		replica_sheet_name(sheet));
	if (r == 0)
		r = hub_copy_begin(courier->hub, statement);
	return r == 0 ? hub_copy_end(courier->hub, read_sheet(courier, sheet, put_row)) : r;
}

static int note_told(struct courier *courier, int sheet)
{
	struct copy_line line;
	const char *log_id = store_log_id(courier->store);
	int r = hub_copy_begin(courier->hub, "COPY incheckpaal.told FROM STDIN");
	for (int i = 0; i < REPLICA_BUCKETS && r == 0; i++) {
		if (!courier->chosen[i])
			continue;
		copy_line_begin(&line);
		copy_line_text(&line, log_id);
		copy_line_text(&line, replica_sheet_name(sheet));
		copy_line_number(&line, i);
		copy_line_bytes(&line, courier->now[i], DIGEST_BYTES);
		copy_line_end(&line);
		r = hub_copy_line(courier->hub, &line);
	}
	return r < 0 ? r : hub_copy_end(courier->hub, 0);
}

/* The chosen buckets, and that they were told, in one transaction. */
static int tell(struct courier *courier, int sheet, const char *list)
{
	const char *const parameters[] = { store_log_id(courier->store), replica_sheet_name(sheet),
		list };
	int r = hub_run(courier->hub, "BEGIN", 0, NULL, NULL);
	if (r == 0)
		r = replace_rows(courier, sheet, list);
	if (r == 0)
		r = hub_run(courier->hub,
			"DELETE FROM incheckpaal.told WHERE told_by = $1 AND sheet = $2"
			" AND bucket = ANY ($3::integer[])",
			3, parameters, NULL);
	if (r == 0)
		r = note_told(courier, sheet);
	if (r == 0)
		r = hub_run(courier->hub, "COMMIT", 0, NULL, NULL);
	for (int i = 0; i < REPLICA_BUCKETS && r == 0; i++)
		if (courier->chosen[i])
			memcpy(courier->told[sheet][i], courier->now[i], DIGEST_BYTES);
	return r;
}

static int tell_sheet(struct courier *courier, int sheet)
{
	char list[LIST_SIZE];
	for (;;) {
		const int64_t begun_ns = clock_mono_ns();
		int r = read_sheet(courier, sheet, add_to_digest);
		if (r == 0 && choose(courier, sheet, list) == 0) {
			courier->look_ns += clock_mono_ns() - begun_ns;
			return 0;
		}
		if (r == 0)
			r = tell(courier, sheet, list);
		if (r < 0)
			return r;
	}
}

static int tell_sheets(struct courier *courier)
{
	int r = ask_what_was_told(courier);
	for (int sheet = 0; sheet < REPLICA_SHEETS && r == 0; sheet++)
		r = tell_sheet(courier, sheet);
	return r;
}

/* Looking takes as long as there are people, so it is done the less often the longer it takes. */
static int look_at_sheets(struct courier *courier, int64_t *ret_again_ms)
{
	const int64_t version = store_data_version(courier->store);
	*ret_again_ms = courier->look_again_ms;
	if (version == courier->looked_version)
		return 0;
	if (courier->told_known && clock_mono_ns() / 1000000 < courier->look_again_ms)
		return 1;
	courier->look_ns = 0;
	const int r = tell_sheets(courier);
	courier->look_again_ms =
		clock_mono_ns() / 1000000 + LOOK_PAUSE_MS + courier->look_ns / 1000 / LOOK_PERMILLE;
	if (r == 0)
		courier->looked_version = version;
	return r;
}

static int keep_own(void *context, const struct log_head *log)
{
	if (log->own)
		*(int64_t *)context = log->count;
	return 0;
}

int64_t courier_waiting(const struct courier *courier, struct store *store)
{
	int64_t last;
	if (strcmp(courier->own, store_log_id(store)) != 0 ||
		tap_log_heads(store, keep_own, &last) < 0)
		return -1;
	return last - courier->own_sent;
}

int courier_round(struct courier *courier, struct store *store, struct sync_state *state,
	int64_t *ret_again_ms)
{
	courier->store = store;
	courier->state = state;
	state->words[0] = '\0';
	int r = send_logs(courier);
	if (r == 0)
		r = look_at_sheets(courier, ret_again_ms);
	if (r < 0 && !state->words[0])
		utf8_clip(state->words, sizeof state->words,
			hub_words(courier->hub)[0] ? hub_words(courier->hub) : strerror(-r));
	return r;
}
