/**
 * A participation report as pages of rows, in Dutch or English: what the text, the CSV and the
 * workbook have in common. A sink is told of each page and then of its rows; a nonzero return ends
 * it and is returned. Pointers live until the call returns. Any thread.
 */
#ifndef EXCHANGE_PARTICIPATION_BOOK_H
#define EXCHANGE_PARTICIPATION_BOOK_H

#include "core/figures.h"

enum cell_kind {
	CELL_TEXT,
	CELL_NUMBER, /* also FIGURE_WITHHELD */
	CELL_DAY,    /* days since 1970 */
	CELL_MONTH,  /* the day it begins */
	CELL_MINUTES
};

struct cell {
	enum cell_kind kind;
	const char *text;
	int64_t number;
};

enum book_page {
	PAGE_SUMMARY,
	PAGE_CLUSTERS,
	PAGE_ORGANISATIONS,
	PAGE_CROSSOVERS,
	PAGE_EVENTS,
	PAGE_MONTHS,
	PAGE_SESSIONS,
	PAGE_COUNT
};

#define BOOK_COLUMNS_MAX (FIGURES_CLUSTERS_MAX + 8)

struct book_head {
	enum book_page page;
	const char *code, *title; /* "clusters"; "Clusters" */
	const char *columns[BOOK_COLUMNS_MAX];
	size_t column_count;
};

struct book_sink {
	void *context;
	int (*page)(void *context, const struct book_head *head);
	int (*row)(void *context, const struct cell *cells, size_t count);
};

int participation_book(const struct participation *participation, enum language language,
	const struct book_sink *sink);

/* "< 5" for a number that is withheld, else the number. */
#define FIGURE_TEXT_SIZE 24
const char *figure_text(char ret[FIGURE_TEXT_SIZE], int64_t figure, int floor);

/* A cell as people read it: days and months by @language (also "2026-11-24" when @iso), minutes as
 * a number. @ret is as long as the longest text. */
#define CELL_TEXT_SIZE 1024
const char *cell_text(char ret[CELL_TEXT_SIZE], const struct cell *cell, int floor,
	enum language language, bool iso);

#endif
