/**
 * What ui/organiser/pages.sh makes of the templates, the page's words and the files served as they
 * are: read-only tables, compiled into the program. For template.c and whoever serves assets.
 */
#ifndef WEB_TEMPLATE_TABLE_H
#define WEB_TEMPLATE_TABLE_H

#include <stddef.h>

enum template_op {
	STEP_TEXT,       /* @text as it is */
	STEP_VALUE,      /* the value at @path */
	STEP_SECTION,    /* until its END: once, per item, or not; with @text: when equal to it */
	STEP_UNLESS,     /* the contrary */
	STEP_END,        /* of the section that began before */
	STEP_PARTIAL,    /* the template called @text */
	STEP_MESSAGE,    /* the words numbered @number, filled by the ARGUMENTs that follow */
	STEP_MESSAGE_OF, /* the words called @text and the value at @path */
	STEP_ARGUMENT,   /* the place @text is the value at @path */
	STEP_STOP
};

enum template_filter {
	FILTER_NONE,
	FILTER_NUMBER,  /* 1.284 and 1,284 */
	FILTER_DECIMAL, /* 1,8 and 1.8 */
	FILTER_PERCENT, /* of a share: 0.153 is 15 % and 15% */
	FILTER_MARK,    /* of whether a time is sure: ± when it is not */
	/* of ISO 8601 times with offset */
	FILTER_CLOCK,   /* 13:42:06 */
	FILTER_TIME,    /* 13:42 */
	FILTER_DATE,    /* 11 juni 2025 */
	FILTER_DAY,     /* woensdag 11 juni 2025 */
	FILTER_WEEKDAY, /* woensdag 11 juni */
	FILTER_WHEN,    /* 11 juni 13:42 */
	FILTER_ISO_DAY  /* 2025-06-11, for a date field */
};

struct template_step {
	enum template_op op;
	const char *text, *path;
	enum template_filter filter;
	unsigned number; /* of the message, or of the step that ends the section */
};

struct web_template {
	const char *name;
	const struct template_step *steps;
};
struct web_word {
	const char *key;
	/* By enum language, for one and for more; HTML of our own. NULL: the first, for any number.
	 */
	const char *text[2][2];
};
/* A file of ui/organiser that is served as it is. */
struct web_asset {
	const char *name, *type, *etag; /* @etag with its quotes */
	const unsigned char *bytes;
	size_t length;
	const unsigned char *gzip;
	size_t gzip_length;
};

struct template_set {
	const struct web_template *templates;
	size_t template_count;
	const struct web_word *words; /* by key */
	size_t word_count;
	const struct web_asset *assets;
	size_t asset_count;
};
extern const struct template_set organiser_pages;

#endif
