#include "store/merge.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/chunk.h"
#include "store/copy.h"
#include "store/counter.h"
#include "store/import_before.h"
#include "store/import_lock.h"
#include "store/merge_private.h"
#include "store/peer.h"
#include "store/privacy.h"

struct merge {
	struct store *store;
	struct store *other; /* the scratch copy; closed before it is attached */
	int scratch_fd;      /* locked, so that backup_sweep leaves it alone */
	struct log_entry *theirs, *ours;
	size_t their_count, our_count;
	struct merge_report *report;
};

static int refuse(struct merge *merge, int trouble, const char *en, const char *nl, ...)
	__attribute__((format(printf, 3, 5), format(printf, 4, 5)));
static int refuse(struct merge *merge, int trouble, const char *en, const char *nl, ...)
{
	va_list arguments;
	va_start(arguments, nl);
	said_list(&merge->report->why, en, nl, arguments);
	va_end(arguments);
	return trouble;
}

static int open_copy(struct merge *merge, const char *path, const char *scratch)
{
	char words[256];
	int r = store_copy(path, scratch, NULL, NULL, words, sizeof words);
	if (r == 0) {
		merge->scratch_fd = open(scratch, O_RDONLY | O_CLOEXEC);
		flock(merge->scratch_fd, LOCK_EX | LOCK_NB);
		r = store_open(&merge->other, scratch, STORE_WRITE);
	}
	if (r < 0)
		copy_trouble_say(&merge->report->why, r, words);
	return r;
}

static int check_venue(struct merge *merge)
{
	const char *ours = store_venue(merge->store), *theirs = store_venue(merge->other);
	if (!ours[0])
		return refuse(merge, -EKEYREJECTED,
			"our own log does not say which venue it is of; run \"incheckpaal init\" "
			"here",
			"in ons eigen logboek staat niet van welke locatie het is; voer hier "
			"\"incheckpaal init\" uit");
	if (!theirs[0])
		return refuse(merge, -EKEYREJECTED,
			"it does not say which venue it is of; run \"incheckpaal init\" there",
			"er staat niet in van welke locatie het is; voer daar \"incheckpaal init\" "
			"uit");
	const int r = strcmp(ours, theirs) == 0 ? 0 : -EKEYREJECTED;
	if (r < 0)
		copy_trouble_say(&merge->report->why, r, "");
	return r;
}

static int check_chains(struct merge *merge)
{
	struct chain_fault fault = { .seq = 0 };
	const int r = tap_log_verify(merge->other, NULL, NULL, &fault);
	if (r == -EUCLEAN && fault.seq)
		chain_fault_say(&merge->report->why, &fault);
	else if (r < 0)
		refuse(merge, r, "%s", "%s", store_words(merge->other));
	return r;
}

static const struct log_entry *our_entry(const struct merge *merge, const char *log_id)
{
	for (size_t i = 0; i < merge->our_count; i++)
		if (strcmp(merge->ours[i].log_id, log_id) == 0)
			return &merge->ours[i];
	return NULL;
}

/* One equal hash says that everything before it is equal too. */
static int check_overlap(
	struct merge *merge, const struct log_entry *ours, const struct log_entry *theirs)
{
	const int64_t seq = ours->last_seq < theirs->last_seq ? ours->last_seq : theirs->last_seq;
	uint8_t here[CHAIN_BYTES], there[CHAIN_BYTES];
	if (ours->number == 0 && theirs->last_seq > ours->last_seq)
		return refuse(merge, -ENOTUNIQ,
			"it holds taps of this very log that are not here; if this kiosk was set "
			"back, use \"incheckpaal restore\"",
			"er staan tikken van precies dit logboek in die hier ontbreken; is deze "
			"kiosk "
			"teruggezet, gebruik dan \"incheckpaal restore\"");
	if (seq == 0)
		return 0;
	int r = log_chain_at(merge->store, ours, seq, here);
	if (r == 0)
		r = log_chain_at(merge->other, theirs, seq, there);
	if (r == 0 && memcmp(here, there, CHAIN_BYTES) != 0)
		return refuse(merge, -ENOTUNIQ,
			"the two tell different stories about log %s, up to tap %lld",
			"de twee verschillen over logboek %s, tot en met tik %lld", ours->log_id,
			(long long)seq);
	return r;
}

