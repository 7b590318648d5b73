#include "web/limits.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

#define TRIES 5
#define REGAIN_MS 30000 /* a try comes back */
#define ROWS 512
#define BROWSERS 64

struct row {
	uint8_t who[SECRET_DIGEST_BYTES];
	int64_t used_ms, credit_ms; /* of tries: TRIES * REGAIN_MS when full */
};

struct limits {
	pthread_mutex_t lock;
	struct row rows[ROWS];
	uint8_t browsers[BROWSERS][SECRET_DIGEST_BYTES]; /* that signed in */
	size_t next_browser;
};

struct limits *limits_create(void)
{
	struct limits *limits = calloc(1, sizeof *limits);
	if (limits && pthread_mutex_init(&limits->lock, NULL) != 0) {
		free(limits);
		return NULL;
	}
	return limits;
}

void limits_destroy(struct limits *limits)
{
	if (!limits)
		return;
	pthread_mutex_destroy(&limits->lock);
	free(limits);
}

static bool is_known(const struct limits *limits, const uint8_t digest[SECRET_DIGEST_BYTES])
{
	for (size_t i = 0; i < BROWSERS; i++)
		if (memcmp(limits->browsers[i], digest, SECRET_DIGEST_BYTES) == 0)
			return true;
	return false;
}

static void name_of(const struct limits *limits, enum trial trial, const char *address,
	const char *browser, uint8_t ret[SECRET_DIGEST_BYTES])
{
	uint8_t digest[SECRET_DIGEST_BYTES];
	secret_digest(digest, "browser", browser);
	secret_digest(ret, trial == TRIAL_CODE ? "code" : "password",
		is_known(limits, digest) ? browser : address);
}

/* The row of @who; a new one takes the place of the one that was used longest ago. */
static struct row *find(
	struct limits *limits, const uint8_t who[SECRET_DIGEST_BYTES], int64_t at_ms)
{
	struct row *oldest = &limits->rows[0];
	for (size_t i = 0; i < ROWS; i++) {
		struct row *row = &limits->rows[i];
		if (row->used_ms && memcmp(row->who, who, SECRET_DIGEST_BYTES) == 0)
			return row;
		if (row->used_ms < oldest->used_ms)
			oldest = row;
	}
	memcpy(oldest->who, who, SECRET_DIGEST_BYTES);
	oldest->credit_ms = (int64_t)TRIES * REGAIN_MS;
	oldest->used_ms = at_ms;
	return oldest;
}

static int take(struct row *row, int64_t at_ms)
{
	row->credit_ms += at_ms - row->used_ms;
	row->used_ms = at_ms;
	if (row->credit_ms > (int64_t)TRIES * REGAIN_MS)
		row->credit_ms = (int64_t)TRIES * REGAIN_MS;
	if (row->credit_ms < REGAIN_MS)
		return -(int)((REGAIN_MS - row->credit_ms + 999) / 1000);
	row->credit_ms -= REGAIN_MS;
	return (int)(row->credit_ms / REGAIN_MS);
}

int limits_take(struct limits *limits, enum trial trial, const char *address, const char *browser,
	int64_t at_ms)
{
	uint8_t who[SECRET_DIGEST_BYTES];
	pthread_mutex_lock(&limits->lock);
	name_of(limits, trial, address, browser, who);
	const int left = take(find(limits, who, at_ms), at_ms);
	pthread_mutex_unlock(&limits->lock);
	return left;
}

void limits_give_back(
	struct limits *limits, enum trial trial, const char *address, const char *browser)
{
	uint8_t who[SECRET_DIGEST_BYTES];
	pthread_mutex_lock(&limits->lock);
	name_of(limits, trial, address, browser, who);
	for (size_t i = 0; i < ROWS; i++)
		if (limits->rows[i].used_ms && memcmp(limits->rows[i].who, who, sizeof who) == 0)
			limits->rows[i].credit_ms += REGAIN_MS;
	pthread_mutex_unlock(&limits->lock);
}

bool limits_is_known(struct limits *limits, const char *browser)
{
	uint8_t digest[SECRET_DIGEST_BYTES];
	secret_digest(digest, "browser", browser);
	pthread_mutex_lock(&limits->lock);
	const bool known = is_known(limits, digest);
	pthread_mutex_unlock(&limits->lock);
	return known;
}

void limits_known(struct limits *limits, enum trial trial, const char *address, const char *browser)
{
	uint8_t digest[SECRET_DIGEST_BYTES], who[SECRET_DIGEST_BYTES];
	pthread_mutex_lock(&limits->lock);
	secret_digest(who, trial == TRIAL_CODE ? "code" : "password", address);
	for (size_t i = 0; i < ROWS; i++)
		if (memcmp(limits->rows[i].who, who, sizeof who) == 0)
			limits->rows[i].used_ms = 0;
	secret_digest(digest, "browser", browser);
	memcpy(limits->browsers[limits->next_browser], digest, sizeof digest);
	limits->next_browser = (limits->next_browser + 1) % BROWSERS;
	pthread_mutex_unlock(&limits->lock);
}
