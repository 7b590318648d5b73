#include "store/journal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "store/counter.h"
#include "store/store_private.h"

#define OPENING "incheckpaal taps 1 "
#define PREFIX "taps-"
#define ENDING ".journal"
#define PAGE_ROWS 256
#define RECORD_MAX (CANONICAL_TAP_MAX + CHAIN_BYTES + 8)

struct journal {
	FILE *file;
	char path[JOURNAL_PATH_SIZE];
	int64_t last_seq;
	uint8_t head[CHAIN_BYTES];
};

struct entry {
	struct tap_record record;
	struct tap_stamp stamp;
	uint8_t chain[CHAIN_BYTES];
};

static uint32_t read_length(const uint8_t bytes[4])
{
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

/* The next record when it is whole and follows @before: 1, 0 at the end, -EUCLEAN. */
static int read_entry(FILE *file, const struct entry *before, struct entry *ret)
{
	uint8_t first[4], last[4], canonical[CANONICAL_TAP_MAX], head[CHAIN_BYTES];
	const size_t got = fread(first, 1, sizeof first, file);
	const uint32_t length = read_length(first);
	if (got == 0)
		return 0;
	if (got < sizeof first || length > sizeof canonical ||
		fread(canonical, 1, length, file) != length ||
		fread(ret->chain, 1, CHAIN_BYTES, file) != CHAIN_BYTES ||
		fread(last, 1, sizeof last, file) != sizeof last || read_length(last) != length)
		return -EUCLEAN;
	seal_chain(head, before->chain, canonical, length);
	if (memcmp(head, ret->chain, CHAIN_BYTES) != 0 ||
		!tap_from_canonical(canonical, length, &ret->record, &ret->stamp) ||
		ret->stamp.seq != before->stamp.seq + 1)
		return -EUCLEAN;
	return 1;
}

static bool read_opening(FILE *file, char ret_log[ID_TEXT_SIZE])
{
	char line[sizeof OPENING + ID_TEXT_SIZE] = "";
	static const size_t mark = sizeof OPENING - 1;
	if (!fgets(line, sizeof line, file) || strlen(line) != mark + ID_TEXT_SIZE ||
		memcmp(line, OPENING, mark) != 0)
		return false;
	memcpy(ret_log, line + mark, ID_TEXT_SIZE - 1);
	ret_log[ID_TEXT_SIZE - 1] = '\0';
	return true;
}

/* Walks to the end and knows it then. -EUCLEAN when the file is damaged before its last record. */
static int find_end(struct journal *journal, const char *log_id)
{
	char found[ID_TEXT_SIZE];
	struct entry before = { .stamp.seq = 0 }, entry;
	rewind(journal->file);
	if (!read_opening(journal->file, found) || strcmp(found, log_id) != 0)
		return -EUCLEAN;
	long end = ftell(journal->file);
	int r;
	while ((r = read_entry(journal->file, &before, &entry)) == 1) {
		before = entry;
		end = ftell(journal->file);
	}
	if (r < 0) {
		fseek(journal->file, 0, SEEK_END);
		if (ftell(journal->file) - end > RECORD_MAX ||
			ftruncate(fileno(journal->file), end) < 0)
			return -EUCLEAN;
	}
	fseek(journal->file, end, SEEK_SET);
	journal->last_seq = before.stamp.seq;
	memcpy(journal->head, before.chain, CHAIN_BYTES);
	return 0;
}

static int begin(struct journal *journal, const char *log_id)
{
	journal->last_seq = 0;
	memset(journal->head, 0, CHAIN_BYTES);
	journal->file = fopen(journal->path, "w+e");
	if (!journal->file)
		return -errno;
	return fprintf(journal->file, OPENING "%s\n", log_id) < 0 ? -EIO : 0;
}

/* Is what the journal ends with what the log says? A file put there from elsewhere is not ours. */
static int compare(struct journal *journal, struct store *store)
{
	const struct log_entry own = { .number = 0 };
	uint8_t chain[CHAIN_BYTES];
	if (journal->last_seq == 0)
		return 0;
	const int r = log_chain_at(store, &own, journal->last_seq, chain);
	if (r == 0)
		return memcmp(chain, journal->head, CHAIN_BYTES) == 0 ? 0 : -EUCLEAN;
	return r == -ENOENT ? -EUCLEAN : r;
}

static int open_or_begin(struct journal *journal, struct store *store)
{
	char aside[JOURNAL_PATH_SIZE + 32];
	journal->file = fopen(journal->path, "r+e");
	if (!journal->file)
		return errno == ENOENT ? begin(journal, store_log_id(store)) : -errno;
	int r = find_end(journal, store_log_id(store));
	if (r == 0)
		r = compare(journal, store);
	if (r != -EUCLEAN)
		return r;
	fclose(journal->file);
	journal->file = NULL;
	snprintf(aside, sizeof aside, "%s.damaged-%lld", journal->path,
		(long long)clock_wall_ms() / 1000);
	r = file_move(journal->path, aside);
	return r == 0 ? begin(journal, store_log_id(store)) : r;
}

int journal_open(struct journal **ret, const char *directory, struct store *store)
{
	struct journal *journal = calloc(1, sizeof *journal);
	if (!journal)
		return -ENOMEM;
	int r = access(directory, W_OK) < 0 ? -errno : 0;
	if ((size_t)snprintf(journal->path, sizeof journal->path, "%s/" PREFIX "%s" ENDING,
		    directory, store_log_id(store)) >= sizeof journal->path)
		r = -ENAMETOOLONG;
	if (r == 0)
		r = open_or_begin(journal, store);
	if (r < 0) {
		journal_close(journal);
		return r;
	}
	*ret = journal;
	return 0;
}

void journal_close(struct journal *journal)
{
	if (!journal)
		return;
	if (journal->file)
		fclose(journal->file);
	free(journal);
}

int64_t journal_last_seq(const struct journal *journal)
{
	return journal->last_seq;
}

static bool write_entry(FILE *file, const struct entry *entry)
{
	uint8_t canonical[CANONICAL_TAP_MAX];
	const size_t length = tap_canonical(&entry->record, &entry->stamp, canonical);
	const uint8_t mark[4] = { (uint8_t)length, (uint8_t)(length >> 8), (uint8_t)(length >> 16),
		(uint8_t)(length >> 24) };
	return fwrite(mark, 1, 4, file) == 4 && fwrite(canonical, 1, length, file) == length &&
	       fwrite(entry->chain, 1, CHAIN_BYTES, file) == CHAIN_BYTES &&
	       fwrite(mark, 1, 4, file) == 4;
}

/* One short read; how many it appended. */
static int append_page(struct journal *journal, struct store *store)
{
	sqlite3_stmt *row = statement_use(store, ST_TAP_EACH_CHAIN);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, journal->last_seq);
	sqlite3_bind_int(row, 2, PAGE_ROWS);
	sqlite3_bind_int64(row, 3, 0);
	sqlite3_bind_int64(row, 4, INT64_MAX);
	int count = 0, r;
	while ((r = statement_step(store, row)) == 1) {
		struct entry entry;
		if (!tap_of_row(row, &entry.record, &entry.stamp)) {
			r = -EUCLEAN;
			break;
		}
		memcpy(entry.chain, sqlite3_column_blob(row, 16), CHAIN_BYTES);
		if (!write_entry(journal->file, &entry)) {
			r = -EIO;
			break;
		}
		journal->last_seq = entry.stamp.seq;
		count++;
	}
	sqlite3_reset(row);
	return r < 0 ? r : count;
}