static int compare_logs(struct merge *merge)
{
	int r = log_list(merge->other, &merge->theirs, &merge->their_count);
	if (r == 0)
		r = log_list(merge->store, &merge->ours, &merge->our_count);
	for (size_t i = 0; i < merge->their_count && r == 0; i++) {
		const struct log_entry *ours = our_entry(merge, merge->theirs[i].log_id);
		if (ours)
			r = check_overlap(merge, ours, &merge->theirs[i]);
	}
	return r;
}

/* What a merge that was cut short left, and nobody saw. */
static int drop_unshown(struct merge *merge, int64_t number)
{
	sqlite3_stmt *row = statement_use(merge->store, ST_PEER_TAP_DROP_UNSHOWN);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, number);
	return statement_run(merge->store, row);
}

/* Another kiosk's log on its way in. A tap is seen as soon as it is here: a log that is here in
 * part is what it was when it was that long. */
struct taking {
	struct store *store;
	const struct log_entry *theirs;
	struct log_entry log; /* the same here; last_seq moves on */
};

/* Of a tap whose time became known, whoever took back the first has taken back both. */
static int correct_as_replaced(const struct taking *taking, int64_t seq)
{
	sqlite3_stmt *row = statement_use(taking->store, ST_MERGE_TAP_REPLACES);
	if (!row)
		return -EIO;
	bind_text(row, 1, taking->log.log_id);
	sqlite3_bind_int64(row, 2, taking->log.number);
	sqlite3_bind_int64(row, 3, seq);
	bind_text(row, 4, REASON_CLOCK);
	return statement_run(taking->store, row);
}

static int take_tap(void *context)
{
	struct taking *taking = context;
	if (taking->log.last_seq >= taking->theirs->last_seq)
		return 0;
	sqlite3_stmt *row = statement_use(
		taking->store, taking->theirs->number ? ST_MERGE_PEER_TAPS : ST_MERGE_TAPS);
	if (!row)
		return -EIO;
	const int64_t seq = taking->log.last_seq + 1;
	sqlite3_bind_int64(row, 1, taking->log.number);
	sqlite3_bind_int64(row, 2, taking->theirs->number);
	sqlite3_bind_int64(row, 3, seq);
	int r = statement_run(taking->store, row);
	if (r == 0 && sqlite3_changes(taking->store->db) != 1)
		r = -EUCLEAN;
	if (r == 0)
		r = correct_as_replaced(taking, seq);
	if (r == 0)
		r = peer_log_show(taking->store, taking->log.log_id, seq);
	if (r == 0)
		r = counter_add_peer_tap(taking->store, &taking->log, seq);
	taking->log.last_seq = seq;
	return r < 0 ? r : 1;
}

static int take_log(
	struct merge *merge, const struct log_entry *theirs, const struct log_entry *ours)
{
	struct taking taking = { .store = merge->store, .theirs = theirs, .log = *theirs };
	taking.log.last_seq = ours ? ours->last_seq : 0;
	int r = peer_log_number(merge->store, theirs->log_id, theirs->made_ms, &taking.log.number);
	if (r == 0)
		r = drop_unshown(merge, taking.log.number);
	if (r == 0)
		r = chunk_run(merge->store, take_tap, &taking);
	merge->report->logs += ours ? 0 : 1;
	merge->report->taps += taking.log.last_seq - (ours ? ours->last_seq : 0);
	return r;
}

