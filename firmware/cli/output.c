#include "cli/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sign.h"
#include "cli/cli.h"

#define BUFFER_BYTES (64 * 1024)

/* The signature beside it is over the bytes as they are on the medium. */
static int sign(const struct output *output, const char *written)
{
	char comment[SIGN_COMMENT_SIZE];
	struct sign_key key;
	int r = sign_key_load(&key, output->directory, true);
	if (r < 0)
		return r;
	evidence_write(comment, sizeof comment, output->evidence);
	r = sign_file(&key, written, output->path, comment);
	explicit_bzero(&key, sizeof key);
	return r;
}

static int fill(const struct output *output, const char *path)
{
	FILE *out = fopen(path, "we");
	if (!out)
		return -errno;
	setvbuf(out, NULL, _IOFBF, BUFFER_BYTES);
	int r = output->write(output->context, out);
	if (r == 0 && (ferror(out) || fflush(out) != 0))
		r = -EIO;
	if (r == 0 && fsync(fileno(out)) < 0)
		r = -errno;
	if (fclose(out) != 0 && r == 0)
		r = -EIO;
	return r;
}

static int write_file(const struct output *output)
{
	char temporary[4096];
	if ((size_t)snprintf(temporary, sizeof temporary, "%s.new", output->path) >=
		sizeof temporary)
		return -ENAMETOOLONG;
	int r = fill(output, temporary);
	const int unsigned_for = r == 0 ? sign(output, temporary) : 0;
	if (r == 0)
		r = file_move(temporary, output->path);
	if (r == 0 && unsigned_for < 0)
		cli_fail("%s was written, but could not be signed: %s",
			"%s is geschreven, maar kon niet worden ondertekend: %s", output->path,
			cli_strerror(-unsigned_for));
	if (r < 0)
		unlink(temporary);
	return r;
}

int output_write(const struct output *output)
{
	if (output->path)
		return write_file(output);
	setvbuf(stdout, NULL, _IOFBF, BUFFER_BYTES);
	const int r = output->write(output->context, stdout);
	return r == 0 && (fflush(stdout) != 0 || ferror(stdout)) ? -EIO : r;
}