int64_t journal_catch_up(struct journal *journal, struct store *store)
{
	int64_t appended = 0;
	int count;
	while ((count = append_page(journal, store)) > 0)
		appended += count;
	if (count == 0 && appended > 0 &&
		(fflush(journal->file) != 0 || fdatasync(fileno(journal->file)) < 0))
		count = -EIO;
	return count < 0 ? count : appended;
}

struct taking {
	struct store *store;
	struct log_entry log; /* number 0: not known yet */
	int64_t taken;
};

static int find_log(struct taking *taking, const char *log_id)
{
	struct log_entry *list;
	size_t count;
	const int r = log_list(taking->store, &list, &count);
	if (r < 0)
		return r;
	memset(&taking->log, 0, sizeof taking->log);
	memcpy(taking->log.log_id, log_id, sizeof taking->log.log_id);
	bool own = false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].log_id, log_id) == 0) {
			taking->log = list[i];
			own = list[i].number == 0;
		}
	free(list);
	return own ? -EEXIST : 0;
}

static int put_entry(struct taking *taking, const struct entry *entry)
{
	int r = 0;
	if (taking->log.number == 0)
		r = peer_log_number(taking->store, taking->log.log_id, entry->record.at.wall_ms,
			&taking->log.number);
	if (r == 0)
		r = peer_tap_put(taking->store, taking->log.number, &entry->record, &entry->stamp,
			entry->chain);
	taking->taken += r == 0;
	return r;
}

