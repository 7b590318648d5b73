/**
 * What an exported file is signed with: one line that says what it holds, readable by people and by
 * `incheckpaal verify`. Pure.
 */
#ifndef CORE_EVIDENCE_H
#define CORE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVIDENCE_LOGS_MAX 24 /* those beyond are counted, not named */
#define EVIDENCE_ID_SIZE 37
#define EVIDENCE_HEAD_SIZE 65

struct evidence_log {
	char log_id[EVIDENCE_ID_SIZE];
	int64_t taps;
	char head[EVIDENCE_HEAD_SIZE]; /* of its chain, hexadecimal */
};

struct evidence {
	bool whole;             /* every tap of the logs; else a selection */
	int64_t rows;           /* written */
	int64_t from_ms, to_ms; /* the first and the last tap in it; 0 without any */
	size_t log_count;       /* may be more than EVIDENCE_LOGS_MAX */
	struct evidence_log logs[EVIDENCE_LOGS_MAX];
};

/* Counts a row that is about to be written. False, and nothing counted, when its tap came after
 * what is said of its log: it is for the next export. */
bool evidence_count(struct evidence *evidence, const char *log_id, int64_t seq, int64_t wall_ms);

/* Fits in 4096 bytes. Returns its length. */
size_t evidence_write(char *ret, size_t size, const struct evidence *evidence);
/* False when the line is none that evidence_write makes. */
bool evidence_parse(struct evidence *ret, const char *line);

#endif