static int take_taps(struct merge *merge)
{
	int r = 0;
	for (size_t i = 0; i < merge->their_count && r == 0; i++) {
		const struct log_entry *theirs = &merge->theirs[i];
		const struct log_entry *ours = our_entry(merge, theirs->log_id);
		if (!ours || (ours->number != 0 && ours->last_seq < theirs->last_seq))
			r = take_log(merge, theirs, ours);
		/* Its own log, or one that it brings news of. */
		if (r == 0 && !(ours && ours->number == 0) &&
			(theirs->number == 0 || !ours || ours->last_seq < theirs->last_seq))
			r = peer_heard(merge->store, theirs->log_id);
	}
	return r;
}

static int attach(struct merge *merge, const char *scratch)
{
	sqlite3_stmt *row = statement_use(merge->store, ST_ATTACH_OTHER);
	if (!row)
		return -EIO;
	bind_text(row, 1, scratch);
	return statement_run(merge->store, row);
}

static int take_all(struct merge *merge)
{
	struct store *store = merge->store;
	merge->report->begun = true;
	int r = import_before_clear(store, -1);
	if (r == 0)
		r = merge_stamps(store);
	if (r == 0)
		r = merge_anchors(store);
	if (r == 0)
		r = merge_rows(store, merge->report);
	if (r == 0)
		r = merge_sets(store);
	if (r == 0)
		r = merge_corrections(store, &merge->report->corrections);
	if (r == 0)
		r = merge_credits(store);
	if (r == 0)
		r = merge_links(store);
	if (r == 0)
		r = take_taps(merge);
	if (r == 0)
		r = merge_forgotten(store);
	if (r == 0)
		r = merge_notes(store);
	/* Of an import that began meanwhile: what it found is no longer what there is. */
	return r == 0 ? import_before_clear(store, -1) : r;
}

/* A badge that opens the service screen is a right, and no file gives that. */
static int count_organisers(struct merge *merge)
{
	sqlite3_stmt *row = statement_use(merge->store, ST_MERGE_ORGANISERS);
	const int r = statement_step(merge->store, row);
	if (r == 1)
		merge->report->organisers = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

static int take_in(struct merge *merge, const char *scratch,
	void (*differ)(void *context, const struct merge_difference *difference), void *context)
{
	int r = attach(merge, scratch);
	if (r < 0)
		return r;
	r = merge_differences(merge->store, differ, context, &merge->report->differences);
	if (r == 0)
		r = count_organisers(merge);
	if (r == 0)
		r = take_all(merge);
	statement_finish_all(merge->store); /* those that read the other would keep it attached */
	statement_run(merge->store, statement_use(merge->store, ST_DETACH_OTHER));
	return r;
}

static void remove_scratch(const char *scratch)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	char path[4096];
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if ((size_t)snprintf(path, sizeof path, "%s%s", scratch, endings[i]) < sizeof path)
			unlink(path);
}

int store_merge(struct store *store, const char *path, const char *scratch,
	void (*differ)(void *context, const struct merge_difference *difference), void *context,
	struct merge_report *ret)
{
	memset(ret, 0, sizeof *ret);
	struct merge merge = { .store = store, .report = ret, .scratch_fd = -1 };
	int lock_fd = -1;
	int r = open_copy(&merge, path, scratch);
	if (r == 0)
		r = check_venue(&merge);
	if (r == 0)
		r = check_chains(&merge);
	if (r == 0)
		r = compare_logs(&merge);
	if (r == 0)
		r = privacy_blank_as(store, merge.other);
	if (r == 0)
		r = privacy_blank_as(merge.other, store);
	store_close(merge.other);
	if (r == 0)
		r = import_lock(store, &lock_fd);
	if (r == -EALREADY)
		said_set(&ret->why, "another list is being read in or put back",
			"er wordt al een andere lijst ingelezen of teruggezet");
	if (r == 0)
		r = take_in(&merge, scratch, differ, context);
	import_unlock(lock_fd);
	if (r < 0 && !ret->why.words[LANGUAGE_EN][0])
		copy_trouble_say(&ret->why, r, store_words(store));
	free(merge.theirs);
	free(merge.ours);
	remove_scratch(scratch);
	if (merge.scratch_fd >= 0)
		close(merge.scratch_fd);
	return r;
}
