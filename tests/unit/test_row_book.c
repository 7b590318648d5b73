/* A streamed workbook and the archive it is in, read back with zlib alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "check.h"
#include "exchange/archive.h"
#include "exchange/row_book.h"

int test_row_book(void);

static uint32_t number(const char *bytes, int size)
{
	uint32_t value = 0;
	for (int i = 0; i < size; i++)
		value |= (uint32_t)(unsigned char)bytes[i] << 8 * i;
	return value;
}

/* The file called @name, by the directory at the end; its sum and sizes must hold. */
static void read_member(const char *zip, size_t length, const char *name, char *ret, size_t size)
{
	const char *end = zip + length - 22, *entry = zip + number(end + 16, 4);
	assert_int_equal(number(end, 4), 0x06054b50);
	for (uint32_t i = number(end + 10, 2); i > 0; i--) {
		const uint32_t name_length = number(entry + 28, 2);
		const char *local = zip + number(entry + 42, 4);
		assert_int_equal(number(local, 4), 0x04034b50);
		if (name_length == strlen(name) && memcmp(entry + 46, name, name_length) == 0) {
			z_stream stream = { .next_in =
						    (Bytef *)(uintptr_t)(local + 30 + name_length),
				.avail_in = number(entry + 20, 4),
				.next_out = (Bytef *)ret,
				.avail_out = (uInt)size - 1 };
			assert_int_equal(inflateInit2(&stream, -15), Z_OK);
			assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
			inflateEnd(&stream);
			ret[stream.total_out] = '\0';
			assert_int_equal(stream.total_out, number(entry + 24, 4));
			assert_int_equal(crc32(0, (Bytef *)ret, (uInt)stream.total_out),
				number(entry + 16, 4));
			return;
		}
		entry += 46 + name_length;
	}
	fail_msg("%s is not in the archive", name);
}

static void an_archive_holds_what_was_put_in(void **state)
{
	(void)state;
	char *zip = NULL, text[128];
	size_t length = 0;
	FILE *out = open_memstream(&zip, &length);
	struct archive *archive = archive_create(out);
	assert_non_null(archive);
	assert_int_equal(archive_begin(archive, "één.txt", 1764000000000), 0);
	assert_int_equal(archive_add(archive, "one ", 4), 0);
	assert_int_equal(archive_add(archive, "two", 3), 0);
	assert_int_equal(archive_begin(archive, "none", 0), 0);
	assert_int_equal(archive_end(archive), 0);
	archive_destroy(archive);
	fclose(out);
	read_member(zip, length, "één.txt", text, sizeof text);
	assert_string_equal(text, "one two");
	read_member(zip, length, "none", text, sizeof text);
	assert_string_equal(text, "");
	free(zip);
}

static void text_stays_text(void **state)
{
	static const struct {
		const char *sentence, *text, *xml;
	} rows[] = {
		{ "markup", "Kaas & <b>Zn</b>", "<t>Kaas &amp; &lt;b&gt;Zn&lt;/b&gt;</t>" },
		{ "a formula", "=1+1", "t=\"inlineStr\"><is><t>=1+1</t>" },
		{ "what looks like an escape", "a_x0041_b", "<t>a_x005F_x0041_b</t>" },
		{ "an underscore", "a_b", "<t>a_b</t>" },
		{ "a control character", "a\x01z", "<t>a_x0001_z</t>" },
		{ "spaces at the ends", " a ", "<t xml:space=\"preserve\"> a </t>" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		static const char *const columns[] = { "Naam", "Leeg" };
		const char *const cells[] = { rows[i].text, "" };
		char *zip = NULL, sheet[4096], types[4096];
		size_t length = 0;
		FILE *out = open_memstream(&zip, &length);
		struct row_book *book = row_book_create(out, LANGUAGE_NL);
		assert_int_equal(row_book_list(book, "Lijst", columns, 2), 0);
		assert_int_equal(row_book_list_row(book, cells, 2), 0);
		assert_int_equal(row_book_end(book), 0);
		row_book_destroy(book);
		fclose(out);
		read_member(zip, length, "xl/worksheets/sheet1.xml", sheet, sizeof sheet);
		CHECK_ROW(rows[i].sentence, strstr(sheet, rows[i].xml));
		CHECK_ROW(rows[i].sentence, !strstr(sheet, "r=\"B2\""));
		read_member(zip, length, "[Content_Types].xml", types, sizeof types);
		assert_non_null(strstr(types, "/xl/worksheets/sheet1.xml"));
		free(zip);
	}
}

static void a_full_sheet_is_followed_by_another(void **state)
{
	(void)state;
	char *book_xml = malloc(65536);
	FILE *out = tmpfile();
	struct row_book *book = row_book_create(out, LANGUAGE_EN);
	struct attendance_line line = { .log_id = "",
		.kiosk = "",
		.event = "",
		.session = "",
		.session_id = "",
		.room = "",
		.session_cluster = "",
		.organisation = "",
		.organisation_kind = "",
		.organisation_cluster = "",
		.attendee_id = "",
		.name = "",
		.note = "",
		.verdict = VERDICT_CHECKED_IN };
	for (line.seq = 1; line.seq <= 1048576; line.seq++)
		if (row_book_attendance(book, &line) != 0)
			fail_msg("row %lld", (long long)line.seq);
	assert_int_equal(row_book_end(book), 0);
	row_book_destroy(book);
	const size_t length = (size_t)ftell(out);
	char *zip = malloc(length);
	rewind(out);
	assert_int_equal(fread(zip, 1, length, out), length);
	fclose(out);
	read_member(zip, length, "xl/workbook.xml", book_xml, 65536);
	assert_non_null(strstr(book_xml, "name=\"Attendance 2\" sheetId=\"2\""));
	read_member(zip, length, "xl/worksheets/sheet2.xml", book_xml, 65536);
	assert_non_null(strstr(book_xml, "<c r=\"B2\"><v>1048576</v>"));
	assert_null(strstr(book_xml, "<row r=\"3\""));
	free(book_xml);
	free(zip);
}

int test_row_book(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_archive_holds_what_was_put_in),
		cmocka_unit_test(text_stays_text),
		cmocka_unit_test(a_full_sheet_is_followed_by_another),
	};
	return cmocka_run_group_tests_name("row_book", tests, NULL, NULL);
}
