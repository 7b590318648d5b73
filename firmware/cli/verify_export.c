/* An exported file: is its signature genuine? If not, which row is the first that does not fit? */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sign.h"
#include "cli/export.h"
#include "cli/verify_private.h"
#include "core/text.h"

#define SIGNATURE_BYTES_MAX 16384

/* A child writes what the log gives now, so that a long log needs neither memory nor a file. */
static bool start_writer(struct check *check, bool personal)
{
	struct store *store;
	int ends[2];
	char path[4096];
	if (!path_join(path, sizeof path, check->cli->arguments->data, STORE_FILE_NAME) ||
		access(path, R_OK) < 0 || pipe(ends) < 0)
		return false;
	fflush(NULL);
	check->writer = fork();
	if (check->writer == 0) {
		close(ends[0]);
		FILE *out = fdopen(ends[1], "w");
		int r = out ? store_open(&store, path, STORE_READ) : -ENOMEM;
		if (r == 0)
			r = export_whole(store, check->format, personal, out);
		_exit(r == 0 && fclose(out) == 0 ? 0 : 1);
	}
	close(ends[1]);
	check->log.in = fdopen(ends[0], "r");
	return check->writer > 0 && check->log.in;
}

static bool finish_writer(struct check *check)
{
	int status = 0;
	while (check->log.length >= 0)
		verify_next_row(check, &check->log);
	fclose(check->log.in);
	waitpid(check->writer, &status, 0);
	return status == 0;
}

static bool is_personal(struct check *check)
{
	char *row = NULL;
	size_t size = 0;
	bool personal = false;
	while (!personal && attendance_in_row(check->file.in, check->format, &row, &size) >= 0) {
		char log_id[ATTENDANCE_ID_SIZE];
		int64_t seq;
		if (attendance_in_key(row, check->format, log_id, &seq))
			personal = attendance_in_personal(row, check->format);
	}
	free(row);
	rewind(check->file.in);
	return personal;
}

static int load_key(struct cli *cli, const char *text, struct sign_public *ret)
{
	struct sign_key key;
	if (text)
		return sign_public_from_text(ret, text)
			       ? EXIT_DONE
			       : cli_usage(cli,
					 "--key: this is no public key; \"incheckpaal "
					 "status\" prints one",
					 "--key: dit is geen publieke sleutel; \"incheckpaal "
					 "status\" toont er een");
	const int r = sign_key_load(&key, cli->arguments->data, false);
	if (r == 0)
		*ret = key.public;
	explicit_bzero(&key, sizeof key);
	return r == 0 ? EXIT_DONE
		      : cli_fail("there is no signing key here; name the kiosk's public key with "
				 "--key",
				"er is hier geen ondertekensleutel; noem de publieke sleutel van "
				"de kiosk met --key");
}

static enum signature check_signature(struct check *check, const struct sign_public *key)
{
	char name[4096];
	struct bytes text;
	struct minisig minisig;
	uint8_t digest[FILE_DIGEST_BYTES];
	if ((size_t)snprintf(name, sizeof name, "%s.minisig", check->path) >= sizeof name ||
		file_read_all(&text, name, SIGNATURE_BYTES_MAX) < 0)
		return SIGNATURE_NONE;
	const bool parsed = minisig_parse(&minisig, (const char *)text.data, text.length);
	bytes_free(&text);
	if (!parsed || sign_file_digest(digest, check->path) < 0)
		return SIGNATURE_NONE;
	if (memcmp(minisig.id, key->id, sizeof key->id) != 0)
		return SIGNATURE_OF_OTHER_KEY;
	check->has_evidence = minisig_comment_holds(&minisig, key) &&
			      evidence_parse(&check->evidence, minisig.comment);
	return minisig_holds(&minisig, key, digest) ? SIGNATURE_HOLDS : SIGNATURE_OF_OTHER_BYTES;
}

