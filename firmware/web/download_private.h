/** What the log and the list of people have in common: rows, and the signature over what went out.
 */
#ifndef WEB_DOWNLOAD_PRIVATE_H
#define WEB_DOWNLOAD_PRIVATE_H

#include "base/sign.h"
#include "web/download.h"

struct export
{
	struct attendance_out *writer; /* of the log */
	struct sign_hash *hash;        /* of the bytes so far */
	struct sign_key key;
	struct evidence evidence;
	struct download_entry entry;
	struct store *store; /* to write in */
	bool people;
};

/* 0 or -errno; export_finish in any case. @file is what the writer of the log writes to. */
int export_init(struct export *ret, const struct request *request, const struct download *download,
	FILE *file);
void export_finish(struct export *export);

/* Of tap_walk_page. */
int export_line(void *context, const struct attendance_line *line);

/* What a workbook says of itself, on its last sheet. After the last row. */
int export_notes(struct export *export, enum language language);

/* After the last byte: whoever has the file may now ask whether it is genuine. The text of the
 * signature in @ret_minisig, which may be NULL. */
#define SHA256_HEX_SIZE 65
int export_sign(
	struct export *export, char ret_sha256[SHA256_HEX_SIZE], char ret_minisig[MINISIG_SIZE]);

/* As sha256sum prints it. */
void export_write_sha256(char ret[SHA256_HEX_SIZE], const uint8_t sha256[SIGN_SHA256_BYTES]);

/* download_people.c */
int download_respond_people(
	struct request *request, struct response *response, const struct download *download);

#endif