/* A tap we have must be the one the journal has; one we lack comes in. */
static int take_entry(struct taking *taking, const struct entry *entry)
{
	uint8_t chain[CHAIN_BYTES];
	if (entry->stamp.seq > taking->log.last_seq)
		return put_entry(taking, entry);
	if (entry->stamp.seq < taking->log.last_seq)
		return 0;
	const int r = log_chain_at(taking->store, &taking->log, entry->stamp.seq, chain);
	return r == 0 && memcmp(chain, entry->chain, CHAIN_BYTES) != 0 ? -ENOTUNIQ : r;
}

static int take_file(struct store *store, FILE *file, int64_t *taken)
{
	struct taking taking = { .store = store };
	struct entry before = { .stamp.seq = 0 }, entry;
	char log_id[ID_TEXT_SIZE];
	if (!read_opening(file, log_id))
		return 0;
	int r = find_log(&taking, log_id);
	if (r < 0)
		return r == -EEXIST ? 0 : r;
	r = store_begin(store);
	while (r == 0 && read_entry(file, &before, &entry) == 1) {
		r = take_entry(&taking, &entry);
		before = entry;
	}
	if (r == 0 && taking.taken > 0)
		r = peer_log_show(store, log_id, before.stamp.seq);
	if (r == 0 && taking.taken > 0)
		r = counter_rebuild(store);
	if (r == 0)
		r = store_commit(store);
	if (r < 0) {
		store_rollback(store);
		return r == -ENOTUNIQ ? 0 : r;
	}
	*taken += taking.taken;
	return 0;
}

static bool is_journal(const char *name)
{
	const size_t length = strlen(name), ending = sizeof ENDING - 1;
	return strncmp(name, PREFIX, sizeof PREFIX - 1) == 0 && length >= ending &&
	       strcmp(name + length - ending, ENDING) == 0;
}

bool journal_exists(const char *directory)
{
	DIR *open = directory[0] ? opendir(directory) : NULL;
	bool found = false;
	for (const struct dirent *entry; open && !found && (entry = readdir(open));)
		found = is_journal(entry->d_name);
	if (open)
		closedir(open);
	return found;
}

int64_t journal_take_in(struct store *store, const char *directory)
{
	DIR *open = opendir(directory);
	int64_t taken = 0;
	int r = 0;
	if (!open)
		return errno == ENOENT ? 0 : -errno;
	for (const struct dirent *entry; r == 0 && (entry = readdir(open));) {
		char path[JOURNAL_PATH_SIZE];
		if (!is_journal(entry->d_name) || (size_t)snprintf(path, sizeof path, "%s/%s",
							  directory, entry->d_name) >= sizeof path)
			continue;
		FILE *file = fopen(path, "re");
		if (file) {
			r = take_file(store, file, &taken);
			fclose(file);
		}
	}
	closedir(open);
	return r < 0 ? r : taken;
}
