/* Is this file one of ours, unchanged? */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/secret.h"
#include "store/download.h"
#include "web/frame.h"
#include "web/routes.h"

int page_download_signature(struct request *request, struct response *response)
{
	static const char ending[] = ".minisig";
	char *minisig, file[DOWNLOAD_FILE_SIZE], name[DOWNLOAD_FILE_SIZE + sizeof ending], *end;
	const int64_t id = strtoll(request->parameters[0], &end, 10);
	if (strcmp(end, ending) != 0)
		return respond_fault(response, 404, "");
	minisig = malloc(MINISIG_SIZE);
	if (!minisig)
		return -ENOMEM;
	const int r = download_minisig(request->stores.read, id, minisig, file);
	if (r < 0) {
		free(minisig);
		return r == -ENOENT ? respond_fault(response, 404, "") : r;
	}
	snprintf(name, sizeof name, "%s%s", file, ending);
	respond_bytes(response, "text/plain; charset=utf-8", minisig, strlen(minisig));
	return respond_as_attachment(response, name);
}

int page_public_key(struct request *request, struct response *response)
{
	struct sign_key key;
	char text[SIGN_PUBLIC_TEXT_SIZE], file[128];
	const int r = sign_key_load(&key, request->site->arguments->data, true);
	if (r < 0)
		return r;
	sign_public_text(&key.public, text);
	secret_forget(&key, sizeof key);
	snprintf(file, sizeof file, "untrusted comment: incheckpaal public key\n%s\n", text);
	return respond_text(response, 200, file);
}

static int hash_upload(const struct upload *upload, uint8_t ret[FILE_DIGEST_BYTES])
{
	uint8_t sha256[SIGN_SHA256_BYTES];
	struct sign_hash *hash = sign_hash_create();
	char *block = malloc(65536);
	off_t at = 0;
	ssize_t got = -1;
	while (hash && block && (got = pread(upload->fd, block, 65536, at)) > 0) {
		sign_hash_add(hash, block, (size_t)got);
		at += got;
	}
	free(block);
	if (got < 0) {
		sign_hash_destroy(hash);
		return -EIO;
	}
	sign_hash_end(hash, ret, sha256);
	return 0;
}

static int take_entry(void *context, const struct download_entry *entry)
{
	json_t *data = context;
	json_t *found = json_pack("{s:b, s:s, s:I, s:o, s:s, s:b, s:s}", "genuine", 1, "file",
		entry->file, "rows", (json_int_t)entry->rows, "time", json_time(entry->wall_ms),
		"who", entry->who, "with", entry->names, "code", entry->code);
	json_object_update(data, found);
	json_decref(found);
	return 0;
}

int page_verify(struct request *request, struct response *response)
{
	uint8_t digest[FILE_DIGEST_BYTES];
	const struct upload *upload = request_upload(request, "vf");
	if (!upload)
		return respond_fault(response, 422, "");
	int r = hash_upload(upload, digest);
	if (r < 0)
		return r;
	json_t *data = json_pack("{s:b, s:n, s:n, s:n, s:n, s:b, s:n}", "genuine", 0, "file",
		"rows", "time", "who", "with", 0, "code");
	r = download_each(request->stores.read, digest, 1, take_entry, data);
	if (r < 0) {
		json_decref(data);
		return r;
	}
	return respond_page(response, 200, "verify", data);
}
