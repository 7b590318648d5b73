#include "sync/courier.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "store/replica.h"
#include "sync/herald.h"

#define COPY_TAPS                                                                                \
	"COPY incheckpaal.tap (log_id, seq, id, bearer, known, boot_id, mono_ms, wall_ms,"       \
	" grade, utc_offset_min, technology, verdict, direction, counts, kiosk, event, session," \
	" note, chain) FROM STDIN"

struct courier {
	struct hub *hub;
	const struct venue_key *key;
	struct store *store; /* of this round */
	struct sync_state *state;
	char own[ID_TEXT_SIZE]; /* the log that is ours, */
	int64_t own_sent;       /* and how far the hub held it when it last said so */
	struct log_head *sent;  /* as far as the hub holds each log */
	size_t sent_count;
	struct herald *herald;
};

int courier_create(struct courier **ret, struct hub *hub, const struct venue_key *key)
{
	struct courier *courier = calloc(1, sizeof *courier);
	if (!courier)
		return -ENOMEM;
	courier->hub = hub;
	courier->key = key;
	const int r = herald_create(&courier->herald, hub, key);
	if (r < 0) {
		free(courier);
		return r;
	}
	*ret = courier;
	return 0;
}

void courier_destroy(struct courier *courier)
{
	if (!courier)
		return;
	herald_destroy(courier->herald);
	free(courier->sent);
	free(courier);
}

void courier_forget(struct courier *courier)
{
	free(courier->sent);
	courier->sent = NULL;
	courier->sent_count = 0;
	herald_forget(courier->herald);
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

/* How far the hub holds the log, the chain sealed; 0 taps when it does not know it. */
static int ask_how_far(
	struct courier *courier, struct log_head *ret, uint8_t ret_sealed[CHAIN_BYTES])
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
	bool sound = true;
	if (PQntuples(rows) == 1) {
		ret->count = strtoll(PQgetvalue(rows, 0, 0), NULL, 10);
		sound = hub_read_bytes(rows, 0, 1, ret_sealed, CHAIN_BYTES);
	}
	PQclear(rows);
	return sound ? 0 : -EIO;
}

/* Only where the hub's last tap of the log is our own may it go on; @at_hub gets the chain there.
 */
static int check_chain(struct courier *courier, struct log_head *at_hub,
	const uint8_t sealed[CHAIN_BYTES], int64_t last_seq)
{
	uint8_t own[CHAIN_BYTES];
	if (at_hub->count > last_seq)
		return refuse(courier,
			"the hub holds %" PRId64 " taps of log %s, this kiosk only %" PRId64
			"; nothing was sent",
			at_hub->count, at_hub->log_id, last_seq);
	const int r = replica_chain(courier->store, at_hub->log_id, at_hub->count, at_hub->head);
	if (r < 0 || at_hub->count == 0)
		return r;
	seal_digest(own, courier->key, at_hub->head);
	if (memcmp(own, sealed, sizeof own) == 0)
		return 0;
	return refuse(courier,
		"the hub holds another tap %" PRId64 " of log %s than this kiosk; nothing was sent",
		at_hub->count, at_hub->log_id);
}

static int keep_sent(struct courier *courier, const struct log_head *at_hub, struct log_head **ret)
{
	struct log_head *grown = realloc(courier->sent, (courier->sent_count + 1) * sizeof *grown);
	if (!grown)
		return -ENOMEM;
	courier->sent = grown;
	*ret = &grown[courier->sent_count++];
	**ret = *at_hub;
	return 0;
}

/* @ret NULL: nothing is to be sent, for another kiosk sends its own log, and is ahead of what was
 * merged here. */
static int find_sent(struct courier *courier, const struct log_head *log, struct log_head **ret)
{
	struct log_head at_hub = *log;
	uint8_t sealed[CHAIN_BYTES];
	*ret = NULL;
	for (size_t i = 0; i < courier->sent_count; i++)
		if (strcmp(courier->sent[i].log_id, log->log_id) == 0) {
			*ret = &courier->sent[i];
			return 0;
		}
	int r = ask_how_far(courier, &at_hub, sealed);
	if (r < 0 || (!log->own && at_hub.count > log->count))
		return r;
	r = check_chain(courier, &at_hub, sealed, log->count);
	return r < 0 ? r : keep_sent(courier, &at_hub, ret);
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
	if (r < 0 || !sent)
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
		r = herald_round(courier->herald, store, ret_again_ms);
	if (r < 0 && !state->words[0])
		utf8_clip(state->words, sizeof state->words,
			hub_words(courier->hub)[0] ? hub_words(courier->hub) : strerror(-r));
	return r;
}
