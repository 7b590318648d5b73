/**
 * The attendance log as a stream: read in pages of short reads on the loop's thread, so that no
 * reader pins the WAL and memory stays bounded, whatever the length of the log.
 */
#ifndef WEB_DOWNLOAD_H
#define WEB_DOWNLOAD_H

#include "exchange/attendance_out.h"
#include "store/download.h"
#include "store/tap_log.h"
#include "web/response.h"

struct download {
	struct attendance_filter filter; /* its texts are copied */
	enum attendance_format format;
	bool personal; /* with ids and names */
	char filename[DOWNLOAD_FILE_SIZE];
	const char *reason; /* copied */
};

/* Answers with the stream. 0 or -errno. */
int download_respond(
	struct request *request, struct response *response, const struct download *download);

const char *download_extension(enum attendance_format format); /* "csv", "json" */

#endif