static void print_evidence(const struct evidence *evidence)
{
	char from[TIME_TEXT_SIZE] = "-", to[TIME_TEXT_SIZE] = "-";
	if (evidence->rows) {
		time_iso(from, sizeof from, evidence->from_ms, 0);
		time_iso(to, sizeof to, evidence->to_ms, 0);
	}
	printf(cli_words(&(struct words){ "rows %" PRId64 ", from %s to %s%s\n",
		       "regels %" PRId64 ", van %s tot %s%s\n" }),
		evidence->rows, from, to,
		evidence->whole
			? ""
			: cli_words(&(struct words){ " (a selection)", " (een selectie)" }));
	for (size_t i = 0; i < evidence->log_count && i < EVIDENCE_LOGS_MAX; i++)
		printf("log  %s\ntaps %" PRId64 "\nhead %s\n", evidence->logs[i].log_id,
			evidence->logs[i].taps, evidence->logs[i].head);
}

static int say_genuine(const struct check *check)
{
	static const struct words genuine = {
		"%s is genuine and unchanged: the signature beside it holds.\n",
		"%s is echt en ongewijzigd: de handtekening ernaast klopt.\n"
	};
	static const struct words proof = {
		"This proves that not a byte was changed after the kiosk with this key wrote it.\n"
		"It does not prove who held a badge, nor that the kiosk was honest.\n",
		"Dit bewijst dat er geen byte is veranderd nadat de kiosk met deze sleutel het "
		"schreef.\n"
		"Het bewijst niet wie een badge vasthield, en ook niet dat de kiosk eerlijk was.\n"
	};
	printf(cli_words(&genuine), check->path);
	if (check->has_evidence)
		print_evidence(&check->evidence);
	fputs(cli_words(&proof), stdout);
	return EXIT_DONE;
}

static int say_unsigned(const struct check *check)
{
	static const struct words equal = {
		"%s: %s, each as the log here has it now, but no signature of this "
		"kiosk.\nThis proves that the rows agree with the log; not when, or by whom, the "
		"file was made.\n",
		"%s: %s, elk zoals het logboek hier het nu heeft, maar geen "
		"handtekening van deze kiosk.\nDit bewijst dat de regels overeenkomen met het "
		"logboek; niet wanneer of door wie het bestand gemaakt is.\n"
	};
	static const struct counted rows = { { "row", "regel" }, { "rows", "regels" } };
	char count[COUNTED_SIZE];
	printf(cli_words(&equal), check->path, cli_counted(count, check->taps, &rows));
	return EXIT_DONE;
}

static int conclude(const struct check *check)
{
	static const struct words changed = {
		"%s was changed after it was signed, or is not from this kiosk",
		"%s is gewijzigd na het ondertekenen, of komt niet van deze kiosk"
	};
	static const struct words differs = { "%s does not fit the log",
		"%s past niet bij het logboek" };
	static const struct words bare = {
		"%s has no signature of this kiosk, and there is no log here to compare it with",
		"%s heeft geen handtekening van deze kiosk, en er is hier geen logboek om mee te "
		"vergelijken"
	};
	if (check->faults > 1)
		fprintf(stderr,
			cli_words(&(struct words){ "other rows that do not fit: %" PRId64 "\n",
				"andere regels die niet passen: %" PRId64 "\n" }),
			check->faults - 1);
	if (check->signature == SIGNATURE_OF_OTHER_BYTES)
		return cli_fail(changed.en, changed.nl, check->path);
	if (check->faults)
		return cli_fail(differs.en, differs.nl, check->path);
	return check->can_compare ? say_unsigned(check) : cli_fail(bare.en, bare.nl, check->path);
}

static int search(struct check *check)
{
	check->can_compare = start_writer(check, is_personal(check));
	if (check->can_compare) {
		verify_compare(check);
		if (!finish_writer(check))
			return cli_fail("the log here can not be read",
				"het logboek hier is niet te lezen");
	} else {
		verify_look_alone(check);
	}
	return conclude(check);
}

int verify_export(
	struct cli *cli, const char *path, FILE *in, enum attendance_format format, const char *key)
{
	struct check check = { .cli = cli, .path = path, .format = format, .file.in = in };
	struct sign_public public;
	const int status = load_key(cli, key, &public);
	if (status != EXIT_DONE)
		return status;
	check.signature = check_signature(&check, &public);
	const int result =
		check.signature == SIGNATURE_HOLDS ? say_genuine(&check) : search(&check);
	free(check.file.row);
	free(check.log.row);
	return result;
}
