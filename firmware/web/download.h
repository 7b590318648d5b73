/**
 * Files that are handed out, signed. The attendance log is a stream in every format, with its
 * signature or without: read in pages of short reads on the loop's thread, so that no reader pins
 * the WAL and memory stays bounded, whatever the length of the log. A list of people is made first,
 * in an unnamed file of the data directory, on LANE_LONG.
 */
#ifndef WEB_DOWNLOAD_H
#define WEB_DOWNLOAD_H

#include "exchange/attendance_out.h"
#include "store/download.h"
#include "store/tap_log.h"
#include "web/response.h"

#define SHA256_HEADER "X-Content-SHA256" /* of a stream: in its trailer */

struct download {
	bool people;                     /* the list of attendees, not the log */
	struct attendance_filter filter; /* its texts are copied */
	enum attendance_format format;
	bool zip; /* together with its signature */
	char filename[DOWNLOAD_FILE_SIZE];
	const char *reason; /* copied */
};

/* Answers with it; people on LANE_LONG, the log on the loop's thread. 0 or -errno. */
int download_respond(
	struct request *request, struct response *response, const struct download *download);

const char *download_extension(enum attendance_format format); /* "csv", "json", "xlsx" */
const char *download_media_type(enum attendance_format format);

/* page_audit.c: the log of who did what, for whoever may have it. */
struct audit_filter;
int audit_file(struct request *request, struct response *response,
	const struct audit_filter *filter, enum attendance_format format);

#endif
